"""Revisions of the ledger tables."""
