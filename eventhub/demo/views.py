"""The page that explains the demo, and a way to look at it as somebody else; only in demo mode."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user

from eventhub.config import Settings
from eventhub.core.errors import NotFound
from eventhub.demo.first_pages import first_page, start_of
from eventhub.demo.loading.crew import POSTS, email_of
from eventhub.demo.queries import REHEARSED, find_rehearsal, find_stand_in, history
from eventhub.events.models import Event
from eventhub.events.words import PRESETS, city_of
from eventhub.i18n import _, current
from eventhub.i18n.times import span
from eventhub.people.queries import find_account
from eventhub.registration.queries import token_of
from eventhub.web import csrf
from eventhub.web.access import PUBLIC, requires
from eventhub.web.context import say

bp = Blueprint("demo", __name__)

SIDE_EVENT, SEMINAR = REHEARSED
EMAILS = {post.key: email_of(post) for post in POSTS if post.key != "administrator"}
"""Addresses of the accounts that one click opens; an administrator types a password."""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody whose eyes the demo can be seen with."""

    key: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as the page lists it, with ways into it: (label, address)."""

    slug: str
    title: str
    kind: str
    days: str
    city: str
    ways: Sequence[tuple[str, str]]


@bp.get("/demo")
@requires(PUBLIC)
def show_demo() -> ResponseReturnValue:
    """Explain what there is to see and to try."""
    _only_in_demo()
    rehearsals = [event for event in map(find_rehearsal, REHEARSED) if event is not None]
    return render_template(
        "demo/show_demo.html",
        parts=_parts(),
        rehearsals=[_shown(event, _to_try(event)) for event in rehearsals],
        events=[_shown(event, _to_see(event)) for event in history()],
        is_one_of_us=_post_of_reader() is not None,
    )


@bp.post("/demo/look-as/<who>")
@requires(PUBLIC)
def look_as(who: str) -> ResponseReturnValue:
    """Sign in as one of the demo's own accounts, or open the private page of a stand-in."""
    _only_in_demo()
    if who == "delegate":
        return redirect(_private_page())
    account = find_account(EMAILS[who]) if who in EMAILS else None
    if account is None or not account.is_demo or account.closed_at:
        raise NotFound
    csrf.empty_session()
    login_user(account)
    say(_("You look at the demonstration as: %(name)s", name=account.label))
    return redirect(start_of(who, account, _chosen(request.args.get("at"))))


def _only_in_demo() -> None:
    settings: Settings = current_app.extensions["eventhub.settings"]
    if settings.mode != "demo":
        abort(404)


def _events() -> list[Event]:
    """Return all events of the demo, those first in which something can be tried today."""
    rehearsals = (find_rehearsal(slug) for slug in (SEMINAR, SIDE_EVENT))
    return [*(event for event in rehearsals if event is not None), *history()]


def _chosen(slug: str | None) -> list[Event]:
    """Return the event of this address alone; all, where none was chosen."""
    events = _events()
    return [event for event in events if event.slug == slug] or events


def _private_page() -> str:
    event = find_rehearsal(SEMINAR)
    stand_in = find_stand_in(event) if event else None
    if stand_in is None:
        raise NotFound
    return url_for("registration.show_own", token=token_of(stand_in), lang=current())


def _parts() -> list[Part]:
    return [
        Part("organiser", _("Organiser"), _("Sets up events and sees where each stands.")),
        Part("officer", _("Accreditation officer"), _("Decides who is confirmed.")),
        Part("focal-point", _("Focal point"), _("Vouches for the people of Zambia.")),
        Part("liaison", _("Liaison officer"), _("Meets the delegation of Zambia.")),
        Part("delegate", _("Delegate"), _("Sees their status, pass, programme and data.")),
        Part("door", _("Door staff"), _("Scan badges, and tick who came.")),
        Part("editor", _("Programme editor"), _("Edits sessions and publishes them.")),
        Part("protocol", _("Protocol officer"), _("Decides on heads of delegation.")),
        Part("observer", _("Observer"), _("Reads the log of what was done.")),
    ]


def _shown(event: Event, ways: Sequence[tuple[str, str]]) -> Shown:
    return Shown(
        slug=event.slug,
        title=event.title(),
        kind=str(PRESETS[event.preset]),
        days=span(event.starts_on, event.ends_on),
        city=city_of(event),
        ways=ways,
    )


def _to_try(event: Event) -> list[tuple[str, str]]:
    register = url_for("registration.start", lang=current(), slug=event.slug)
    return [*_public(event), (_("Register"), register)]


def _to_see(event: Event) -> list[tuple[str, str]]:
    """Return what everybody sees, and what the account of the demo that is signed in does."""
    who = _post_of_reader()
    page = first_page(who, current_user, event) if who else None
    return [*_public(event), *([(_("Your work on it"), page)] if page else [])]


def _post_of_reader() -> str | None:
    """Return which of the demo's accounts is signed in."""
    email = getattr(current_user, "email", None)
    return next((who for who, own in EMAILS.items() if own == email), None)


def _public(event: Event) -> list[tuple[str, str]]:
    return [
        (_("Event page"), url_for("events.show", lang=current(), slug=event.slug)),
        (_("Programme"), url_for("agenda.public", lang=current(), slug=event.slug)),
    ]
