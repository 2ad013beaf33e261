"""What the tables hold of the records that are reconciled, each with whom it is linked to; a part of them at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from streak_infor_orchestration.analytics.derived import as_views
from streak_infor_orchestration.analytics.engine import engine, quoted
from streak_infor_orchestration.analytics.warehouse import Warehouse

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]
Rows = Iterator[list[Row]]

PORTION = 20_000


class TabledRecords:
    """`streak_since`, `infor_since`: only pairs of which either side, or the link, changed since; None for all.

    Instants come as milliseconds since 1970."""

    def __init__(
        self, connection: "DuckDBPyConnection", streak_since: datetime | None, infor_since: datetime | None
    ) -> None:
        self._connection = connection
        self._streak = _since(streak_since)
        self._infor = _since(infor_since)

    def boxes(self, pipeline_key: str) -> Rows:
        """Those of the pipeline, and links whose box is not there (`there`)."""
        self._touch(
            f"""
            SELECT key FROM streak.boxes WHERE saved {self._streak}
            UNION SELECT streak_key FROM ledger.links WHERE kind = 'order' AND ("at" {self._streak} OR erp_key IN (
                SELECT id FROM infor.sales_orders WHERE modified {self._infor}
                UNION SELECT order_id FROM infor.invoices WHERE modified {self._infor}
            ))
            """
        )
        return self._portions(
            f"""
            SELECT coalesce(box.key, link.streak_key) AS key, coalesce(erp_key, '') AS partner,
                box.key IS NOT NULL AS there, stage, epoch_ms(coalesce(stage_changed, created)) AS staged, fields
            FROM (FROM streak.boxes WHERE pipeline_key = {quoted(pipeline_key)}) AS box
            FULL JOIN (FROM ledger.links WHERE kind = 'order') AS link ON link.streak_key = box.key
            """,
            "streak.boxes",
            "key IN (SELECT key FROM touched)",
        )

    def orders(self, prefix: str) -> Rows:
        """Those that are linked, and those whose reference begins with `prefix`; with their invoices, and as `buyer`
        their customer."""
        return self._portions(
            f"""
            SELECT sale.* EXCLUDE (created, modified), sale.id AS key, coalesce(streak_key, '') AS box_key,
                invoices, CASE WHEN buyer.id IS NOT NULL THEN buyer END AS buyer
            FROM infor.sales_orders AS sale
            LEFT JOIN (FROM ledger.links WHERE kind = 'order') AS link ON link.erp_key = sale.id
            LEFT JOIN (
                SELECT order_id, list(invoice ORDER BY invoice.id) AS invoices
                FROM infor.invoices AS invoice GROUP BY order_id
            ) AS billed ON billed.order_id = sale.id
            LEFT JOIN infor.customers AS buyer ON buyer.id = sale.customer_id
            WHERE streak_key IS NOT NULL OR starts_with(sale.reference, {quoted(prefix)})
            """,
            "infor.sales_orders",
            "box_key IN (SELECT key FROM touched)",
        )

    def parties(self) -> Rows:
        """Linked organizations and contacts, each as it stands, the contact it is read with, and what was seen last of
        both sides: `seen`, by field."""
        self._touch(
            f"""
            SELECT streak_key AS key FROM ledger.links WHERE kind = 'customer' AND ("at" {self._streak} OR erp_key IN (
                SELECT id FROM infor.customers WHERE modified {self._infor}
            ))
            UNION SELECT 'organization:' || key FROM streak.organizations WHERE saved {self._streak}
            UNION SELECT 'contact:' || key FROM streak.contacts WHERE saved {self._streak}
            UNION SELECT streak_key FROM ledger.shadows WHERE contact_key IN (
                SELECT key FROM streak.contacts WHERE saved {self._streak}
            )
            """
        )
        return self._portions(
            f"""
            SELECT link.streak_key AS key, link.erp_key AS partner, seen,
                CASE WHEN organization.key IS NOT NULL THEN organization END AS organization,
                CASE WHEN contact.key IS NOT NULL THEN contact END AS contact
            FROM (FROM ledger.links WHERE kind = 'customer') AS link
            LEFT JOIN ({_seen("customer")}) AS shadow
                ON shadow.streak_key = link.streak_key AND shadow.erp_key = link.erp_key
            LEFT JOIN streak.organizations AS organization ON link.streak_key = 'organization:' || organization.key
            LEFT JOIN streak.contacts AS contact ON contact.key = CASE
                WHEN starts_with(link.streak_key, 'contact:') THEN link.streak_key[9:] ELSE contact_key END
            """,
            "ledger.links",
            "key IN (SELECT key FROM touched)",
        )

    def customers(self, prefix: str) -> Rows:
        """Those that are linked, and those whose reference begins with `prefix`."""
        return self._portions(
            f"""
            SELECT customer.* EXCLUDE (created, modified), id AS key, coalesce(streak_key, '') AS party
            FROM infor.customers AS customer
            LEFT JOIN (FROM ledger.links WHERE kind = 'customer') AS link ON link.erp_key = customer.id
            WHERE streak_key IS NOT NULL OR starts_with(reference, {quoted(prefix)})
            """,
            "infor.customers",
            "party IN (SELECT key FROM touched)",
        )

    def people(self) -> Rows:
        """Linked people at customers that both systems have: Streak's, whether the organization that is the customer
        has them (`belongs`), and what was seen last of both sides."""
        self._touch(
            f"""
            SELECT link.streak_key AS key FROM ledger.links AS link
            JOIN streak.contacts AS contact ON contact.key = split_part(link.streak_key, '@', 1)
            JOIN infor.contacts AS person ON person.id = link.erp_key
            WHERE kind = 'contact'
                AND ("at" {self._streak} OR contact.saved {self._streak} OR person.modified {self._infor})
            """
        )
        return self._portions(
            f"""
            SELECT link.streak_key AS key, link.erp_key AS partner, contact, seen,
                coalesce(list_contains(organization.contacts, contact.key), false) AS belongs
            FROM (FROM ledger.links WHERE kind = 'contact') AS link
            JOIN streak.contacts AS contact ON contact.key = split_part(link.streak_key, '@', 1)
            SEMI JOIN infor.contacts AS person ON person.id = link.erp_key
            LEFT JOIN (FROM ledger.links WHERE kind = 'customer') AS buyer
                ON buyer.erp_key = split_part(link.streak_key, '@', 2)
            LEFT JOIN streak.organizations AS organization ON buyer.streak_key = 'organization:' || organization.key
            LEFT JOIN ({_seen("contact")}) AS shadow
                ON shadow.streak_key = link.streak_key AND shadow.erp_key = link.erp_key
            """,
            "ledger.links",
            "key IN (SELECT key FROM touched)",
        )

    def people_in_erp(self) -> Rows:
        """The same as the ERP has them."""
        return self._portions(
            """
            SELECT person.* EXCLUDE (created, modified), person.id AS key, link.streak_key AS person_key
            FROM infor.contacts AS person
            JOIN (FROM ledger.links WHERE kind = 'contact') AS link ON link.erp_key = person.id
            SEMI JOIN streak.contacts AS contact ON contact.key = split_part(link.streak_key, '@', 1)
            """,
            "infor.contacts",
            "person_key IN (SELECT key FROM touched)",
        )

    def known_invoices(self) -> Rows:
        """What the ledger knows to belong to an order."""
        self._touch(
            f"""
            SELECT invoice_id AS key FROM ledger.order_invoices WHERE "at" {self._streak}
            UNION SELECT id FROM infor.invoices WHERE modified {self._infor}
            """
        )
        return self._portions(
            "SELECT invoice_id AS key, order_id FROM ledger.order_invoices WHERE kind = 'invoice'",
            "ledger.order_invoices",
            "key IN (SELECT key FROM touched)",
        )

    def billed(self) -> Rows:
        """Invoices of linked orders."""
        return self._portions(
            """
            SELECT id AS key, order_id FROM infor.invoices
            SEMI JOIN (FROM ledger.links WHERE kind = 'order') AS link ON link.erp_key = order_id
            """,
            "infor.invoices",
            "key IN (SELECT key FROM touched)",
        )

    def _touch(self, keys: str) -> None:
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE touched AS {keys if self._streak else 'SELECT 1'}"
        )

    def _portions(self, question: str, largest: str, touched: str) -> Rows:
        """A part of the keys at a time: the answer as a whole need not fit into memory."""
        (rows,) = self._connection.execute(f"SELECT count(*) FROM {largest}").fetchall()[0]
        parts = 1 + int(rows) // PORTION
        for part in range(parts):
            only = [touched] if self._streak else []
            only += [f"hash(key) % {parts} = {part}"] if parts > 1 else []
            found = self._connection.execute(
                f"SELECT * FROM ({question}) WHERE {' AND '.join(only) or 'true'}"
            )
            names = [column[0] for column in found.description or ()]
            yield [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@contextmanager
def records(
    warehouse: Warehouse,
    names: tuple[str, ...],
    streak_since: datetime | None = None,
    infor_since: datetime | None = None,
) -> Iterator[TabledRecords]:
    """Of the tables `names`. Raises Misconfigured for one that was not read yet."""
    with engine(warehouse.work) as connection:
        as_views(warehouse, connection, names)
        yield TabledRecords(connection, streak_since, infor_since)


def _seen(kind: str) -> str:
    """What both sides of each pair of a kind were when they were seen last, by field."""
    return f"""
        SELECT streak_key, erp_key, any_value(contact_key) AS contact_key,
            map(list(target), list([streak, infor])) AS seen
        FROM ledger.shadows WHERE kind = {quoted(kind)} GROUP BY streak_key, erp_key
    """


def _since(moment: datetime | None) -> str:
    return f">= {quoted(moment.isoformat())}" if moment else ""
