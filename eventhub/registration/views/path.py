"""What the pages of the path share: addresses, the window of registration, kept photos."""

from collections.abc import Mapping
from datetime import datetime

from flask import render_template, request, url_for
from werkzeug.datastructures import FileStorage

from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, DomainError, NotFound
from eventhub.events.rules import Window, registration_window
from eventhub.events.words import city_of
from eventhub.i18n import _, current
from eventhub.i18n.times import event_time
from eventhub.photos.portrait import Portrait, portrait_of
from eventhub.photos.queries import find_photo
from eventhub.photos.services import keep_photo, remove_photo
from eventhub.registration import services
from eventhub.registration.forms.delegate import DelegateForm
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_of, registrant, token_of
from eventhub.registration.rules import State
from eventhub.registration.views.fields import STEPS, Step
from eventhub.registration.views.frame import Frame, own
from eventhub.registration.views.printable import letters_without_font
from eventhub.web.throttle import within_limit
from eventhub.web.zones import reader_zone

CONSENT_TEXT_VERSION = 1
MOST_SENDINGS = 60
WITHIN_MINUTES = 10


def draft_at(slug: str, token: str) -> tuple[Registration, Frame]:
    """Return whose link it is, at the event of the address; else NotFound."""
    row, frame = own(token)
    if frame.event.slug != slug:
        raise NotFound
    return row, frame


def step_url(frame: Frame, row: Registration, step: Step) -> str:
    """Return the address of a step of a draft."""
    return url_for("registration.fill_step", token=token_of(row), step=step.code, **frame.where)


def check_url(frame: Frame, row: Registration) -> str:
    """Return the address of the page that shows all answers before they are sent."""
    return url_for("registration.check", token=token_of(row), **frame.where)


def next_url(frame: Frame, row: Registration) -> str:
    """Return where somebody who comes back to a draft goes on: the first step not yet kept."""
    open_steps = [step for step in STEPS if step.code not in ("who", *row.draft)]
    return step_url(frame, row, open_steps[0]) if open_steps else check_url(frame, row)


def said_close(frame: Frame) -> str:
    """Return until when people may register, on clocks of the event and of the reader (R1.14)."""
    event = frame.event
    zone = reader_zone()
    return event_time(event.registration_closes_at, event.zone, city_of(event), reader_zone=zone)


def why_closed(frame: Frame, begun_at: datetime | None) -> Conflict | None:
    """Return why nobody can register now; None where one can, with `begun_at` for grace (R1.14)."""
    if _window(frame) != Window.OPEN:
        try:
            services.check_open(frame.setup(), begun_at=begun_at)
        except Conflict as error:
            return error
    return None


def closed_page(frame: Frame, why: Conflict) -> str:
    """Return the page that says why nobody can register now, for whoever has typed nothing yet."""
    event = frame.event
    opens = event.registration_opens_at
    return render_template(
        "registration/closed.html",
        **frame.page(),
        window=str(_window(frame)),
        sentence=why.message,
        opens=event_time(opens, event.zone, city_of(event)) if opens else "",
        closes=said_close(frame),
    )


def _window(frame: Frame) -> Window:
    event = frame.event
    return registration_window(
        event.state,
        opens_at=event.registration_opens_at,
        closes_at=event.registration_closes_at,
        instant=clock.now(),
    )


def full_page(frame: Frame) -> str:
    """Return the page that says that every place is taken and nobody waits."""
    return render_template(
        "registration/closed.html",
        **frame.page(),
        window="full",
        sentence=_("Nobody can register any more, and there is no waiting list."),
        opens="",
        closes="",
    )


def check_pace() -> None:
    """Count one sending, in its transaction; Conflict where very many come from one network."""
    if not within_limit("register", limit=MOST_SENDINGS, minutes=WITHIN_MINUTES):
        raise Conflict(
            _("Very many people register from your network now. Wait a few minutes, then send "
              "this page again.")
        )  # fmt: skip


def save_consents(row: Registration, agreed: Mapping[str, bool]) -> None:
    """Keep what was agreed to, with the present language."""
    services.save_consents(
        row, agreed, text_version=CONSENT_TEXT_VERSION, language=current(), declared_by="self"
    )


def keep_sent_photo(form: DelegateForm, row: Registration) -> DomainError | None:
    """Keep a photo that came with the form, whatever else is wrong with it; return its refusal.

    A draft's earlier photo goes; the form's version follows, so that the page stays the present
    one.
    """
    portrait, refused = sent_portrait(form)
    if portrait is not None:
        keep_portrait(form, row, portrait)
    return refused


def sent_portrait(form: DelegateForm) -> tuple[Portrait | None, DomainError | None]:
    """Return the portrait made of the photo that came with the form, or why there is none."""
    sent = request.files.get("photo")
    if "photo" not in form or not isinstance(sent, FileStorage) or not sent.filename:
        return None, None
    try:
        return portrait_of(sent.read()), None
    except DomainError as error:
        return None, error
    finally:
        sent.close()
        form.photo.data = None


def keep_portrait(form: DelegateForm, row: Registration, portrait: Portrait) -> None:
    """Keep a portrait alone, where the rest of the form is not kept: see `keep_sent_photo`."""
    was_present = form.version.data == str(row.version)
    actor, before = registrant(row), row.photo_id
    with transaction():
        photo = keep_photo(row.event_id, portrait, actor=actor)
        if row.state in (State.DRAFT, State.RETURNED):
            services.save_step(row, "photo", {"photo_id": photo.id}, actor=actor)
        else:
            services.set_photo(row, photo.id, actor=actor)
        if row.state == State.DRAFT and (old := find_photo(row.event_id, before)) is not None:
            remove_photo(old, actor=actor)
    if was_present:
        form.version.data = str(row.version)


def version_in(form: DelegateForm) -> int | None:
    """Return the version of the registration that the form was made from."""
    text = form.version.data or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def unprintable(row: Registration) -> str:
    """Return a sentence on letters of the names that no font can print; "" for none."""
    name = name_of(row)
    letters = letters_without_font((name.full, name.name_local))
    if not letters:
        return ""
    if row.passport_latin:
        return _(
            "These letters cannot be printed: %(letters)s. The badge shows your name in Latin "
            "letters instead.",
            letters=letters,
        )
    return _(
        "These letters cannot be printed: %(letters)s. Add your name in Latin letters, so that "
        "the badge can show it.",
        letters=letters,
    )
