"""Both systems' entities as tables and as assets: real ledger, real clients, both twins."""
