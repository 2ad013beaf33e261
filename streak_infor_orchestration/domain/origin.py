"""The mark in a box's notes that says which order of the ERP it was made from: `[SO-100123 K7Q2M9XA]`.

By it the box is found again when nobody heard that it was made, and a copy of it tells itself from the original.
"""

import re

from streak_infor_orchestration.domain.reference import token

_MARK = re.compile(r"\[(\S[^\[\]]*) ([A-Z2-7]{8})\]")


def origin_mark(team_key: str, order_id: str) -> str:
    return f"[{order_id} {_token(team_key, order_id)}]"


def order_of_origin(notes: str, team_key: str) -> str:
    """ "" where no mark of ours stands in the notes: what only looks like one is somebody's text."""
    found = (number for number, mark in _MARK.findall(notes) if mark == _token(team_key, number))
    return next(found, "")


def _token(team_key: str, order_id: str) -> str:
    return token(team_key, f"origin:{order_id}")
