"""The state database: what is to be looked at, what was done, and what belongs together.

`Store.open` is the way in. SQLite (two files, the default) and Postgres hold the same tables, through the same
statements. All SQL of the product lives in this folder.
"""

from streak_infor_orchestration.ledger.store import Store

__all__ = ["Store"]
