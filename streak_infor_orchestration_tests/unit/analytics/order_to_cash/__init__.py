"""The penny ledger against business that is worked out by itself."""
