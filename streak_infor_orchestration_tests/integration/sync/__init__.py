"""Use cases that outlast a run: sweeps, outages, restored ledgers; real ledger, real clients, both twins."""
