"""What all records have in common when an auditor reads them: days and stamps."""

from streak_infor_orchestration.twins.erp.business import Record
from streak_infor_orchestration.twins.m3.table import Row


def day(value: str) -> str | None:
    return f"{value[:4]}-{value[4:6]}-{value[6:]}" if value else None


def stamps(row: Row) -> Record:
    return {"CreatedAt": row["_made"], "ModifiedAt": row["_changed"]}
