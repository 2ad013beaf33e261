"""What the use cases work with, built once per process: both systems, the ledger, leases, names, the catalogue."""
