"""The smallest `integration.yaml`, section by section, for tests that are about one of them."""

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.infor.products import FORMAT

SECTIONS = {
    "version": "1",
    "company": "{timezone: Europe/Berlin, currency: EUR}",
    "streak": "{team: Acme, pipeline: Sales}",
    "erp": '{product: facade, base_url: "https://erp.example.com/infor/api/v1"}',
    "stages": "{before: [Lead], order: [Accepted], invoice: [Won], lost: [Lost]}",
    "lines": '{from: columns, columns: {sku: "SKU {n}", quantity: "Qty {n}", price: "Price {n}", max: 3}}',
}


def text(**sections: str) -> str:
    """One section per line in the order of SECTIONS, then the new ones: the first is line 1."""
    return "".join(f"{name}: {content}\n" for name, content in (SECTIONS | sections).items())


def integration(**sections: str) -> Integration:
    return FORMAT.loads(text(**sections))


def line(section: str, **sections: str) -> int:
    return list(SECTIONS | sections).index(section) + 1
