"""What Streak must do when it is written to. All that is made is deleted in the end."""

from datetime import UTC, datetime, timedelta

from streak_infor_orchestration.conformance.check import NotApplicable, Suite, expect
from streak_infor_orchestration.conformance.streak_subject import StreakSubject
from streak_infor_orchestration.domain.deal import Value
from streak_infor_orchestration.domain.values import same
from streak_infor_orchestration.streak.models import BoxParty
from streak_infor_orchestration.streak.vocabulary import Field

WRITES = Suite[StreakSubject]("streak", "Streak API contract", writes=True)
_NOWHERE = "https://conformance.invalid/streak"


@WRITES.check("3.6 boxes", "let the key's user make boxes in the pipeline")
def a_box_is_made_in_a_stage(subject: StreakSubject) -> None:
    read = subject.fresh(subject.box.key)
    expect(read.name == subject.mark, "its name is another")
    expect(read.stage == subject.stages[0], "it is in another stage")
    expect(read.pipeline_key == subject.pipeline.key, "it is in another pipeline")


@WRITES.check("3.7 box field values", "each type is written as the contract says, and reads back the same")
def fields_of_every_type_are_set_in_one_call_and_read_back(subject: StreakSubject) -> None:
    wanted = _one_of_each_type(subject.pipeline.fields)
    if not wanted:
        raise NotApplicable("the pipeline has no field that can be written")
    before = subject.fresh(subject.box.key)
    answered = subject.client.update_box(before, fields=wanted)
    read = subject.fresh(before.key)
    for told in (answered, read):
        for name, value in wanted.items():
            expect(same(told.fields.get(name), value), f"{name!r} does not read back as written")
    expect(read.version > before.version, "the version did not rise")
    expect((read.stage, read.name) == (before.stage, before.name), "another property changed")


def _one_of_each_type(fields: tuple[Field, ...]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    seen = set()
    for field in fields:
        value = _a_value(field)
        if value is not None and field.type not in seen:
            seen.add(field.type)
            values[field.name] = value
    return values


def _a_value(field: Field) -> Value:
    match field.type:
        case "TEXT_INPUT":
            return "48000.10"
        case "DATE":
            return datetime(2026, 4, 1, tzinfo=UTC)
        case "CHECKBOX":
            return True
        case "DROPDOWN" if field.options:
            return field.options[-1].name
        case "TAG" if field.options:
            return tuple(sorted(option.name for option in field.options[:2]))
        case _:
            return None


@WRITES.check("3.7 box field values", "fields not named keep their values; null clears one")
def a_field_is_cleared_and_the_others_stay(subject: StreakSubject) -> None:
    before = subject.fresh(subject.box.key)
    written = [name for name in _one_of_each_type(subject.pipeline.fields) if name in before.fields]
    if not written:
        raise NotApplicable("the box has no field that can be cleared")
    subject.client.update_box(before, fields={written[0]: None})
    after = subject.fresh(before.key)
    cleared = after.fields.get(written[0])
    expect(same(cleared, None) or cleared is False, f"{written[0]!r} is not cleared")
    for name in written[1:]:
        expect(same(after.fields.get(name), before.fields[name]), f"{name!r} changed though it was not named")


@WRITES.check("3.4 stages, 3.6 boxes", "let the key's user move boxes")
def a_box_is_moved_to_another_stage(subject: StreakSubject) -> None:
    if len(subject.stages) < 2:
        raise NotApplicable("the pipeline has only one stage in which a box asks for no order")
    before, stage = subject.fresh(subject.box.key), subject.stages[1]
    subject.client.update_box(before, stage=stage)
    after = subject.fresh(before.key)
    expect(after.stage == stage, "it is in another stage")
    expect(after.fields == before.fields, "its fields changed with the stage")


@WRITES.check("3.11 comments", "let the key's user comment; the probe reads comments for its token")
def a_comment_is_ours_and_found_at_once(subject: StreakSubject) -> None:
    message = f"{subject.mark}: a comment. [TESTTOKN]"
    made = subject.client.add_comment(subject.box.key, message)
    found = [comment for comment in subject.client.comments(subject.box.key) if comment.key == made.key]
    expect(len(found) == 1, "it is not among the comments of the box")
    expect(found[0].message == message, "its text was changed: a token could not be found again")


@WRITES.check("3.10 tasks", "let the key's user make tasks")
def a_task_is_made_done_and_deleted(subject: StreakSubject) -> None:
    due = datetime(2026, 4, 1, 8, tzinfo=UTC)
    made = subject.client.create_task(subject.box.key, subject.mark, due=due)
    expect((made.text, made.due, made.done) == (subject.mark, due, False), "not as sent")
    expect(made.key in {task.key for task in subject.client.tasks(subject.box.key)}, "not among the box's")
    done = subject.client.update_task(made.key, done=True)
    expect((done.text, done.due, done.done) == (subject.mark, due, True), "not changed as asked")
    subject.client.delete_task(made.key)
    expect(subject.client.task(made.key) is None, "it is still there after it was deleted")


@WRITES.check("3.12 meeting notes and call logs", "let the key's user log calls")
def a_call_is_logged_and_deleted(subject: StreakSubject) -> None:
    at, length = datetime(2026, 4, 1, 8, tzinfo=UTC), timedelta(minutes=15)
    made = subject.client.create_meeting(subject.box.key, "CALL_LOG", at, duration=length, notes=subject.mark)
    told = (made.kind, made.started, made.duration, made.notes)
    expect(told == ("CALL_LOG", at, length, subject.mark), "not as sent")
    expect(
        made.key in {meeting.key for meeting in subject.client.meetings(subject.box.key)}, "not among them"
    )
    subject.client.delete_meeting(made.key)
    expect(subject.client.meeting(made.key) is None, "it is still there after it was deleted")


@WRITES.check("3.8 contacts", "let the key's user make and change contacts of the team")
def a_contact_is_made_read_and_changed(subject: StreakSubject) -> None:
    email = f"conny@{subject.domain}"
    made = subject.client.create_contact(
        subject.team.key, given_name="Conny", family_name=subject.mark, emails=(email,)
    )
    subject.made("contact", made.key, subject.client.delete_contact)
    read = subject.client.contact(made.key)
    assert read is not None
    expect(
        (read.given_name, read.family_name, read.emails) == ("Conny", subject.mark, (email,)), "not as sent"
    )
    again = subject.client.create_contact(subject.team.key, get_if_existing=True, emails=(email,))
    expect(again.key == made.key, "getIfExisting made another one with the same e-mail address")
    changed = subject.client.update_contact(made.key, subject.team.key, title="Tester")
    expect((changed.title, changed.family_name) == ("Tester", subject.mark), "not changed as asked")


@WRITES.check("3.9 organizations", "let the key's user make and change organizations of the team")
def an_organization_is_made_read_and_changed(subject: StreakSubject) -> None:
    made = subject.client.create_organization(subject.team.key, name=subject.mark, domains=(subject.domain,))
    subject.made("organization", made.key, subject.client.delete_organization)
    read = subject.client.organization(made.key)
    assert read is not None
    expect((read.name, subject.domain in read.domains) == (subject.mark, True), "not as sent")
    changed = subject.client.update_organization(made.key, subject.team.key, phones=("+1 555 0100",))
    expect((changed.phones, changed.name) == (("+1 555 0100",), subject.mark), "not changed as asked")


@WRITES.check("3.6 boxes", "a list that is sent replaces the one on the box, and no other")
def a_box_is_linked_and_only_the_list_sent_is_replaced(subject: StreakSubject) -> None:
    contact, organization = (
        BoxParty(key=subject.key_of(kind), starred=True) for kind in ("contact", "organization")
    )
    subject.client.replace_links(subject.box.key, contacts=[contact], organizations=[organization])
    read = subject.fresh(subject.box.key)
    expect((read.contacts, read.organizations) == ((contact,), (organization,)), "not linked as asked")
    subject.client.replace_links(subject.box.key, contacts=[])
    read = subject.fresh(subject.box.key)
    expect(
        (read.contacts, read.organizations) == ((), (organization,)), "another list changed, or this did not"
    )


@WRITES.check("3.16 webhooks", "let the key's user make webhooks: without them only the sweep sees changes")
def a_webhook_is_made_told_moved_and_deleted(subject: StreakSubject) -> None:
    made = subject.client.create_webhook("BOX_CREATE", _NOWHERE, pipeline_key=subject.pipeline.key)
    try:
        keys = {hook.key for hook in subject.client.webhooks(pipeline_key=subject.pipeline.key)}
        expect(made.key in keys, "it is not among the pipeline's")
        moved = subject.client.edit_webhook(made.key, target_url=f"{_NOWHERE}2")
        expect(moved.target_url == f"{_NOWHERE}2", "it was not moved")
    finally:
        subject.client.delete_webhook(made.key)
    keys = {hook.key for hook in subject.client.webhooks(pipeline_key=subject.pipeline.key)}
    expect(made.key not in keys, "it is still there after it was deleted")


@WRITES.check("3.6 boxes", "let the key's user delete its own boxes")
def a_box_is_deleted(subject: StreakSubject) -> None:
    subject.client.delete_box(subject.box.key)
    expect(subject.client.box(subject.box.key) is None, "it is still there")
