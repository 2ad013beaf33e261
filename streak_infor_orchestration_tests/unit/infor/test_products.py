"""A product is a package: it brings its section, login, labels and opener, and nothing else knows its name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from pydantic import Field

import streak_infor_orchestration
from streak_infor_orchestration.config.loader import Format, InvalidConfiguration
from streak_infor_orchestration.config.reference import models, options
from streak_infor_orchestration.config.sections import ErpSection
from streak_infor_orchestration.domain.entities import RECORDS
from streak_infor_orchestration.infor.facade.section import FacadeSection
from streak_infor_orchestration.infor.products import PRODUCTS
from streak_infor_orchestration_tests.unit.config.minimal import text

PACKAGE = Path(streak_infor_orchestration.__file__).parent
OUTSIDE = ("twins", "demo/erps.py", "infor/products.py", *(f"infor/{name}" for name in PRODUCTS))
"""Where products have their names: the simulators, the demo's list of them, the clients and theirs."""
NAMED = re.compile("|".join({"facade", "m3", "syteline", *PRODUCTS}), re.IGNORECASE)


def words(code: str) -> Iterator[str]:
    """Names and texts of a module, without its docstrings: those may quote a contract."""
    tree = ast.parse(code)
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str() as said) if id(node) not in prose:
                yield said
            case (
                ast.Name(id=name)
                | ast.Attribute(attr=name)
                | ast.alias(name=name)
                | ast.keyword(arg=str() as name)
            ):
                yield name
            case ast.ImportFrom(module=str() as name) | ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.arg(arg=name):
                yield name


def test_nothing_but_its_package_and_the_list_of_products_names_one() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {word}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if not path.relative_to(PACKAGE).as_posix().startswith(OUTSIDE)
        for word in words(path.read_text(encoding="utf-8"))
        if NAMED.search(word)
    ]
    assert found == []


@pytest.mark.parametrize("name", PRODUCTS)
def test_a_product_is_called_as_its_section_and_its_package_and_has_words_for_what_it_keeps(
    name: str,
) -> None:
    product = PRODUCTS[name]
    assert product.name == name and product.section.__module__.split(".")[2] == name
    assert product.labels.keys() <= RECORDS.keys() and all(product.labels.values())


class AnotherSection(ErpSection):
    product: Literal["another"] = Field(description="Which Infor product answers there")
    company: int = Field(ge=1, description="Its number")


BOTH = Format([FacadeSection, AnotherSection])
ADDRESS = '\n  base_url: "https://erp.example.com"\n'


def test_each_product_has_its_own_section() -> None:
    ours = BOTH.loads(text(erp=f"{ADDRESS}  product: facade\n  settle_seconds: 7")).erp
    assert isinstance(ours, FacadeSection) and ours.settle_seconds == 7
    theirs = BOTH.loads(text(erp=f"{ADDRESS}  product: another\n  company: 100")).erp
    assert isinstance(theirs, AnotherSection) and theirs.company == 100
    assert {"FacadeSection", "AnotherSection"} < models(BOTH.model).keys()
    assert "company" in options(AnotherSection) and "company" not in options(FacadeSection)
    assert set(BOTH.model.model_json_schema()["properties"]["erp"]["discriminator"]["mapping"]) == {
        "facade",
        "another",
    }


@pytest.mark.parametrize(
    ("erp", "complaint"),
    [
        ("  product: anoter", '6: erp.product: "anoter" is not known here; did you mean "another"?'),
        ("  overlap_seconds: 1", "4: erp.product: is missing; add it"),
        ("  product: another\n  company: 0", "7: erp.company: input should be greater than or equal to 1"),
        ("  product: another", "4: erp.company: is missing; add it"),
        (
            "  product: another\n  company: 1\n  settle_second: 1",
            '8: erp.settle_second: there is no such key; did you mean "overlap_seconds"?',
        ),
    ],
)
def test_a_mistake_is_told_of_the_section_of_the_product_with_its_line(erp: str, complaint: str) -> None:
    with pytest.raises(InvalidConfiguration) as refused:
        BOTH.loads(text(erp=ADDRESS + erp))
    assert refused.value.complaints == (f"integration.yaml:{complaint}",)


class ForgetfulSection(ErpSection):
    product: Literal["forgetful"] = Field(description="Which Infor product answers there")

    def unkept(self, target: str) -> str:
        return "is kept nowhere" if target.startswith("order.custom.") else ""


FORGETFUL = Format([FacadeSection, ForgetfulSection])
CONVERTED = '{to: order.freight, from: "field:Freight", transform: {convert: {from: USD}}}'
PLAIN = "{to: order.description, from: box.name}"


@pytest.mark.parametrize(
    ("erp", "sections", "complaint"),
    [
        (
            "",
            {"fields": "[{to: order.custom.Region, from: box.name}]"},
            '10: fields.to: "order.custom.Region"',
        ),
        ("  vendor_field: Vendor", {}, '7: erp.vendor_field: "order.custom.Vendor"'),
        (
            "",
            {"exchange": "{stamp: Rate}", "fields": f"[{PLAIN}, {CONVERTED}]"},
            '10: exchange.stamp: "order.custom.Rate"',
        ),
    ],
)
def test_what_the_product_keeps_nowhere_is_told_where_the_file_asks_for_it(
    erp: str, sections: dict[str, str], complaint: str
) -> None:
    with pytest.raises(InvalidConfiguration) as refused:
        FORGETFUL.loads(text(erp=f"{ADDRESS}  product: forgetful\n{erp}", **sections))
    (told,) = refused.value.complaints
    assert told == f"integration.yaml:{complaint} is kept nowhere; see docs/infor-products.md"


def test_a_rate_that_nobody_needs_is_stamped_nowhere() -> None:
    forgetful = f"{ADDRESS}  product: forgetful"
    for fields in (f"[{PLAIN}]", "[]"):
        assert FORGETFUL.loads(text(erp=forgetful, exchange="{stamp: Rate}", fields=fields))
    FORGETFUL.loads(text(erp=forgetful, exchange='{stamp: ""}', fields=f"[{CONVERTED}]"))
