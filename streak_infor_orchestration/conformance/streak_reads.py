"""What Streak must do when it is read. Nothing here writes."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

from streak_infor_orchestration.conformance.check import Breach, NotApplicable, Suite, expect
from streak_infor_orchestration.conformance.streak_subject import StreakSubject

READS = Suite[StreakSubject]("streak", "Streak API contract")

NO_KEYS = ("", ".", "..", "no-such-key")
_SAMPLE = 5
_SLICE = 25
_INDEXED = timedelta(minutes=10)  # the search index may lag behind


@READS.check("1 authentication, 3.1 users", "check STREAK_API_KEY and whose key it is")
def the_key_has_an_owner(subject: StreakSubject) -> None:
    me = subject.client.me()
    expect(me.key and "@" in me.email, "Streak does not say whose key this is")


@READS.check("3.2 teams", "check streak.team in the configuration, and that the key's user is a member")
def the_team_is_found_by_its_name(subject: StreakSubject) -> None:
    expect(
        subject.client.team(subject.team.key).name == subject.team.name, "the team reads otherwise by its key"
    )


@READS.check("3.1 users", "assignees and the salesperson are found by e-mail among the users of the team")
def we_are_among_the_users_of_the_team(subject: StreakSubject) -> None:
    users = subject.client.users(subject.team.key)
    expect(subject.client.me().key in {user.key for user in users}, "the owner of the key is not among them")
    _distinct((user.key for user in users), "users")


@READS.check("3.3 pipelines, 3.4 stages", "check streak.pipeline in the configuration; names must be unique")
def the_pipeline_has_stages_of_different_names(subject: StreakSubject) -> None:
    stages = subject.pipeline.stages
    expect(stages, "the pipeline has no stages")
    _distinct((stage.name for stage in stages), "stages")
    _distinct((stage.key for stage in stages), "keys of stages")


@READS.check("3.5 field definitions", "give each field of the pipeline a name of its own")
def fields_have_different_names(subject: StreakSubject) -> None:
    if not subject.pipeline.fields:
        raise NotApplicable("the pipeline has no fields of its own")
    _distinct((field.name for field in subject.pipeline.fields), "fields")
    for field in subject.pipeline.fields:
        _distinct((option.name for option in field.options), f"options of {field.name!r}")


def _distinct(names: Iterable[str], what: str) -> None:
    seen = list(names)
    expect(len(set(seen)) == len(seen), f"two {what} are called the same")


@READS.check("3.6 boxes, 4 pagination", "the sweep relies on sortBy=lastUpdatedTimestamp and stable pages")
def boxes_come_page_by_page_the_last_updated_first(subject: StreakSubject) -> None:
    first = subject.client.boxes(subject.pipeline.key, limit=_SLICE)
    if not first.items:
        raise NotApplicable("the pipeline has no boxes to look at")
    expect(len(first.items) <= _SLICE, "a page is longer than was asked for")
    expect(all(box.pipeline_key == subject.pipeline.key for box in first.items), "a box of another pipeline")
    for box, following in pairwise(first.items):
        expect(box.version >= following.version, f"{following.key} was updated after the one before it")
    if first.more:
        second = subject.client.boxes(subject.pipeline.key, page=1, limit=_SLICE)
        newest = max((box.version for box in second.items), default=0)
        moved = {box.key for box in second.items} & {box.key for box in first.items}
        expect(newest <= first.items[-1].version or moved, "the second page is newer than the first")


@READS.check("3.6 boxes", "a box must read the same alone and in the list")
def a_box_reads_as_in_the_list(subject: StreakSubject) -> None:
    for listed in subject.boxes[:_SAMPLE]:
        read = subject.client.box(listed.key)
        if read is None:
            raise Breach(f"{listed.key} is in the list, and not there when read by its key")
        expect(read.version >= listed.version, f"{listed.key} reads older than in the list")
        if read.version == listed.version:
            expect(read == listed, f"{listed.key} reads otherwise than in the list")


@READS.check("3.7 box field values", "fields must be described by the pipeline; ask Streak about the others")
def every_field_of_a_box_is_described(subject: StreakSubject) -> None:
    names = {field.name for field in subject.pipeline.fields}
    for box in subject.boxes:
        strange = sorted(set(box.fields) - names)
        expect(not strange, f"{box.key} has fields the pipeline does not describe: {', '.join(strange[:3])}")


@READS.check("5 errors", "answer 404 with an error object for what is not there")
def what_is_not_there_is_nothing(subject: StreakSubject) -> None:
    for key in NO_KEYS:
        expect(subject.client.box(key) is None, f"there is a box {key!r}")
        expect(subject.client.contact(key) is None, f"there is a contact {key!r}")
        expect(subject.client.organization(key) is None, f"there is an organization {key!r}")


@READS.check("3.8 contacts, 3.9 organizations", "let the key's user see the contacts of the team")
def who_is_on_a_box_can_be_read_one_by_one_and_together(subject: StreakSubject) -> None:
    contacts = [link.key for box in subject.boxes for link in box.contacts][:_SAMPLE]
    organizations = [link.key for box in subject.boxes for link in box.organizations][:_SAMPLE]
    if not contacts and not organizations:
        raise NotApplicable("nobody is on the boxes looked at")
    for key, contact in subject.client.contacts(contacts).items() if contacts else ():
        expect(subject.client.contact(key) == contact, f"contact {key} reads otherwise alone")
    for key, organization in subject.client.organizations(organizations).items() if organizations else ():
        expect(subject.client.organization(key) == organization, f"organization {key} reads otherwise alone")


@READS.check(
    "3.8 contacts, 4 pagination", "the list of a team's contacts is new: without it only boxes tell of them"
)
def the_contacts_of_the_team_come_slice_by_slice(subject: StreakSubject) -> None:
    first = subject.client.team_contacts(subject.team.key, limit=_SLICE)
    if not first.items:
        raise NotApplicable("the team has no contacts")
    keys = [contact.key for contact in first.items]
    if first.cursor:
        second = subject.client.team_contacts(subject.team.key, limit=_SLICE, cursor=first.cursor)
        keys += [contact.key for contact in second.items]
    _distinct(keys, "contacts")
    last = max(first.items, key=lambda contact: contact.version)
    since = datetime.fromtimestamp(last.version / 1000, UTC)
    later = subject.client.team_contacts(subject.team.key, since=since, limit=_SLICE)
    early = [c.key for c in later.items if c.version and c.version // 1000 < int(since.timestamp())]
    expect(not early, f"{', '.join(early[:3])}: told though saved before")


@READS.check(
    "3.9 organizations, 4 pagination", "the list of a team's organizations is new, as that of contacts"
)
def the_organizations_of_the_team_come_slice_by_slice(subject: StreakSubject) -> None:
    first = subject.client.team_organizations(subject.team.key, limit=_SLICE)
    if not first.items:
        raise NotApplicable("the team has no organizations")
    keys = [organization.key for organization in first.items]
    if first.cursor:
        second = subject.client.team_organizations(subject.team.key, limit=_SLICE, cursor=first.cursor)
        keys += [organization.key for organization in second.items]
    _distinct(keys, "organizations")


@READS.check("3.11 comments", "let the key's user see the comments of boxes")
def the_comments_of_a_box_can_be_read(subject: StreakSubject) -> None:
    for box in subject.boxes[:_SAMPLE]:
        _distinct((comment.key for comment in subject.client.comments(box.key)), "comments")


@READS.check("3.10 tasks, 3.12 meeting notes and call logs", "let the key's user see what is done on boxes")
def tasks_and_meetings_of_a_box_can_be_read(subject: StreakSubject) -> None:
    for box in subject.boxes[:_SAMPLE]:
        for record in (*subject.client.tasks(box.key), *subject.client.meetings(box.key)):
            expect(record.box_key in ("", box.key), f"{record.key} is told of {box.key}, and of another box")


@READS.check("3.13 newsfeed and timeline", "let the key's user see the pipeline's history")
def the_history_of_a_box_can_be_read(subject: StreakSubject) -> None:
    for box in subject.boxes[:_SAMPLE]:
        for entry in subject.client.newsfeed(box.key):
            expect(entry.box_key in ("", box.key), f"the newsfeed of {box.key} tells of another box")
        dated = [entry.happened for entry in subject.client.timeline(box.key) if entry.happened]
        for moment, following in pairwise(dated):
            expect(moment <= following, f"the timeline of {box.key} is not in order")


@READS.check("3.15 files", "let the key's user see the files of boxes")
def the_files_of_a_box_are_told(subject: StreakSubject) -> None:
    for box in subject.boxes[:_SAMPLE]:
        _distinct((file.key for file in subject.client.files(box.key)), "files")


@READS.check("3.14 search", "the index may lag behind; nothing but people's convenience relies on it")
def a_box_is_found_by_its_exact_name(subject: StreakSubject) -> None:
    before = datetime.now(UTC) - _INDEXED
    old = (
        box for box in subject.boxes if datetime.fromtimestamp(box.version / 1000, UTC) < before and box.name
    )
    box = next(islice(old, 1), None)
    if box is None:
        raise NotApplicable("no box is old enough to be in the index for certain")
    found = subject.client.search_boxes(box.name, subject.pipeline.key)
    expect(box.key in found, f"{box.key} is not found by its name")


@READS.check(
    "3.16 webhooks", "let the key's user see the pipeline's webhooks; `streak-infor webhooks` makes them"
)
def the_webhooks_of_the_pipeline_are_told(subject: StreakSubject) -> None:
    hooks = subject.client.webhooks(pipeline_key=subject.pipeline.key)
    for hook in hooks:
        expect(hook.pipeline_key in ("", subject.pipeline.key), f"webhook {hook.key} is of another pipeline")
        expect(hook.event and hook.target_url, f"webhook {hook.key} says no event or no target")
