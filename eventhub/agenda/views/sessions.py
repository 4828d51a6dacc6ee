"""Adding, changing, copying, cancelling and removing a session; who speaks in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from eventhub.agenda import forms, queries, services
from eventhub.agenda.models import Session, Track
from eventhub.agenda.queries.items import Agenda, agenda_of
from eventhub.agenda.services.items import take_up
from eventhub.agenda.views.blueprint import bp
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, DomainError
from eventhub.events.models import Category, Event, EventRoom
from eventhub.events.queries import categories_of, get_event, rooms_of
from eventhub.i18n import _
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse
from eventhub.web.once import once

WATCHED = (
    "code", "kind", "no_time", "day", "starts", "ends", "last_day", "room", "track", "access",
    "admit", "floor_languages", "interpretation", "breaks", "credit_minutes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choices:
    """What a session of the event can be put into."""

    rooms: list[EventRoom]
    tracks: list[Track]
    categories: list[Category]
    agenda: Agenda

    @classmethod
    def of(cls, event: Event) -> "Choices":
        """Return the rooms, tracks, categories and agenda items of the event."""
        categories = categories_of(event.id, only_on=True)
        tracks = queries.tracks_of(event.id)
        return cls(rooms_of(event.id), tracks, categories, agenda_of(event.id))

    def form(self, event: Event, given: dict[str, Any]) -> Any:
        """Return the form of a session, filled."""
        return forms.session_form(
            event,
            rooms=self.rooms,
            tracks=self.tracks,
            categories=self.categories,
            items={
                item.ref: f"{self.agenda.numbers[item.id]} {item.titles.pick()}"
                for item in self.agenda.items
            },
            given=given,
        )


@bp.route("/manage/<slug>/programme/sessions/new", methods=["GET", "POST"])
@requires("agenda.edit")
def add_session(slug: str) -> ResponseReturnValue:
    """Add a session, from nothing or as a copy of another (?copy=REF)."""
    event = get_event(slug)
    choices = Choices.of(event)
    form = choices.form(event, _first_values(event, choices))
    if form.is_good():

        def act() -> str:
            values = forms.values_of(form, rooms=choices.rooms, tracks=choices.tracks)
            session = services.add_session(event, values, actor=current_actor())
            take_up(event, session, form.items.data or [], actor=current_actor())
            return session.ref

        try:
            ref = once(form.key.data, "agenda.add_session", act)
            session = queries.get_session(event.id, ref, or_in_tray=True)
            say(_("%(session)s is added.", session=_name(session)))
            return _to_day(event, session)
        except DomainError as error:
            refuse(form, error, event.languages)
    page = render_template("agenda/session_form.html", event=event, form=form, session=None)
    return page, form.status


@bp.route("/manage/<slug>/programme/sessions/<ref>", methods=["GET", "POST"])
@requires("agenda.edit")
def change_session(slug: str, ref: str) -> ResponseReturnValue:
    """Change a session of the draft; somebody who edits it in a second tab is told by whom."""
    event = get_event(slug)
    session = queries.get_session(event.id, ref, or_in_tray=True)
    choices = Choices.of(event)
    given = forms.given_of(session, choices.rooms, choices.tracks)
    given["items"] = choices.agenda.refs_of(session.id)
    form = choices.form(event, given)
    stored: list[tuple[str, str]] = []
    status = None
    if form.is_good():
        try:
            with transaction():
                services.change_session(
                    event,
                    session,
                    forms.values_of(
                        form, rooms=choices.rooms, tracks=choices.tracks, session=session
                    ),
                    version=forms.as_version(form.version.data),
                    actor=current_actor(),
                )
                take_up(event, session, form.items.data or [], actor=current_actor())
            say(_("%(session)s is saved.", session=_name(session)))
            return _to_day(event, session)
        except Conflict as error:
            refuse(form, error, event.languages)
            stored, status = _differences(form, given), error.status
            form.version.data = str(session.version)
        except DomainError as error:
            refuse(form, error, event.languages)
    parts = queries.slots_of(event.id).get(session.id, [])
    page = render_template(
        "agenda/session_form.html",
        event=event,
        form=form,
        session=session,
        stored=stored,
        parts=len(parts),
    )
    return page, status or form.status


@bp.post("/manage/<slug>/programme/sessions/<ref>/cancel")
@requires("agenda.edit")
def cancel_session(slug: str, ref: str) -> ResponseReturnValue:
    """Cancel a session; it stays in the draft, and in calendars once that is published."""
    return _act(slug, ref, services.cancel_session, lambda s: _("%(s)s is cancelled.", s=s))


@bp.post("/manage/<slug>/programme/sessions/<ref>/reopen")
@requires("agenda.edit")
def reopen_session(slug: str, ref: str) -> ResponseReturnValue:
    """Let a cancelled session take place."""
    return _act(slug, ref, services.reopen_session, lambda s: _("%(s)s takes place.", s=s))


@bp.post("/manage/<slug>/programme/sessions/<ref>/remove")
@requires("agenda.edit")
def remove_session(slug: str, ref: str) -> ResponseReturnValue:
    """Remove a session that was never published."""
    return _act(slug, ref, services.remove_session, lambda s: _("%(s)s is removed.", s=s))


@bp.route("/manage/<slug>/programme/sessions/<ref>/speakers", methods=["GET", "POST"])
@requires("agenda.edit")
def name_speakers(slug: str, ref: str) -> ResponseReturnValue:
    """Say who speaks in a session, as what, in which order."""
    event = get_event(slug)
    session = queries.get_session(event.id, ref, or_in_tray=True)
    speakers = queries.speakers_of(event.id)
    refs = {speaker.id: speaker.ref for speaker in speakers}
    slots = queries.slots_of(event.id).get(session.id, [])
    given = [
        {
            "speaker": refs[slot.speaker_id],
            "role": slot.role,
            "place": number,
            "minutes": slot.minutes,
        }
        for number, slot in enumerate(slots, start=1)
    ]
    form = forms.parts_form(session, speakers, given)
    status = None
    if form.is_good():
        try:
            with transaction():
                services.name_speakers(
                    session,
                    forms.parts_of(form, speakers),
                    version=forms.as_version(form.version.data),
                    actor=current_actor(),
                )
            say(_("The speakers of %(session)s are saved.", session=_name(session)))
            return _to_day(event, session)
        except DomainError as error:
            refuse(form, error)
            status = error.status
            form.version.data = str(session.version)
    page = render_template(
        "agenda/name_speakers.html", event=event, form=form, session=session, speakers=speakers
    )
    return page, status or form.status


def _act(
    slug: str, ref: str, act: Callable[..., None], said: Callable[[str], str]
) -> ResponseReturnValue:
    event = get_event(slug)
    session = queries.get_session(event.id, ref, or_in_tray=True)
    name, day = _name(session), session.starts.date().isoformat()
    try:
        with transaction():
            act(event, session, actor=current_actor())
        say(said(name))
    except Conflict as error:
        say(error.message, "stop")
    return redirect(url_for("agenda.show", slug=event.slug, day=day))


def _first_values(event: Event, choices: Choices) -> dict[str, Any]:
    """Return what a new session starts from: the day and room asked for, or another session."""
    if ref := request.args.get("copy"):
        session = queries.get_session(event.id, ref, or_in_tray=True)
        given = forms.given_of(session, choices.rooms, choices.tracks)
        given["items"] = choices.agenda.refs_of(session.id)
        taken = {one.code for one in queries.sessions_of(event.id, or_in_tray=True)}
        number = 2
        while (code := f"{session.code[:36]}-{number}") in taken:
            number += 1
        return {**given, "code": code, "room": "", "version": 0}
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        day = event.starts_on
    floor = list(event.working_languages)
    return {
        "version": 0,
        "day": day,
        "kind": "plenary",
        "access": "open",
        "room": request.args.get("room", ""),
        "floor_languages": floor,
        "interpretation": [code for code in event.interpretation if floor != [code]],
    }


def _differences(form: Any, given: dict[str, Any]) -> list[tuple[str, str]]:
    """Return label and stored value of the fields in which the form differs from what is stored."""
    names = [name for name in form.data if name in WATCHED or name.partition("_")[0] == "titles"]
    return [
        (str(form[name].label.text), _shown(form[name], given.get(name)))
        for name in names
        if (form[name].data or None) != (given.get(name) or None)
    ]


def _shown(field: Any, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(dict(field.choices).get(one, one)) for one in value)
    choices = getattr(field, "choices", None)
    if isinstance(choices, dict):
        return str(choices.get(value, value or ""))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value or _("empty"))


def _name(session: Session) -> str:
    return f"{session.code} {session.title()}"


def _to_day(event: Event, session: Session) -> Response:
    day = session.starts.date().isoformat()
    return redirect(url_for("agenda.show", slug=event.slug, day=day))
