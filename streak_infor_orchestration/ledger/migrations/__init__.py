"""Alembic's scripts. `inbox/` and `ledger/` are two histories: on SQLite the tables are in two files."""
