"""Dagster around the use cases: real definitions, real ledger, real clients, both twins."""
