"""A stateful simulator of Infor M3 as its MI programs are reached over REST: strict, in memory.

:func:`create_app` builds it; :func:`seed_books` is the small company it starts with.
"""

from streak_infor_orchestration.twins.m3.app import create_app
from streak_infor_orchestration.twins.m3.books import Books
from streak_infor_orchestration.twins.m3.seed import seed_books

__all__ = ["Books", "create_app", "seed_books"]
