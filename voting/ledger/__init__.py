"""What happened: entries, their Merkle tree, signed checkpoints and receipts.  Pure, as core is."""
