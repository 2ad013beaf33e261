"""`streak-infor backfill`: what is there in both systems already, linked before anything is made."""

import getpass
import sys
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from streak_infor_orchestration.cli.say import say, say_json
from streak_infor_orchestration.cli.screen import Screen
from streak_infor_orchestration.cli.state import begun
from streak_infor_orchestration.domain.money import parse_decimal, plain
from streak_infor_orchestration.domain.shown import on_one_line
from streak_infor_orchestration.sync.backfill.deals import Prior, PriorDeal, awaiting_orders, prior_deals
from streak_infor_orchestration.sync.backfill.decisions import confirm, decide, sums
from streak_infor_orchestration.sync.backfill.known_orders import known_orders
from streak_infor_orchestration.sync.customers.directory import refresh
from streak_infor_orchestration.sync.customers.existing import CustomerStanding, link_existing
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.rows import ORDER_TO_CASH
from streak_infor_orchestration.sync.row.work import Batch, Status, Work
from streak_infor_orchestration.wiring import wiring

_AT_ONCE = 40
_WORDS = {
    Prior.LINKED: "linked before",
    Prior.FOUND: "linked now",
    Prior.UNSURE: "for a person",
    Prior.MISSING: "without an order",
    Prior.PROBLEM: "cannot be ordered",
}


class _Amount(click.ParamType):  # type: ignore[type-arg]  # generic for mypy alone
    name = "AMOUNT CURRENCY"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Decimal]:
        number, _, currency = str(value).strip().rpartition(" ")
        amount = parse_decimal(number.strip())
        if amount is None or len(currency) != 3:
            self.fail(f'"{value}" is no amount: write it as "1234.50 EUR"', param, ctx)
        return currency.upper(), amount


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be linked and what is missing.")
@click.option("--create", type=click.Choice(["orders"]), help="Make the orders that are missing.")
@click.option("--count", type=click.IntRange(min=0), help="With --create: how many they are.")
@click.option(
    "--sum",
    "amounts",
    type=_Amount(),
    multiple=True,
    help='With --create: what they come to, as "1234.50 EUR".',
)
@click.option("--purchase-field", default="", help="The box's field with the customer's own order number.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(
    dry_run: bool,
    create: str | None,
    count: int | None,
    amounts: tuple[tuple[str, Decimal], ...],
    purchase_field: str,
    as_json: bool,
) -> None:
    """Link the customers and orders that are there in both systems, before the integration begins.

    An order is a deal's by our reference, by the number that the box shows, or by the customer's own order number
    together with customer, currency and total. What is not certain waits for a person (`link order`); a deal without an
    order is left without, unless --create orders is given with the count and the sum that --dry-run has shown.

    May be interrupted and run again: what was decided stays, and nothing is done twice. Exit code 1 when a person has
    to decide something, else 2 when --dry-run would change anything.
    """
    if create and count is None:
        raise click.UsageError("--create orders needs --count and --sum, as --dry-run tells them")
    ports = begun(wiring()).ports
    screen = Screen(stderr=True)
    try:
        customers = _customers(ports, screen, dry_run=dry_run)
        deals = _deals(ports, screen, purchase_field)
        if create and count is not None and not dry_run:
            confirm(deals, count, dict(amounts))
        _tell(deals, customers, as_json=as_json, dry_run=dry_run, created=create is not None)
        if not dry_run:
            due = decide(deals, ports, create=create is not None, actor=getpass.getuser())
            _work(due, ports, screen)
    finally:
        ports.close()
    sys.exit(_exit_code(deals, customers, dry_run=dry_run))


def _customers(ports: Ports, screen: Screen, *, dry_run: bool) -> Counter[CustomerStanding]:
    with Progress(console=screen, transient=True) as progress:
        task = progress.add_task("customers of the ERP", total=None)

        def go_on(read: int) -> bool:
            progress.update(task, completed=read)
            return True

        refresh(ports.erp, ports.store, go_on, tell_new=ports.config.customer.makes_organizations)
        task = progress.add_task("customers of the pipeline", total=None)
        counts: Counter[CustomerStanding] = Counter()
        for line in link_existing(ports, dry_run=dry_run):
            counts[line.standing] += 1
            progress.update(task, completed=counts.total())
        return counts


def _deals(ports: Ports, screen: Screen, purchase_field: str) -> list[PriorDeal]:
    with Progress(console=screen, transient=True) as progress:
        task = progress.add_task("orders of the ERP", total=None)
        orders = known_orders(
            ports.erp, ports.store.links, lambda read: progress.update(task, completed=read)
        )
        task = progress.add_task("deals", total=None)
        boxes = awaiting_orders(ports, lambda looked: progress.update(task, completed=looked))
    with _progress(screen) as progress:
        task = progress.add_task("looked at", total=len(boxes))
        found = prior_deals(
            ports,
            boxes,
            orders,
            purchase_field=purchase_field,
            go_on=lambda done: progress.advance(task, done),
        )
        return list(found)


def _progress(screen: Screen) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=screen,
        transient=True,
    )


def _work(due: Sequence[str], ports: Ports, screen: Screen) -> None:
    """In the foreground, beside whatever else runs: leases keep the two apart, and the budget is one for all."""
    waiting, began = 0, time.monotonic()
    with _progress(screen) as progress:
        task = progress.add_task("brought into step", total=len(due))
        for start in range(0, len(due), _AT_ONCE):
            keys = tuple(due[start : start + _AT_ONCE])
            run = f"backfill-{uuid.uuid4()}"
            lanes = ("live", "manual", "bulk")
            batch = Batch(run_id=run, limit=len(keys), only=keys, lanes=lanes, foreground=True)
            done = ORDER_TO_CASH.run(batch, ports)
            waiting += len(keys) - sum(_is_done(item) for item in done.items)
            progress.advance(task, len(keys))
    if due:
        say(
            f"{len(due) - waiting} deals looked at in {time.monotonic() - began:.0f} s, {waiting} go on with `up`"
        )


def _is_done(work: Work) -> bool:
    return work.verdict is None or work.verdict.status not in (Status.WAITING, Status.RETRY, Status.LOST)


def _tell(
    deals: Sequence[PriorDeal],
    customers: Counter[CustomerStanding],
    *,
    as_json: bool,
    dry_run: bool,
    created: bool,
) -> None:
    if as_json:
        say_json(_document(deals, customers))
        return
    words = _WORDS | ({Prior.FOUND: "would link"} if dry_run else {})
    words |= {Prior.MISSING: "would be ordered" if dry_run else "is ordered"} if created else {}
    for deal in deals:
        if deal.prior is Prior.LINKED:
            continue
        amount = f"{plain(deal.total)} {deal.currency}" if deal.prior is Prior.MISSING else ""
        told = "  ".join(filter(None, (", ".join(deal.orders), amount, deal.why)))
        say(f"{words[deal.prior]:<17}  {deal.key}  {on_one_line(deal.name)}  {told}".rstrip())
        for problem in deal.problems:
            say(f"{'':<17}  {on_one_line(problem.message)}")
    counts = Counter(deal.prior for deal in deals)
    say(f"{customers.total()} customers: " + ", ".join(f"{customers[s]} {s.value}" for s in CustomerStanding))
    say(f"{len(deals)} deals where an order is due: " + ", ".join(f"{counts[p]} {words[p]}" for p in Prior))
    missing = sums(deals)
    if missing and not created:
        options = " ".join(
            f'--sum "{plain(amount)} {currency}"' for currency, amount in sorted(missing.items())
        )
        say(f"To have the missing ones made: --create orders --count {counts[Prior.MISSING]} {options}")


def _document(deals: Sequence[PriorDeal], customers: Counter[CustomerStanding]) -> dict[str, object]:
    return {
        "customers": {standing.value: customers[standing] for standing in CustomerStanding},
        "deals": [
            {
                "key": deal.key,
                "name": deal.name,
                "stage": deal.stage,
                "standing": deal.prior.value,
                "orders": list(deal.orders),
                "why": deal.why,
                "total": plain(deal.total) if deal.prior is Prior.MISSING else None,
                "currency": deal.currency or None,
                "problems": [problem.model_dump(mode="json") for problem in deal.problems],
            }
            for deal in deals
        ],
        "missing": {currency: plain(amount) for currency, amount in sums(deals).items()},
    }


def _exit_code(deals: Sequence[PriorDeal], customers: Counter[CustomerStanding], *, dry_run: bool) -> int:
    counts = Counter(deal.prior for deal in deals)
    if counts[Prior.UNSURE] or customers[CustomerStanding.AMBIGUOUS]:
        return 1
    return 2 if dry_run and (counts[Prior.FOUND] or customers[CustomerStanding.CERTAIN]) else 0
