"""The letters that carry calendar entries to those who asked for them (decision 15)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from eventhub.calendars import rules
from eventhub.calendars.feeds import personal_entries, programme_of, source_of
from eventhub.calendars.queries import Person, find_by_id, joining_of
from eventhub.events.words import city_of
from eventhub.i18n import _, current, use
from eventhub.i18n.times import event_time
from eventhub.ics.writer import MEDIA_TYPE, Entry, Mailbox, Method, calendar
from eventhub.mail.seams import Attachment, Letter, Message
from eventhub.mail.wording import letter
from eventhub.registration.queries import printed_name, token_of
from eventhub.web.urls import absolute, addresses

BEGUN, UPDATED = "calendars.begun", "calendars.updated"


def told_of(entries: Iterable[Entry]) -> dict[str, rules.Told]:
    """Return by uid what entries tell a calendar."""
    return {
        entry.uid: rules.Told(
            sequence=entry.sequence, status=entry.status, zone=entry.zone,
            starts_at=entry.starts_at.isoformat(), ends_at=entry.ends_at.isoformat(),
            summary=entry.summary, location=entry.location,
            changed_at=entry.changed_at.isoformat(),
        )
        for entry in entries
    }  # fmt: skip


def begun(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Hand over the person's whole programme, which later letters change."""
    person = _asked(event_id, ids)
    if person is None:
        return None
    with addresses(), use(person.language):
        entries = _entries(person)
        file = _whole(person, entries.values())
    return _letter("begun", person, [file] if entries else [])


def updated(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say what changed, with a file for each entry that moves it in the calendar."""
    person = _asked(event_id, ids)
    if person is None:
        return None
    with addresses(), use(person.language):
        changed = _changed(person, ids["uids"])
        files = _files(person, changed)
    lines = [_line(person, entry) for entry in changed]
    return _letter("updated", person, files, lines=lines) if changed else None


def files_of(event_id: int | None, ids: Mapping[str, Any]) -> list[Attachment]:
    """Return the files for a letter of another name, of the entries that its ids name if any."""
    person = _asked(event_id, ids) if ids.get("uids") else None
    if person is None:
        return []
    with addresses(), use(person.language):
        return _files(person, _changed(person, ids["uids"]))


WORDED: dict[str, Message] = {BEGUN: begun, UPDATED: updated}


def _asked(event_id: int | None, ids: Mapping[str, Any]) -> Person | None:
    """Return the person, None where they no longer want such letters."""
    person = find_by_id(event_id, ids["registration"])
    return person if person and person.by_mail else None


def _entries(person: Person) -> dict[str, Entry]:
    programme = programme_of(source_of(person))
    found = personal_entries(person, person.event, programme, joining_of(person))
    return {entry.uid: entry for entry in found}


def _changed(person: Person, uids: Iterable[str]) -> list[Entry]:
    """Return the entries that a letter tells, as they are now."""
    told = rules.told_before(person.choice.told if person.choice else {})
    entries = _entries(person)
    return [_addressed(person, entries.get(uid), uid, told[uid]) for uid in uids if uid in told]


def _files(person: Person, entries: list[Entry]) -> list[Attachment]:
    if len(entries) > rules.MOST_SINGLY:
        return [_whole(person, entries)]
    return _singly(person, entries)


def _addressed(person: Person, entry: Entry | None, uid: str, told: rules.Told) -> Entry:
    """Return an entry as a message to the person; from what was told where it is theirs no more."""
    row, event = person.registration, person.event
    if entry is None:
        changed_at = datetime.fromisoformat(told.changed_at)
        entry = Entry(
            uid=uid, sequence=told.sequence, status="CANCELLED", zone=told.zone,
            starts_at=datetime.fromisoformat(told.starts_at),
            ends_at=datetime.fromisoformat(told.ends_at),
            summary=told.summary, location=told.location, language=current(),
            created_at=changed_at, changed_at=changed_at,
        )  # fmt: skip
    return replace(
        entry,
        sequence=max(entry.sequence, told.sequence),
        organizer=Mailbox(person.host.pick(None, event.languages), event.contact_email),
        attendees=(Mailbox(printed_name(row, row.language), row.email),),
    )


def _singly(person: Person, entries: list[Entry]) -> list[Attachment]:
    return [
        _file(person, f"-{number}", [entry], "CANCEL" if _is_off(entry) else "REQUEST")
        for number, entry in enumerate(entries, start=1)
    ]


def _whole(person: Person, entries: Iterable[Entry]) -> Attachment:
    return _file(person, "", list(entries), "PUBLISH")


def _file(person: Person, part: str, entries: list[Entry], method: Method) -> Attachment:
    event = person.event
    home = (event.zone, event.starts_on.year)
    data = calendar(entries, method=method, language=current(), home=home)
    return Attachment(f"{event.slug}{part}.ics", f"{MEDIA_TYPE}; method={method}", data)


def _is_off(entry: Entry) -> bool:
    return entry.status == "CANCELLED"


@dataclass(frozen=True, slots=True)
class Line:
    """One change in words: the entry's title, when and where it is now, whether it is off."""

    title: str
    when: str
    where: str
    is_off: bool


def _line(person: Person, entry: Entry) -> Line:
    when = event_time(entry.starts_at, entry.zone, city_of(person.event), year=False)
    return Line(entry.summary, when, entry.location, _is_off(entry))


def _letter(name: str, person: Person, files: list[Attachment], **more: Any) -> Letter:
    event, token = person.event, token_of(person.registration)
    return letter(
        f"calendars/{name}",
        attachments=files,
        files=len(files),
        reply_to=event.contact_email,
        institution=person.host.pick(None, event.languages),
        title=event.title(),
        name=person.registration.salutation or printed_name(person.registration, current()),
        contact=event.contact_email,
        url=absolute("calendars.my_calendar", token=token),
        subscribe=_("Subscribing instead keeps your calendar right by itself."),
        **more,
    )
