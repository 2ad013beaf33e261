"""The operations of the API, by resource; each module lists its own as ``OPERATIONS``."""

from itertools import chain

from streak_infor_orchestration.twins.streak.operations import (
    accounts,
    agenda,
    attachments,
    boxes,
    boxes_in_bulk,
    comments,
    contacts,
    field_values,
    fields,
    meetings,
    newsfeeds,
    organizations,
    pipelines,
    search,
    stages,
    tasks,
    timeline,
    webhooks,
)

OPERATIONS = tuple(
    chain.from_iterable(
        module.OPERATIONS
        for module in (
            boxes,
            boxes_in_bulk,
            field_values,
            comments,
            contacts,
            organizations,
            search,
            pipelines,
            stages,
            fields,
            accounts,
            webhooks,
            tasks,
            agenda,
            meetings,
            newsfeeds,
            timeline,
            attachments,
        )
    )
)
"""The busiest resources first: routes are tried in this order."""
