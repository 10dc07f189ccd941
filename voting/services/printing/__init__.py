"""What the office prints and signs: letters, forms, minutes, labels."""
