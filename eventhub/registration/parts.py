"""What registrations contribute: letters, menu entries, stages, set-up to copy, the notice."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from eventhub.agenda.lint import CHECKS
from eventhub.agenda.models import Speaker
from eventhub.agenda.seams import SESSION_HOLDS
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.delegations import permissions as delegations
from eventhub.delegations.models import Delegation
from eventhub.delegations.seams import COMPLETE, DEADLINES, SEATS
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.events.rules import PRESETS
from eventhub.events.seams import (
    AUDIENCES,
    CLONE_STEPS,
    PRIVACY_FIELDS,
    STAGES,
    USED_PLACES,
    IdMap,
    PrivacyLine,
    Stage,
    StageState,
    clones,
)
from eventhub.i18n import _, ngettext
from eventhub.mail.seams import MESSAGES
from eventhub.mail.services import Addressed
from eventhub.people.seams import PERSONAL_DATA
from eventhub.protocol.seams import EXPECTED
from eventhub.registration import services
from eventhub.registration.messages import WORDED
from eventhub.registration.models import Pool, Registration, RemoteSession
from eventhub.registration.permissions import VIEW
from eventhub.registration.personal import PERSONAL
from eventhub.registration.programme_checks import CHECK
from eventhub.registration.queries import settings_of, setup_of
from eventhub.registration.queries.due import WORDS, deadlines_of
from eventhub.registration.queries.overview import complete_delegations
from eventhub.registration.queries.places import used_places
from eventhub.registration.queries.pools import seats_in_words
from eventhub.registration.rules import SEAT_STATES, State
from eventhub.registration.rules.due import Due
from eventhub.registration.services.for_speakers import registration_of, speaker_category
from eventhub.speakers.seams import NEXT_STEPS, Step
from eventhub.web.seams import NAV, NavEntry, Place

TOLD = SEAT_STATES | {State.WAITLISTED}
"""Whoever still means to come is told when the event is postponed or cancelled."""


def _people(place: Place | None) -> str:
    words = {"side_event": _("Replies"), "seminar": _("Selection")}
    return words.get(place.words if place else "", _("People"))


DELEGATION_PAGES = (
    "registration.import_people",
    "registration.check_people",
    "registration.show_delegation",
    "registration.name_focal_point",
    "registration.decide_in_delegation",
    "registration.add_people",
    "registration.add_head",
    "registration.same_people",
    "registration.invite_person",
    "registration.edit_member",
    "registration.ask_people",
    "registration.send_photos",
    "registration.check_photos",
    "registration.show_photo_work",
    "registration.show_history",
    "registration.print_delegation",
    "registration.show_paper",
    "registration.show_calls",
)
"""Pages under the menu's Delegations."""

MENU = (
    NavEntry(
        "registration.list_delegations",
        lambda _place: _("Delegations"),
        delegations.VIEW,
        10,
        switch="delegations",
        prefixes=DELEGATION_PAGES,
    ),
    NavEntry(
        "registration.list_people",
        _people,
        VIEW,
        20,
        prefixes=(
            "registration.show_person",
            "registration.edit_person",
            "registration.erase_person",
            "registration.new_person",
            "registration.invite_anybody",
            "registration.decide",
            "registration.show_work",
            "registration.list_twins",
            "registration.import_all",
            "registration.check_all",
        ),
    ),
)


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    MESSAGES.update(WORDED)
    NAV.extend(entry for entry in MENU if entry not in NAV)
    SESSION_HOLDS[Pool] = lambda: _("seats")
    SESSION_HOLDS[RemoteSession] = lambda: _("people who follow it remotely")
    DEADLINES.extend(tells for tells in (later_deadlines,) if tells not in DEADLINES)
    COMPLETE.extend(tells for tells in (complete,) if tells not in COMPLETE)
    STAGES.extend(stage for stage in STAGE_ENTRIES if stage not in STAGES)
    if CHECK not in CHECKS:
        CHECKS.append(CHECK)
    if expected not in EXPECTED:
        EXPECTED.append(expected)
    if seats_in_words not in SEATS:
        SEATS.append(seats_in_words)
    if copy_pools not in CLONE_STEPS:
        CLONE_STEPS.append(copy_pools)
    if audience not in AUDIENCES:
        AUDIENCES.append(audience)
    if places_used not in USED_PLACES:
        USED_PLACES.append(places_used)
    if privacy_lines not in PRIVACY_FIELDS:
        PRIVACY_FIELDS.append(privacy_lines)
    if speaker_step not in NEXT_STEPS:
        NEXT_STEPS.append(speaker_step)
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)


def speaker_step(event: Event, speaker: Speaker, token: str) -> Step | None:
    """Return the way from a speaker's own page to their registration, which brings the pass."""
    there = registration_of(speaker)
    url = url_for("registration.register_as_speaker", token=token)
    if there is not None and there.state != State.DRAFT:
        return Step(_("You are registered for the event."), _("Open my registration"), url)
    if there is None and speaker_category(event) is None:
        return None
    return Step(_("To come in you need a pass. Please register."), _("Register"), url)


def event_created(event: Event) -> None:
    """Give a new event the pool of its places."""
    services.ensure_pool(event)


def event_changed(event: Event, fields: frozenset[str] = frozenset(), **_more: Any) -> None:
    """Let those who wait in when there are more places."""
    if "places" in fields:
        services.promote_waiting(event.id)


@clones("pool")
def copy_pools(from_event_id: int, to_event_id: int, ids: IdMap, *, actor: Actor) -> None:
    """Copy limits of seats, and move the deadlines among the settings."""
    services.move_deadlines(from_event_id, to_event_id)
    ids["pool"] = services.copy_pools(from_event_id, to_event_id, ids.get("session", {}))


def expected(event_id: int) -> Collection[int]:
    """Return the ids of the entities with a delegation or people who still mean to come."""
    sent = select(Delegation.entity_id).where(Delegation.event_id == event_id)
    coming = select(Registration.entity_id).where(
        Registration.event_id == event_id,
        Registration.entity_id.is_not(None),
        Registration.state.in_(TOLD),
    )
    return {one for one in db.session.scalars(sent.union(coming)) if one is not None}


def later_deadlines(event: Event) -> list[tuple[object, datetime]]:
    """Return the event's deadlines after that for names: their words, lazily said, and times."""
    rows = deadlines_of(event, settings_of(event.id))
    return [(WORDS[one.what], one.at) for one in rows if one.what is not Due.NAMES]


def complete(event: Event) -> Collection[int]:
    """Return the ids of the delegations whose people lack nothing (R1.34)."""
    return complete_delegations(setup_of(event.id))


def places_used(event: Event) -> int:
    """Return how many of the event's places are used."""
    return used_places(event, categories_of(event.id))


def audience(event_id: int) -> Sequence[Addressed]:
    """Return the addresses of all who still mean to come, each once."""
    query = select(Registration.email, Registration.language).where(
        Registration.event_id == event_id, Registration.state.in_(TOLD), Registration.email != ""
    )
    found: dict[str, Addressed] = {}
    for email, language in db.session.execute(query.order_by(Registration.id)):
        found.setdefault(email.lower(), Addressed(email, language))
    return list(found.values())


def _invite(event: Event) -> StageState:
    """Say how many answered, and from how many States and organizations."""
    query = select(func.count(), func.count(func.distinct(Registration.entity_id))).where(
        Registration.event_id == event.id, Registration.state.in_(TOLD)
    )
    people, entities = db.session.execute(query).one()
    url = url_for("registration.list_people", slug=event.slug, view="all")
    if not people:
        return StageState(False, _("Nobody has registered yet."), url)
    sentence = ngettext(
        "%(n)s person registered; States and organizations: %(entities)s",
        "%(n)s people registered; States and organizations: %(entities)s",
        people,
        entities=entities,
    )
    is_closed = clock.now() > event.registration_closes_at
    return StageState(is_closed, sentence, url, asks_nobody=True)


def _accredit(event: Event) -> StageState:
    """Say how many are confirmed, and late where people wait although the event begins."""
    query = (
        select(Registration.state, func.count())
        .where(Registration.event_id == event.id, Registration.state.in_(TOLD))
        .group_by(Registration.state)
    )
    counts = dict(db.session.execute(query).all())
    confirmed, waiting = counts.get(State.ACCREDITED, 0), counts.get(State.NOMINATED, 0)
    url = url_for("registration.list_people", slug=event.slug)
    if waiting:
        sentence = ngettext(
            "%(n)s person waits for your decision, %(confirmed)s confirmed",
            "%(n)s people wait for your decision, %(confirmed)s confirmed",
            waiting,
            confirmed=confirmed,
        )
        return StageState(False, sentence, url, is_late=clock.now() >= event.starts_at)
    if not confirmed:
        return StageState(False, _("Nobody is confirmed yet."), url, asks_nobody=True)
    sentence = ngettext("%(n)s person is confirmed", "%(n)s people are confirmed", confirmed)
    return StageState(bool(confirmed), sentence, url)


STAGE_ENTRIES = (
    Stage("invite", 30, lambda: _("Invite"), _invite),
    Stage("accredit", 40, lambda: _("Accredit"), _accredit),
)


def privacy_lines(event_id: int) -> Sequence[PrivacyLine]:
    """Return what the event asks of everybody, what for, and how long it is kept (R7.1)."""
    event = db.session.get_one(Event, event_id)
    asked = PRESETS[event.preset].fields
    task = _("the task of holding the meeting")
    two_years = _("until two years after the event")
    lines = {
        "names": PrivacyLine(
            _("Names, form of address, State or organization, title"),
            _("invitations, badges, the list of participants, certificates"),
            task,
            _("in the published list for good, otherwise until two years after the event"),
        ),
        "email": PrivacyLine(
            _("E-mail address and telephone"),
            _("to write to you, and to reach you on the day"),
            task,
            two_years,
        ),
        "gender": PrivacyLine(
            _("Gender, if you tell it"),
            _("figures in which nobody can be recognized"),
            _("your consent, which you can take back"),
            two_years,
        ),
        "photo": PrivacyLine(
            _("Photo"),
            _("your badge, and to recognize you at the door"),
            task,
            _("until 90 days after the event"),
        ),
    }
    always = PrivacyLine(
        _("What was decided on your registration, and by whom"),
        _("to be able to say later why it was so"),
        task,
        _("until five years after the event, without your name from two years on"),
    )
    return [*(line for name, line in lines.items() if name in asked), always]
