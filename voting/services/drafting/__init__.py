"""An assembly before the freeze: drafted, changed, previewed, looked through, frozen."""
