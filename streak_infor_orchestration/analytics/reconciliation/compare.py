"""Compares two sides of any size in bounded memory: by SQL, a part of the keys at a time.

Values are compared by their hashes (64 bits each), so that a join carries numbers instead of texts; keys are compared
whole. A join that does not fit goes to disk.
"""

from pathlib import Path

from streak_infor_orchestration.analytics.engine import engine
from streak_infor_orchestration.analytics.reconciliation.sides import Suspect
from streak_infor_orchestration.domain.drift import DriftKind

ROWS_A_PART = 1_000_000
"""The most rows of one side in one join."""

MOST = 100_000
"""Suspects that are handed on: a person who has more than these has another problem."""

_DIFFERENT = ""


def suspects(streak: str, infor: str, *, width: int, whole: bool, spill: Path) -> list[Suspect]:
    """`streak` and `infor` are the sides as what stands behind FROM. `whole`: every record is on its side, so that what
    has no partner there has none at all, and references are compared too."""
    with engine(spill) as connection:
        connection.execute("CREATE TABLE odd (streak_key VARCHAR, erp_key VARCHAR, kind VARCHAR)")
        (rows,) = connection.execute(
            f"SELECT greatest((SELECT count(*) FROM {streak}), (SELECT count(*) FROM {infor}))"
        ).fetchall()[0]
        parts = 1 + int(rows) // ROWS_A_PART
        for part in range(parts):
            connection.execute(f"INSERT INTO odd {_pairs(streak, infor, width, part, parts)}")
        if whole:
            connection.execute(f"CREATE TABLE known AS {_by_reference(streak, infor)}")
            alone = "streak_key = '' AND erp_key IN (SELECT erp_key FROM known)"
            unmade = "erp_key = '' AND streak_key IN (SELECT streak_key FROM known)"
            connection.execute(f"DELETE FROM odd WHERE ({alone}) OR ({unmade})")
            connection.execute("INSERT INTO odd FROM known")
        else:
            connection.execute("DELETE FROM odd WHERE streak_key = ''")
        found = connection.execute(
            f"SELECT DISTINCT streak_key, erp_key, kind FROM odd ORDER BY ALL LIMIT {MOST}"
        ).fetchall()
    return [Suspect(ours, theirs, DriftKind(kind) if kind else None) for ours, theirs, kind in found]


def _pairs(streak: str, infor: str, width: int, part: int, parts: int) -> str:
    """Linked pairs, and what has no partner. Somebody in the ERP who has none and bears a reference comes as missing in
    Streak, with no key."""
    values = [f"v{place}" for place in range(width)]
    carried = "".join(
        f", CASE WHEN {value} IS NOT NULL THEN hash({value}) END AS {value}" for value in values
    )
    differ = " OR ".join(f"ours.{value} <> theirs.{value}" for value in values) or "false"
    own = "CASE WHEN partner = '' THEN NULL ELSE partner END"
    in_part = "" if parts == 1 else f"WHERE hash({{key}}) % {parts} = {part}"
    # what has no partner has no key to be parted by: it is met in the part of its own
    ours = f"SELECT key, {own} AS partner, present, wanted, moved{carried} FROM {streak} " + in_part.format(
        key=f"coalesce({own}, key)"
    )
    theirs = f"SELECT key, reference <> '' AND live AS bears, over{carried} FROM {infor} " + in_part.format(
        key="key"
    )
    return f"""
        SELECT coalesce(ours.key, ''), coalesce(theirs.key, ours.partner, ''),
            CASE
                WHEN theirs.key IS NULL THEN
                    CASE WHEN ours.present THEN '{DriftKind.MISSING_IN_ERP}' ELSE '{DriftKind.ORPHAN_LINK}' END
                WHEN ours.key IS NULL OR NOT ours.present THEN '{DriftKind.MISSING_IN_STREAK}'
                ELSE '{_DIFFERENT}'
            END
        FROM ({ours}) AS ours FULL OUTER JOIN ({theirs}) AS theirs ON ours.partner = theirs.key
        WHERE CASE
            WHEN theirs.key IS NULL THEN ours.partner IS NOT NULL OR ours.wanted
            WHEN ours.key IS NULL THEN theirs.bears
            WHEN NOT ours.present THEN NOT theirs.over
            ELSE ours.moved OR {differ}
        END
    """


def _by_reference(streak: str, infor: str) -> str:
    """What has no partner in Streak and bears the reference of a record there, which has another one or none."""
    return f"""
        SELECT ours.key AS streak_key, theirs.key AS erp_key,
            CASE WHEN ours.partner = '' THEN '{DriftKind.UNLINKED}' ELSE '{DriftKind.DUPLICATE}' END AS kind
        FROM (FROM {infor} SEMI JOIN odd ON odd.streak_key = '' AND odd.erp_key = key) AS theirs
        JOIN (FROM {streak} WHERE present AND reference <> '') AS ours ON ours.reference = theirs.reference
    """
