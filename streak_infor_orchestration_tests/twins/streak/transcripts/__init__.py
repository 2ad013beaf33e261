"""Literal exchanges with Streak, written from the contract. Each transcript starts with an empty team."""

from streak_infor_orchestration_tests.twins.streak.exchange import Transcript
from streak_infor_orchestration_tests.twins.streak.transcripts import (
    accounts,
    activity,
    attachments,
    boxes,
    comments,
    directory,
    field_values,
    fields,
    meetings,
    pipelines,
    refusals,
    search,
    stages,
    tasks,
    webhooks,
)

TRANSCRIPTS: dict[str, Transcript] = {
    f"{module.__name__.rpartition('.')[2]}: {name}": transcript
    for module in (
        accounts,
        pipelines,
        stages,
        fields,
        boxes,
        field_values,
        directory,
        comments,
        tasks,
        meetings,
        activity,
        attachments,
        search,
        webhooks,
        refusals,
    )
    for name, transcript in module.TRANSCRIPTS.items()
}
