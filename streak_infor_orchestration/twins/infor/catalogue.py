"""What the ERP's own people maintain, in the façade's tables."""

from typing import Any

from streak_infor_orchestration.twins.erp.maintained import key_sent, read_maintained
from streak_infor_orchestration.twins.infor.company import Company
from streak_infor_orchestration.twins.infor.table import Record


def upsert(company: Company, collection: str, body: Any) -> Record:
    """Creates the record or changes the members named. Raises the API's 400 for what is not a record."""
    current = company.get(collection, key_sent(collection, body))
    members = read_maintained(collection, current, body)
    if current is None:
        return company.insert(collection, members)
    return company.update(collection, current, members)
