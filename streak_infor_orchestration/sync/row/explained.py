"""A problem in the words that people at a box are told."""

from streak_infor_orchestration.domain.deal import Problem


def explained(problem: Problem, head: str, box: str) -> str:
    """A problem as people at `box` are told of it: with its field, and with its box where that is another one."""
    on = problem if problem.box != box else problem.model_copy(update={"box": ""})
    value = f": {_brief(problem.value, 80)!r}" if problem.value else ""
    where = f"{on.where}{value}. " if on.where else ""
    return f"{head} {_brief(problem.message, 400)} {where}{problem.fix}".strip()


def _brief(text: str, longest: int) -> str:
    """What somebody pasted into a field may be a page long."""
    return text if len(text) <= longest else f"{text[:longest]}…"
