"""Tasks for the owner of a deal where only a person can go on: it is stuck, or an invoice of it is overdue."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from streak_infor_orchestration.domain.invoice import Invoice
from streak_infor_orchestration.domain.kinds import Kind
from streak_infor_orchestration.domain.money import plain
from streak_infor_orchestration.domain.shown import visible
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.sync.effects.task import complete_task, is_task_over, made_tasks, make_task
from streak_infor_orchestration.sync.effects.writes import Writes
from streak_infor_orchestration.sync.ports.ports import Ports
from streak_infor_orchestration.sync.row.explained import explained
from streak_infor_orchestration.sync.row.work import Status, Work


def keep_tasks(work: Work, box: Box, ports: Ports, writes: Writes) -> Work:
    """What is wanted is made, what is over is completed, and what may come is looked at again then. Nothing is
    concluded from a look that ended early."""
    ended_early = work.verdict is not None and work.verdict.status is not Status.PERSON
    if ended_early or not ports.config.tasks.any:
        return work
    now, wanted = ports.clock.now(), dict[str, str]()
    for fact, text, at in (*_stuck(work, box, ports), *_overdue(work, box, ports)):
        if at <= now:
            wanted[fact] = text
        else:
            work = work.again_at(at)
    made = made_tasks(box.key, work.told)
    for fact in wanted.keys() - made:
        work = _made(work, box, fact, visible(wanted[fact]), ports, writes)
    for fact in made - wanted.keys():
        if work.claim.token and not is_task_over(box.key, fact, ports.store):
            complete_task(writes, work.claim, box, fact)
            work = work.did(f"task completed: {fact}")
    return work


_Wanted = tuple[str, str, datetime]
"""The fact with its occurrence, the task's text, and when it is to be there."""


def _stuck(work: Work, box: Box, ports: Ports) -> Iterator[_Wanted]:
    """By when the letter was opened: a deal that is stuck another time has another one."""
    hours = ports.config.tasks.stuck_hours
    if hours is None or work.verdict is None:
        return
    problems = [explained(problem, "", box.name) for problem in work.verdict.problems]
    text = " ".join(problems or [work.verdict.reason])
    letter = ports.store.dead_letters.of(Kind.DEAL, box.key)
    # where there is no letter yet, `settle` opens it at the end of this look
    opened = letter.opened_at if letter else ports.clock.now() + timedelta(seconds=1)
    occurrence = letter.opened_at.isoformat(timespec="seconds") if letter else ""
    yield f"stuck:{occurrence}", f"The deal waits for you. {text}", opened + timedelta(hours=hours)


def _overdue(work: Work, box: Box, ports: Ports) -> Iterator[_Wanted]:
    """By the day: one that was put off is overdue another time."""
    days = ports.config.tasks.overdue_days
    if days is None:
        return
    for invoice in work.invoices:
        if invoice.due_date is not None and _is_open(invoice):
            day = invoice.due_date + timedelta(days=days + 1)
            text = (
                f"Invoice {invoice.number or invoice.id} was due on {invoice.due_date.isoformat()}:"
                f" {plain(invoice.balance)} {invoice.currency} are not paid."
            )
            fact = f"overdue:{invoice.id}:{invoice.due_date.isoformat()}"
            yield fact, text, datetime.combine(day, time(), tzinfo=ports.config.company.zone)


def _is_open(invoice: Invoice) -> bool:
    return invoice.balance > 0 and invoice.status != "Credited"


def _made(work: Work, box: Box, fact: str, text: str, ports: Ports, writes: Writes) -> Work:
    if not work.claim.token:
        return work.did(f"would make a task: {text}")
    make_task(writes, work.claim, box, fact, text, _owners(box, ports))
    return work.did(f"task made: {text}")


def _owners(box: Box, ports: Ports) -> tuple[str, ...]:
    """E-mail addresses; without any Streak gives the task to us."""
    if box.assignees:
        return box.assignees
    maker = ports.streak.user(box.creator_key) if box.creator_key else None
    return (maker.email,) if maker is not None and maker.email else ()
