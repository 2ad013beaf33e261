"""The first phase of every row: take what is due. A run carries no list; records are asked for in the inbox."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.ledger.inbox import UNKNOWN, Claimed
from streak_infor_orchestration.sync.ports.lease import LIFE_SECONDS
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.phases import Phase
from streak_infor_orchestration.sync.row.row import Row
from streak_infor_orchestration.sync.row.work import Batch, Work

SYSTEMS = ("streak", "infor")


def claiming(
    row: Row,
    *,
    works: Callable[[Sequence[Claimed], Ports], tuple[Work, ...]],
    before: Callable[[Batch, Ports], None] = lambda _batch, _ports: None,
    sort_out: Callable[[Ports], bool] = lambda _ports: False,
) -> Phase:
    """The phase that claims records for `row` and makes `works` of them: after the claim was committed, and once for
    all.

    `before` is done when something may be claimed at all. Where records of the unknown lane were taken, `sort_out`
    tells the others of that lane apart, and whether there may be known ones to take beside them now.
    """

    def claim(batch: Batch, ports: Ports) -> Batch:
        """Lease up to `limit` due records. A dry run leases nothing and looks at `only`."""
        if batch.dry_run:
            return replace(batch, items=works([unleased(row.kind, key) for key in batch.only], ports))
        # From here on a new event deserves a new run: this one has taken its list.
        ports.store.nudges.clear(row.name)
        ports.names.watch()
        limit = _allowed(batch.limit, ports)
        if limit == 0:
            return batch
        before(batch, ports)
        claims = _taken(row.kind, batch, ports, limit, batch.lanes)
        if any(claim.lane == UNKNOWN for claim in claims) and sort_out(ports):
            known = tuple(lane for lane in batch.lanes if lane != UNKNOWN)
            claims += _taken(row.kind, batch, ports, limit - len(claims), known)
        return replace(batch, items=works(claims, ports))

    return claim


def _allowed(limit: int, ports: Ports) -> int:
    """While a system is paused nothing is claimed, except one deal at a time to see whether it is back."""
    paused = [pause for pause in ports.store.pauses.all() if pause.system in SYSTEMS]
    if not paused:
        return limit
    # a deal needs both systems, so no system's probe is taken while the other may not be tried yet
    if any(pause.until > ports.clock.now() for pause in paused):
        return 0
    return 1 if all(ports.store.pauses.may_probe(pause.system) for pause in paused) else 0


def unleased(kind: Kind, key: str) -> Claimed:
    """What a dry run looks at: nobody is kept from it, and nothing may be written."""
    return Claimed(
        kind=kind,
        key=key,
        lane="manual",
        seq=0,
        attempts=0,
        min_version=0,
        token="",
        correlation_id="",
        first_due_at=None,
    )


def _taken(kind: Kind, batch: Batch, ports: Ports, limit: int, lanes: Sequence[str]) -> list[Claimed]:
    claims = ports.store.inbox.claim(
        kinds=(kind,),
        owner=f"{ports.owner}/{batch.run_id[:8]}",
        limit=limit,
        life=LIFE_SECONDS,
        only=batch.only or None,
        lanes=lanes,
    )
    ports.leases.keep(batch.run_id, claims)
    return claims
