"""One file a step, numbered; never a model import, never a downgrade, never a ledger row touched."""
