"""The API table: the flat paths by which people ask for this integration, and how each is really answered."""

STREAK = {
    "GET /v2/boxes": "Boxes live in a pipeline; there is no list of all, and no filter by time",
    "POST /v2/boxes": "The pipeline is in the path; fields need a second call",
    "PUT /v2/boxes": "Updates are POST, on v1; fields by key, arrays replace and are never sent by accident",
    "DELETE /v2/boxes": "On v1; takes files, tasks and comments with it",
    "GET /v2/contacts": "Contacts belong to a team; one, many by key, or the team's, where Streak has that list yet",
    "POST /v2/contacts": "The team is in the path; `getIfExisting` answers the one with that e-mail address",
    "PUT /v2/contacts": "Updates are POST; lists replace, own fields merge",
    "GET /v2/organizations": "As contacts, without a filter by time",
    "POST /v2/organizations": "The team is in the path; matched by domain",
    "PUT /v2/organizations": "Updates are POST",
    "GET /v2/pipelines": "Wrapped in the newest API, an array in v1: the fallback",
    "GET /v2/fields": "Per pipeline; those of contacts and organizations per team",
    "POST /v2/activities": "No such thing: a comment, a call or meeting, or a task, always on a box",
}
"""Row, and what differs in reality (Streak API contract §8)."""

BEYOND = {
    "users and teams": "",
    "pipelines": "Creates are forms",
    "contacts and organizations": "Deleted at once, the links to them some time later",
    "stages": "A map; their order stands in the pipeline only",
    "fields and options": "Creates are forms; options are added, never replaced",
    "tasks": "",
    "meetings and calls": "JSON in the newest API, a form in the docs: whichever is taken",
    "comments": "",
    "newsfeed and timeline": "To read only; of the newsfeed Streak shows the 50 newest",
    "search": "The index may lag behind",
    "files and threads": "",
    "webhooks": "One event of one pipeline or team each",
}
"""What else Streak's client does."""

_INFOR = "/infor/api/v1"
INFOR = {
    f"{method} {_INFOR}/{collection}": ""
    for collection, methods in {
        "customers": "GET POST PUT",
        "contacts": "GET POST PUT",
        "salesorders": "GET POST PUT",
        "invoices": "GET POST",
        "creditnotes": "GET",
        "payments": "GET",
        "products": "GET",
        "inventoryitems": "GET",
        "vendors": "GET",
        "employees": "GET",
        "glaccounts": "GET",
        "exchangerates": "GET",
    }.items()
    for method in methods.split()
}
"""Served under these very paths (Infor façade contract)."""

ROWS = STREAK | BEYOND | INFOR
