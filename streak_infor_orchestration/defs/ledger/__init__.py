"""What the ledger knows, as tables."""
