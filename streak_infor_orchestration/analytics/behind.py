"""Which boxes' tasks or activities are to be read again: Streak has no list of all of them.

What moves a box's times is not documented (Streak API contract §2.1): a box counts as changed when it was saved after
its rows were read, or says that it has some where there are none.
"""

from streak_infor_orchestration.analytics.engine import engine
from streak_infor_orchestration.analytics.schema import EntityTable
from streak_infor_orchestration.analytics.streak_tables import BOXES
from streak_infor_orchestration.analytics.warehouse import Warehouse


def boxes_behind(warehouse: Warehouse, table: EntityTable, counted: str, limit: int) -> list[tuple[str, str]]:
    """(key, instant of the last saving) of at most `limit` boxes, those saved last first. `counted`: the columns of the
    boxes, as a sum, that say how many rows there are."""
    boxes, rows = warehouse.handle(BOXES), warehouse.handle(table)
    if boxes is None:
        return []
    with engine(warehouse.work) as connection:
        boxes.relation(connection).create_view("boxes")
        if rows is not None:
            rows.relation(connection).create_view("children")
        else:
            connection.execute("CREATE TABLE children (box_key VARCHAR, box_saved TIMESTAMP WITH TIME ZONE)")
        found = connection.execute(
            f"""
            WITH known AS (SELECT box_key, min(box_saved) AS seen FROM children GROUP BY box_key)
            SELECT key, strftime(saved AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')
            FROM boxes LEFT JOIN known ON boxes.key = known.box_key
            WHERE CASE WHEN seen IS NULL THEN {counted} > 0 ELSE saved > seen END
            ORDER BY saved DESC LIMIT {limit}
            """
        ).fetchall()
    return [(str(key), str(saved)) for key, saved in found]
