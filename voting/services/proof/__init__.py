"""What makes the ledger checkable by others: bundles, witnesses, time-stamps, incidents."""
