"""What a speaker sees behind the link: the parts to answer, how they are printed, when they can."""

from typing import Any

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.forms import as_version
from eventhub.agenda.queries import find_portrait
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, Invalid, NotFound
from eventhub.events.queries import categories_of
from eventhub.events.rules import local, zones_of_country
from eventhub.events.showing import languages_of, layout
from eventhub.files.services import read_whole
from eventhub.i18n import _
from eventhub.i18n.times import plain_day
from eventhub.photos.services import keep_photo
from eventhub.speakers import forms, queries, services, words
from eventhub.speakers.messages import own_zone, part_words, room_names, tell_of_refusal
from eventhub.speakers.queries import Own
from eventhub.speakers.rules import GONE, Answer
from eventhub.speakers.seams import NEXT_STEPS
from eventhub.speakers.services import Availability, Correction
from eventhub.speakers.views.blueprint import bp
from eventhub.speakers.views.people import portrait_in, refuse_at
from eventhub.web.access import BY_LINK, requires
from eventhub.web.context import say
from eventhub.web.fields import said_in, shown_in
from eventhub.web.forms import show_error
from eventhub.web.language import prefer, switch
from eventhub.web.once import once
from eventhub.web.throttle import throttle
from eventhub.web.zones import zone_choices


class DeadLink(NotFound):
    """A speaker's link that is wrong, was renewed or is too old; all are answered alike."""


@bp.route("/speaker/<token>", methods=["GET", "POST"])
@requires(BY_LINK)
def show_own(token: str) -> ResponseReturnValue:
    """Show the parts with time and place, and take an answer to each."""
    own = _own(token)
    parts = own.row.parts
    form = forms.answer_form(parts)
    if form.is_good():
        _slow_down(own)

        def act() -> str:
            said = forms.answers_of(form, parts)
            new = services.answer_parts(
                own.speaker, parts, said, invitation=own.invitation, actor=own.actor
            )
            if gone := [slot for slot, answer in new.items() if answer in GONE]:
                tell_of_refusal(own.event, own.speaker, gone)
            return str(len(new))

        once(form.key.data, f"speakers.answer:{own.speaker.ref}", act)
        say(_("Thank you. Your answers are kept; you can change them here."))
        return redirect(url_for("speakers.show_own", token=token))
    rooms, zone = room_names(own.event), own_zone(own.invitation, own.entity)
    comes = any(part.slot.answer == Answer.CONFIRMED for part in parts)
    steps = [make(own.event, own.speaker, token) for make in NEXT_STEPS] if comes else []
    page = render_template(
        "speakers/own.html",
        **_frame(own),
        row=own.row,
        parts=[(part, part_words(own.event, part, rooms, zone)) for part in parts],
        form=form,
        token=token,
        steps=[step for step in steps if step is not None],
        windows=len(own.speaker.windows),
        words=words,
    )
    return page, form.status


@bp.route("/speaker/<token>/printed", methods=["GET", "POST"])
@requires(BY_LINK)
def change_own(token: str) -> ResponseReturnValue:
    """Let the speaker correct name, post, biography and portrait, and agree to publication."""
    own = _own(token)
    speaker, event = own.speaker, own.event
    agreed = {None: None, True: "yes", False: "no"}[speaker.publishes]
    given = {
        "version": speaker.version,
        "printed_name": speaker.printed_name,
        "links": "\n".join(speaker.links),
        "publishes": agreed,
        **shown_in("posts", speaker.posts),
        **shown_in("biographies", speaker.biographies),
    }
    form = forms.own_form(event, given)
    status = None
    if form.is_good():
        _slow_down(own)
        try:
            portrait = portrait_in(form)
            with transaction():
                photo = keep_photo(event.id, portrait, actor=own.actor) if portrait else None
                said = Correction(
                    printed_name=form.printed_name.data,
                    posts=said_in(form, "posts", speaker.posts),
                    biographies=said_in(form, "biographies", speaker.biographies),
                    links=forms.links_of(form),
                    publishes=form.publishes.data == "yes",
                    portrait_id=photo.file_id if photo else None,
                )
                version = as_version(form.version.data)
                services.correct(speaker, own.invitation, said, version=version, actor=own.actor)
            say(_("Thank you. The organiser sees what you changed before it is published."))
            return redirect(url_for("speakers.show_own", token=token))
        except DomainError as error:
            refuse_at(form, error, event)
            status = error.status
            form.version.data = str(speaker.version)
    page = render_template(
        "speakers/own_printed.html", **_frame(own), form=form, speaker=speaker, token=token,
        is_locked=own.invitation.is_locked,
    )  # fmt: skip
    return page, status or form.status


@bp.route("/speaker/<token>/times", methods=["GET", "POST"])
@requires(BY_LINK)
def say_times(token: str) -> ResponseReturnValue:
    """Let the speaker say when and how they can come, and what they need."""
    own = _own(token)
    event, invitation = own.event, own.invitation
    windows = queries.windows_of(own.speaker)
    zone = own_zone(invitation, own.entity) or _likely_zone(own)
    choices = zone_choices()
    if zone not in dict(choices):
        choices = [(zone, zone.replace("_", " ")), *choices]
    given = {
        "version": invitation.version, "presence": invitation.presence,
        "needs": queries.needs_of(invitation), "zone": zone,
    }  # fmt: skip
    form = forms.times_form(windows, choices, given)
    status = None
    if form.is_good():
        _slow_down(own)
        places: list[int] = []
        try:
            places, said_windows = forms.times_of(form)
            said = Availability(
                form.zone.data, form.presence.data or "", form.needs.data or "", said_windows
            )
            with transaction():
                services.say_availability(
                    event, own.speaker, invitation, said,
                    version=as_version(form.version.data), actor=own.actor,
                )  # fmt: skip
            say(_("Thank you. The organiser plans with these times."))
            return redirect(url_for("speakers.say_times", token=token))
        except DomainError as error:
            show_error(form, _at_its_line(error, places))
            status = error.status
            form.version.data = str(invitation.version)
    page = render_template(
        "speakers/own_times.html", **_frame(own), form=form, token=token,
        lines=list(forms.lines_of(form)), event_zone=event.zone,
    )  # fmt: skip
    return page, status or form.status


@bp.get("/speaker/<token>/portrait.jpg")
@requires(BY_LINK)
def own_portrait(token: str) -> ResponseReturnValue:
    """Answer the speaker's own portrait of the draft."""
    own = _own(token)
    file = find_portrait(own.event.id, own.speaker.portrait_id)
    if file is None:
        raise NotFound
    return Response(read_whole(file), mimetype="image/jpeg")


@bp.errorhandler(DeadLink)
def show_dead_link(_error: DeadLink) -> ResponseReturnValue:
    """Say that the link is not the valid one; the same whatever is wrong with it."""
    return render_template("speakers/dead_link.html"), 404


def _own(token: str) -> Own:
    """Return whose link it is, in the language of their letters; DeadLink for any other."""
    try:
        own = queries.by_token(token)
    except NotFound:
        throttle("speakers.dead_link", limit=60, minutes=15)
        raise DeadLink from None
    prefer(own.speaker.language or own.event.languages[0])
    return own


def _slow_down(own: Own) -> None:
    throttle("speakers.own", limit=60, minutes=15, who=own.speaker.ref)


def _frame(own: Own) -> dict[str, Any]:
    event = own.event
    names = own.institution.names
    return {
        **layout(event, names, categories_of(event.id), reference=event.title()),
        "page_languages": switch(languages_of(event)),
        "name": own.speaker.printed_name,
        "until": plain_day(local(own.invitation.expires_at, event.zone).date()),
        "contact": event.contact_email,
    }


def _likely_zone(own: Own) -> str:
    """Return the zone where most people of the speaker's country live, else the event's."""
    iso2 = own.entity.iso2 if own.entity else None
    zones = zones_of_country(iso2) if iso2 else ()
    return zones[0] if zones else own.event.zone


def _at_its_line(error: DomainError, places: list[int]) -> DomainError:
    """Return the refusal with the field as the form calls it: empty lines count there too."""
    name, _underscore, number = (error.field or "").rpartition("_")
    if isinstance(error, Invalid) and number.isdigit() and 0 < int(number) <= len(places):
        return Invalid(error.message, f"{name}_{places[int(number) - 1]}")
    return error
