"""Beginning a registration and filling it in, step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, insert_many_unless_there
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.delegations.models import Delegation
from eventhub.events.models import Event
from eventhub.events.rules import Window, registration_window
from eventhub.i18n import _
from eventhub.registration.models import Consent, Registration
from eventhub.registration.permissions import ENTER, VOUCH
from eventhub.registration.queries import Setup, capacities, setup_of
from eventhub.registration.rules import (
    CONSENTS,
    FIELDS,
    NEEDS,
    State,
    Who,
    is_within_grace,
    modes_of_event,
    reopened,
)
from eventhub.registration.services.moving import Verdict, write_decisions

SOURCES: Mapping[str, Who] = {
    "self": Who.REGISTRANT,
    "focal_point": Who.FOCAL_POINT,
    "organiser": Who.STAFF,
    "invited": Who.STAFF,
    "desk": Who.STAFF,
    "loader": Who.STAFF,
}
"""How registrations come in, and in what capacity they are entered."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person to be entered: the category, and values of `rules.FIELDS` by name."""

    category_id: int
    values: Mapping[str, Any] = field(default_factory=dict)
    person_id: int | None = None
    account_id: int | None = None
    speaker_id: int | None = None
    begun_at: datetime | None = None
    """When it was begun, where that was before it is entered."""


def check_open(setup: Setup, *, begun_at: datetime | None = None) -> bool:
    """Raise Conflict where people cannot register now; tell whether this one is late (R1.14).

    `begun_at` is when the form was handed out or the draft was begun.
    """
    event, now = setup.event, clock.now()
    window = registration_window(
        event.state,
        opens_at=event.registration_opens_at,
        closes_at=event.registration_closes_at,
        instant=now,
    )
    if window == Window.OPEN:
        return False
    in_time = is_within_grace(
        closes_at=event.registration_closes_at,
        begun_at=begun_at,
        now=now,
        grace=setup.settings.grace,
    )
    if window == Window.CLOSED and in_time:
        return True
    sentences = {
        Window.NOT_YET: _("Registration has not opened yet."),
        Window.CLOSED: _("Registration has closed. Write to the organiser if you still need it."),
        Window.STOPPED: _("Registration is stopped for this event."),
    }
    raise Conflict(sentences[window])


def start_draft(
    setup: Setup,
    *,
    category_id: int,
    language: str,
    actor: Actor,
    values: Mapping[str, Any] | None = None,
    source: str = "self",
    begun_at: datetime | None = None,
) -> Registration:
    """Begin one registration; Conflict where a person comes too early or too late.

    `begun_at` is when the form was handed out, where that is known for sure: it counts for the
    deadline (R1.14).
    """
    if source == "self":
        check_open(setup, begun_at=begun_at)
    given = {"language": language, **(values or {})}
    entry = Entry(category_id, given, begun_at=begun_at)
    return enter(setup.event.id, [entry], actor=actor, source=source, setup=setup)[0]


def enter(
    event_id: int,
    entries: Sequence[Entry],
    *,
    actor: Actor,
    source: str,
    setup: Setup | None = None,
) -> list[Registration]:
    """Begin many registrations at once, in the order given; they are drafts until submitted."""
    setup = setup or setup_of(event_id)
    opened: dict[int, int] = {}
    if source != "self":
        opened = _opened(event_id, entries)
        _check_reach(setup, entries, opened, actor)
    rows = []
    for entry in entries:
        _check_category(setup, entry.category_id, is_self=source == "self")
        row = Registration(
            event_id=event_id,
            category_id=entry.category_id,
            state=State.DRAFT,
            source=source,
            person_id=entry.person_id,
            account_id=entry.account_id,
            speaker_id=entry.speaker_id,
        )
        if entry.begun_at is not None:
            row.created_at = entry.begun_at
        row.mode = modes_of_event(setup.event.mode)[0]
        if source == "focal_point":
            row.admission = setup.admission_in_person
        write_fields(row, entry.values)
        if row.mode == "remote":
            row.admission = "remote"
        row.delegation_id = opened.get(row.entity_id or 0)
        rows.append(row)
    db.session.add_all(rows)
    db.session.flush()
    if rows:
        write_decisions(rows, Verdict(State.DRAFT), actor=actor, start="")
    return rows


def save_step(
    registration: Registration,
    step: str,
    typed: Mapping[str, Any],
    *,
    version: int | None = None,
    actor: Actor,
) -> Registration:
    """Keep what was typed in one step, so that it can go on from another device (R1.28).

    Values of `rules.FIELDS` go into their columns; all that was typed (JSON values) is kept under
    the step's name. A draft takes everything, a returned registration only what was returned.
    Conflict where it was sent meanwhile, or changed since `version`.
    """
    registration = lock_own(registration, actor)
    if version is not None and version != registration.version:
        raise Conflict(_("This page was changed in another window. Look at it again."))
    values = {name: value for name, value in typed.items() if name in FIELDS}
    if registration.state == State.RETURNED:
        allowed = reopened(registration.returned_fields)
        values = {name: value for name, value in values.items() if name in allowed}
    elif registration.state != State.DRAFT:
        raise Conflict(_("This registration was sent already."))
    if "category_id" in values:
        setup = setup_of(registration.event_id)
        _check_category(setup, values["category_id"], is_self=registration.source == "self")
    write_fields(registration, values)
    registration.draft = {**registration.draft, step: dict(typed)}
    registration.version += 1
    db.session.flush()
    return registration


def save_consents(
    registration: Registration,
    given: Mapping[str, bool],
    *,
    text_version: int,
    language: str,
    declared_by: str = "self",
) -> None:
    """Keep for each purpose whether it was agreed to, with text, language and time (R7.5)."""
    save_many_consents(
        registration.event_id,
        {registration.id: given},
        text_version=text_version,
        language=language,
        declared_by=declared_by,
    )


def save_many_consents(
    event_id: int,
    given: Mapping[int, Mapping[str, bool]],
    *,
    text_version: int,
    language: str,
    declared_by: str,
) -> None:
    """Keep what many people agreed to, by registration id: two statements, and the changes."""
    query = select(Consent).where(
        Consent.event_id == event_id, Consent.registration_id.in_(set(given))
    )
    there = {(row.registration_id, row.purpose): row for row in db.session.scalars(query)}
    said = {
        "text_version": text_version,
        "language": language,
        "declared_by": declared_by,
        "at": clock.now(),
    }
    new = []
    for registration_id, purposes in given.items():
        for purpose in (NEEDS, *CONSENTS):
            if purpose not in purposes:
                continue
            row = there.get((registration_id, purpose))
            if row is None:
                key = {"event_id": event_id, "registration_id": registration_id}
                new.append({**key, "purpose": purpose, "is_given": purposes[purpose], **said})
            elif row.is_given != purposes[purpose]:
                row.is_given = purposes[purpose]
                for name, value in said.items():
                    setattr(row, name, value)
    insert_many_unless_there(Consent, new)
    db.session.flush()


def lock_own(registration: Registration, actor: Actor) -> Registration:
    """Lock the registrant's own registration, read anew; NotFound for somebody else's."""
    db.session.refresh(registration, with_for_update=True)
    if actor.kind == "registrant" and actor.id != registration.id:
        raise NotFound
    return registration


def write_fields(registration: Registration, values: Mapping[str, Any]) -> None:
    """Write values into their columns; a name that is no field is a bug."""
    for name, value in values.items():
        if name not in FIELDS:
            raise KeyError(name)
        setattr(registration, name, value)


def check_complete(setup: Setup, registration: Registration) -> None:
    """Raise Invalid with the field where something is missing without which nothing is sent."""
    check_name(registration.family_name, registration.given_names)
    if not registration.email and registration.source == "self":
        raise Invalid(_("Write an e-mail address."), "email")
    _check_category(setup, registration.category_id, is_self=registration.source == "self")


def check_name(family_name: str, given_names: str) -> None:
    """Raise Invalid where neither is there: one of them is enough (R1.29)."""
    if not (family_name or given_names):
        sentence = _("Write a family name or given names: one of them is enough.")
        raise Invalid(sentence, "family_name")


def check_event(event: Event) -> None:
    """Raise Conflict where nothing of the event changes any more."""
    if event.state in ("cancelled", "archived"):
        raise Conflict(_("This event is closed. Nothing of it can be changed."))


def _check_category(setup: Setup, category_id: int, *, is_self: bool) -> None:
    category = setup.categories.get(category_id)
    if category is None or not category.is_on or (is_self and not category.is_public):
        raise Invalid(_("Choose one from the list."), "category_id")


def _check_reach(
    setup: Setup, entries: Sequence[Entry], opened: Mapping[int, int], actor: Actor
) -> None:
    """Raise NotFound where the actor may not enter people of these categories and entities."""
    _by, scopes = capacities(actor, ENTER, VOUCH)
    for entry in entries:
        delegation_id = opened.get(entry.values.get("entity_id") or 0)
        if entry.category_id not in setup.categories or not any(
            (scope.categories is None or entry.category_id in scope.categories)
            and (scope.delegations is None or delegation_id in scope.delegations)
            for scope in scopes
        ):
            raise NotFound


def _opened(event_id: int, entries: Sequence[Entry]) -> dict[int, int]:
    """Return the ids of the delegations already open, by the id of their entity."""
    entity_ids = {entry.values.get("entity_id") for entry in entries} - {None}
    query = select(Delegation.entity_id, Delegation.id).where(
        Delegation.event_id == event_id, Delegation.entity_id.in_(entity_ids)
    )
    return dict(db.session.execute(query).all()) if entity_ids else {}
