"""What a person is asked about a field that both systems keep: `whose` it is stands in the sentence."""

from streak_infor_orchestration.domain.agreement import Pair
from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.problems.customers import CustomerCode
from streak_infor_orchestration.domain.problems.values import ValueCode


def changed_on_both_sides(target: str, whose: str, now: Pair, rule: str = "") -> Problem:
    return Problem(
        code=CustomerCode.CHANGED_ON_BOTH_SIDES,
        message=f"{target.partition('.')[2]} of {whose} was changed on both sides: "
        f'Streak says "{now.streak}", the ERP "{now.infor}".',
        field=target,
        value=f"{now.streak} | {now.infor}",
        rule=rule,
    )


def no_phone_number(target: str, whose: str, now: Pair, rule: str = "") -> Problem:
    return Problem(
        code=ValueCode.NOT_A_PHONE_NUMBER,
        message=f'The phone of {whose} was changed in Streak to "{now.streak}", which is no number: the ERP keeps '
        f'"{now.infor}".',
        field=target,
        value=now.streak,
        rule=rule,
    )
