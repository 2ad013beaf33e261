"""Every table there is, whole: who reads them by their columns' names and types must not be surprised."""

from typing import NamedTuple

import pytest

from streak_infor_orchestration.analytics.rules import EVERYWHERE, RULES
from streak_infor_orchestration.analytics.tables import TABLES


class Shape(NamedTuple):
    """`columns`: name:type of each; `shown`: those that may be shown to whoever looks at a run."""

    columns: str
    shown: str
    key: str
    changed: str | None = None
    scope: str | None = None
    parent: str | None = None
    windows: bool = False
    refers_to: str = ""


SHAPES = {
    "streak/pipelines": Shape(
        """
        key:text name:text team_key:text stages:whole fields:whole
        """,
        "key team_key stages fields",
        key="key",
    ),
    "streak/stages": Shape(
        """
        pipeline_key:text key:text name:text position:whole
        """,
        "pipeline_key key position",
        key="pipeline_key key",
        refers_to="streak/pipelines",
    ),
    "streak/fields": Shape(
        """
        pipeline_key:text key:text name:text type:text options:texts
        """,
        "pipeline_key key type",
        key="pipeline_key key",
        refers_to="streak/pipelines",
    ),
    "streak/organizations": Shape(
        """
        key:text name:text domains:texts phones:texts addresses:texts industry:text
        employees:text contacts:texts notes:text creator_key:text created:instant fields:named
        saved:instant
        """,
        "key creator_key created saved",
        key="key",
        changed="saved",
    ),
    "streak/contacts": Shape(
        """
        key:text given_name:text family_name:text title:text emails:texts phones:texts
        addresses:texts organizations:texts notes:text creator_key:text created:instant
        fields:named saved:instant
        """,
        "key creator_key created saved",
        key="key",
        changed="saved",
        refers_to="streak/organizations",
    ),
    "streak/boxes": Shape(
        """
        key:text pipeline_key:text name:text notes:text stage:text creator_key:text
        created:instant stage_changed:instant updated:instant version:whole saved:instant
        tasks:whole comments:whole meetings:whole fields:named contacts:texts
        organizations:texts
        """,
        "key pipeline_key creator_key created stage_changed updated version saved tasks comments meetings",
        key="key",
        changed="updated",
        windows=True,
        refers_to="streak/pipelines streak/stages streak/fields streak/contacts streak/organizations",
    ),
    "streak/deals": Shape(
        """
        key:text milestone:text party:text creator_key:text currency:text value:amount created:instant
        stage_changed:instant updated:instant
        """,
        "key creator_key currency value created stage_changed updated",
        key="key",
        changed="updated",
        windows=True,
        refers_to="streak/boxes",
    ),
    "streak/tasks": Shape(
        """
        key:text box_key:text text:text done:flag due:instant assignees:texts creator_key:text
        created:instant box_saved:instant
        """,
        "key box_key done due creator_key created box_saved",
        key="key",
        scope="box_key",
        parent="streak/boxes",
        refers_to="streak/boxes",
    ),
    "streak/activities": Shape(
        """
        key:text box_key:text kind:text creator_key:text at:instant text:text box_saved:instant
        """,
        "key box_key kind creator_key at box_saved",
        key="key",
        scope="box_key",
        parent="streak/boxes",
        refers_to="streak/boxes",
    ),
    "infor/customers": Shape(
        """
        id:text name:text contact_name:text email:text phone:text tax_id:text currency:text
        payment_terms:text credit_limit:amount credit_hold:flag status:text
        billing_address:address shipping_address:address salesperson:text reference:text
        custom:named created:instant modified:instant
        """,
        "id currency credit_limit credit_hold status created modified",
        key="id",
        changed="modified",
        windows=True,
    ),
    "infor/contacts": Shape(
        """
        id:text customer_id:text given_name:text family_name:text email:text phone:text
        role:text active:flag reference:text custom:named created:instant modified:instant
        """,
        "id customer_id active created modified",
        key="id",
        changed="modified",
        windows=True,
        refers_to="infor/customers",
    ),
    "infor/products": Shape(
        """
        id:text description:text price:amount currency:text unit:text obsolete:flag
        tax_rate:amount created:instant modified:instant
        """,
        "id price currency obsolete tax_rate created modified",
        key="id",
        changed="modified",
        windows=True,
    ),
    "infor/sales_orders": Shape(
        """
        id:text reference:text customer_id:text currency:text lines:lines total:amount
        status:text payment_status:text order_date:day requested_date:day description:text
        shipping_method:text salesperson:text freight:amount tax:amount custom:named created:instant
        modified:instant
        """,
        "id customer_id currency total status payment_status order_date requested_date freight tax created modified",
        key="id",
        changed="modified",
        windows=True,
        refers_to="infor/customers infor/products",
    ),
    "infor/inventory_items": Shape(
        """
        id:text product_id:text warehouse:text on_hand:amount allocated:amount available:amount
        created:instant modified:instant
        """,
        "id product_id on_hand allocated available created modified",
        key="id",
        changed="modified",
        windows=True,
        refers_to="infor/products",
    ),
    "infor/invoices": Shape(
        """
        id:text order_id:text customer_id:text currency:text total:amount paid:amount
        balance:amount status:text invoice_date:day due_date:day subtotal:amount tax:amount freight:amount
        gl_account:text created:instant modified:instant
        """,
        """
        id order_id customer_id currency total paid balance status invoice_date due_date subtotal tax
        freight created modified
        """,
        key="id",
        changed="modified",
        windows=True,
        refers_to="infor/sales_orders infor/customers",
    ),
    "infor/credit_notes": Shape(
        """
        id:text invoice_id:text customer_id:text credit_date:day amount:amount currency:text
        reason:text created:instant modified:instant
        """,
        "id invoice_id customer_id credit_date amount currency created modified",
        key="id",
        changed="modified",
        windows=True,
        refers_to="infor/invoices",
    ),
    "infor/payments": Shape(
        """
        id:text invoice_id:text customer_id:text payment_date:day amount:amount currency:text
        method:text reference:text created:instant modified:instant
        """,
        "id invoice_id customer_id payment_date amount currency created modified",
        key="id",
        changed="modified",
        windows=True,
        refers_to="infor/invoices",
    ),
    "infor/vendors": Shape(
        """
        id:text name:text currency:text status:text created:instant modified:instant
        """,
        "id currency status created modified",
        key="id",
        changed="modified",
        windows=True,
    ),
    "infor/employees": Shape(
        """
        id:text name:text email:text role:text active:flag created:instant modified:instant
        """,
        "id active created modified",
        key="id",
        changed="modified",
        windows=True,
    ),
    "infor/gl_accounts": Shape(
        """
        id:text description:text type:text blocked:flag created:instant modified:instant
        """,
        "id type blocked created modified",
        key="id",
        changed="modified",
        windows=True,
    ),
    "infor/exchange_rates": Shape(
        """
        id:text base:text quote:text day:day rate:rate created:instant modified:instant
        """,
        "id day rate created modified",
        key="id",
        changed="modified",
        windows=True,
    ),
    "ledger/links": Shape(
        "kind:text streak_key:text erp_key:text closed:flag at:instant",
        "kind streak_key erp_key closed at",
        key="kind streak_key",
        changed="at",
        refers_to="streak/boxes streak/organizations streak/contacts infor/customers infor/sales_orders",
    ),
    "ledger/order_invoices": Shape(
        "invoice_id:text order_id:text kind:text at:instant",
        "invoice_id order_id kind at",
        key="invoice_id",
        changed="at",
        refers_to="infor/invoices infor/credit_notes",
    ),
    "ledger/shadows": Shape(
        "kind:text streak_key:text erp_key:text target:text box_key:text contact_key:text streak:text infor:text "
        "at:instant",
        "kind streak_key erp_key target box_key contact_key at",
        key="kind streak_key erp_key target",
        changed="at",
        refers_to="ledger/links",
    ),
    "ledger/open_effects": Shape(
        "key:text subject:text shape:text state:text at:instant",
        "key at",
        key="key",
        changed="at",
        refers_to="streak/boxes",
    ),
    "ledger/waiting": Shape(
        "kind:text key:text due_at:instant attempts:whole",
        "kind key due_at attempts",
        key="kind key",
        changed="due_at",
        refers_to="streak/boxes",
    ),
    "ledger/open_letters": Shape(
        "kind:text key:text code:text opened_at:instant",
        "kind key opened_at",
        key="kind key",
        changed="opened_at",
        refers_to="streak/boxes",
    ),
    "ledger/requests": Shape(
        """
        order_id:text box_key:text currency:text lines:lines freight:amount rates:rates asked:instant at:instant
        """,
        "order_id box_key currency freight asked at",
        key="order_id",
        changed="at",
        refers_to="infor/sales_orders streak/boxes",
    ),
}


def test_there_are_these_tables_in_this_order_of_reading() -> None:
    assert list(TABLES) == list(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_a_table_whole(name: str) -> None:
    table, expected = TABLES[name], SHAPES[name]
    assert " ".join(f"{column.name}:{column.type}" for column in table.columns).split() == (
        expected.columns.split()
    )
    assert [column.name for column in table.impersonal] == expected.shown.split()
    assert (table.name, table.view) == (name, name.replace("/", "."))
    assert (table.key, table.changed) == (tuple(expected.key.split()), expected.changed)
    assert (table.scope, table.parent, table.windows) == (expected.scope, expected.parent, expected.windows)
    assert table.refers_to == tuple(expected.refers_to.split())
    assert table.description.endswith(".") and all(column.description for column in table.columns)


AMOUNT = "DECIMAL(18,6)"
TYPES = {
    "text": "VARCHAR",
    "texts": "VARCHAR[]",
    "named": "MAP(VARCHAR, VARCHAR)",
    "flag": "BOOLEAN",
    "whole": "BIGINT",
    "amount": AMOUNT,
    "rate": "DECIMAL(38,18)",
    "rates": 'STRUCT(base VARCHAR, quote VARCHAR, "day" DATE, rate DECIMAL(38,18))[]',
    "day": "DATE",
    "instant": "TIMESTAMP WITH TIME ZONE",
    "lines": (
        f"STRUCT(number INTEGER, sku VARCHAR, quantity {AMOUNT}, price {AMOUNT}, discount {AMOUNT}, "
        f"tax {AMOUNT}, total {AMOUNT}, delivered {AMOUNT}, invoiced {AMOUNT}, description VARCHAR, "
        "gl_account VARCHAR)[]"
    ),
    "address": (
        "STRUCT(line1 VARCHAR, line2 VARCHAR, city VARCHAR, region VARCHAR, postal_code VARCHAR, "
        "country VARCHAR)"
    ),
}


def test_what_each_type_is_to_duckdb() -> None:
    assert {column.type: column.sql for table in TABLES.values() for column in table.columns} == TYPES


def test_every_rule_whole_but_for_its_question() -> None:
    """The questions themselves are asked of sound and of broken companies."""
    assert set(EVERYWHERE) == {"each_key_once", "not_suddenly_empty"}
    assert [(rule.table, rule.name, rule.needs, rule.settled, rule.severe) for rule in RULES] == [
        ("infor/sales_orders", "customer_exists", ("infor/customers",), ("infor/sales_orders",), True),
        ("infor/sales_orders", "total_adds_up", (), (), True),
        ("infor/sales_orders", "reference_used_once", (), (), True),
        ("infor/invoices", "order_exists", ("infor/sales_orders",), ("infor/invoices",), True),
        (
            "infor/invoices",
            "balance_adds_up",
            ("infor/payments", "infor/credit_notes"),
            ("infor/invoices", "infor/payments", "infor/credit_notes"),
            True,
        ),
        ("infor/payments", "invoice_exists", ("infor/invoices",), ("infor/payments",), True),
        ("infor/credit_notes", "invoice_exists", ("infor/invoices",), ("infor/credit_notes",), True),
        (
            "infor/customers",
            "closed_without_open_orders",
            ("infor/sales_orders",),
            ("infor/customers", "infor/sales_orders"),
            False,
        ),
        ("infor/inventory_items", "stock_not_negative", (), (), False),
        ("infor/inventory_items", "product_exists", ("infor/products",), ("infor/inventory_items",), True),
        ("streak/boxes", "stage_known", ("streak/stages",), ("streak/boxes",), True),
        ("streak/stages", "names_unique", (), (), True),
        ("analytics/order_to_cash", "every_cent_explained", (), ("analytics/order_to_cash",), True),
        ("analytics/order_to_cash", "rates_known", (), (), False),
    ]
