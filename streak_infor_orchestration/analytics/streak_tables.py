"""Streak's entities as tables, with names instead of keys where people gave names."""

from streak_infor_orchestration.analytics.schema import table

PIPELINES = table(
    "streak/pipelines",
    "Pipelines of the team.",
    """
    key text Key
    name text Name
    team_key text Team
    stages whole How many stages it has
    fields whole How many fields of its own it has
    """,
    key="key",
)
STAGES = table(
    "streak/stages",
    "Stages of the pipelines, in the order of the board.",
    """
    pipeline_key text Pipeline
    key text Key, unique within the pipeline
    name text Name
    position whole Place on the board, from 1
    """,
    key="pipeline_key key",
    refers_to="streak/pipelines",
)
FIELDS = table(
    "streak/fields",
    "Fields that the pipelines add to their boxes.",
    """
    pipeline_key text Pipeline
    key text Key, unique within the pipeline
    name text Name
    type text Streak's type: TEXT_INPUT, DROPDOWN, DATE, …
    options texts What can be chosen, of a dropdown or tag
    """,
    key="pipeline_key key",
    refers_to="streak/pipelines",
)
BOXES = table(
    "streak/boxes",
    "Boxes (deals) of all pipelines of the team.",
    """
    key text Key
    pipeline_key text Pipeline
    name text Name
    notes text Notes
    stage text Stage, by name; its key where the pipeline does not know it
    creator_key text Who made it
    created instant When it was made
    stage_changed instant When it last changed its stage
    updated instant When it was last updated
    version whole The same in Streak's milliseconds: what events are ordered by
    saved instant When it was last saved, which may move without the other
    tasks whole How many tasks it has
    comments whole How many comments it has
    meetings whole How many calls and meetings it has
    fields named The pipeline's fields that are set, by name
    contacts texts Contacts, the starred ones first
    organizations texts Organizations, the starred ones first
    """,
    key="key",
    changed="updated",
    windows=True,
    refers_to="streak/pipelines streak/stages streak/fields streak/contacts streak/organizations",
)
DEALS = table(
    "streak/deals",
    "Boxes of the configured pipeline as the deals they mean, by the configuration there was when they were read.",
    """
    key text Key of the box
    milestone text What its stage asks for: before, order, invoice or lost; empty for one that is not classed
    party text Link key of who buys (organization:KEY or contact:KEY), empty where nobody or several may
    creator_key text Who made it
    currency text Currency of the value (ISO 4217)
    value amount What it is worth: as the box states it, else what its lines with a price come to
    created instant When it was made
    stage_changed instant When it last changed its stage
    updated instant When it was last updated
    """,
    key="key",
    changed="updated",
    windows=True,
    refers_to="streak/boxes",
)
ORGANIZATIONS = table(
    "streak/organizations",
    "Organizations of the team.",
    """
    key text Key
    name text Name
    domains texts Domains
    phones texts Telephone numbers
    addresses texts Addresses
    industry text Industry
    employees text How many work there: 51-200
    contacts texts Contacts
    notes text Notes
    creator_key text Who made it
    created instant When it was made
    fields named The team's own fields that are set, by name
    saved instant When it was last saved
    """,
    key="key",
    changed="saved",
)
CONTACTS = table(
    "streak/contacts",
    "Contacts of the team.",
    """
    key text Key
    given_name text Given name
    family_name text Family name
    title text Title
    emails texts E-mail addresses
    phones texts Telephone numbers
    addresses texts Addresses
    organizations texts Organizations
    notes text Notes
    creator_key text Who made it
    created instant When it was made
    fields named The team's own fields that are set, by name
    saved instant When it was last saved
    """,
    key="key",
    changed="saved",
    refers_to="streak/organizations",
)
TASKS = table(
    "streak/tasks",
    "Tasks on boxes.",
    """
    key text Key
    box_key text Box
    text text What is to be done
    done flag Whether it was done
    due instant When it is due
    assignees texts Who is to do it
    creator_key text Who made it
    created instant When it was made
    box_saved instant When the box was last saved, as of the reading of its tasks
    """,
    key="key",
    scope="box_key",
    parent="streak/boxes",
    refers_to="streak/boxes",
)
ACTIVITIES = table(
    "streak/activities",
    "What people did on boxes: comments, calls, meetings.",
    """
    key text Key
    box_key text Box
    kind text comment, call or meeting
    creator_key text Who did it
    at instant When
    text text What was written
    box_saved instant When the box was last saved, as of the reading of its activities
    """,
    key="key",
    scope="box_key",
    parent="streak/boxes",
    refers_to="streak/boxes",
)

STREAK_TABLES = {
    one.name.removeprefix("streak/"): one
    for one in (PIPELINES, STAGES, FIELDS, ORGANIZATIONS, CONTACTS, BOXES, DEALS, TASKS, ACTIVITIES)
}
