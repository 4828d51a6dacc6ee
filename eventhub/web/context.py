"""What every template is given."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, flash, g, get_flashed_messages, request, url_for
from flask_login import current_user
from markupsafe import Markup

from eventhub.config import Settings
from eventhub.i18n import _, current, direction, ngettext, pgettext
from eventhub.i18n.times import clock_range, day, moment, span
from eventhub.web.assets import asset
from eventhub.web.csrf import csrf_token
from eventhub.web.language import switch
from eventhub.web.rosette import rosette
from eventhub.web.seams import NAV, NavEntry, Place


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A menu entry as a page shows it."""

    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Masthead:
    """The line above every page: who holds the event, its document-style reference."""

    institution: str
    reference: str | None
    home_url: str
    rosette: Markup


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads the page."""

    name: str
    is_signed_in: bool


def register(app: Flask) -> None:
    """Give templates the language, addresses, menu and viewer."""
    app.context_processor(everything)
    app.jinja_env.globals.update(
        _=_,
        ngettext=ngettext,
        pgettext=pgettext,
        asset=asset,
        csrf_token=csrf_token,
        url_for=url_for,
        clock_range=clock_range,
        day=day,
        moment=moment,
        span=span,
    )


def everything() -> dict[str, Any]:
    """Return what layouts read; a view may override any of it."""
    place: Place | None = g.get("place")
    for_all = g.get("made_for_all", False)
    signed_in = not for_all and bool(current_user and current_user.is_authenticated)
    return {
        "lang": current(),
        "dir": direction(),
        "page_languages": switch(),
        "masthead": masthead(place),
        "event_css": place.stylesheet if place else None,
        "nav": menu("event", place) if place and place.event_id else [],
        "top_nav": menu("top", place) if signed_in else [],
        "part_nav": tabs_of_part(place) if place and place.event_id else [],
        "viewer": Viewer(current_user.label if signed_in else "", signed_in),
        "flashes": [] if for_all else get_flashed_messages(with_categories=True),
        "sign_out_url": url_for("people.sign_out"),
        "account_url": url_for("people.show_account"),
        "search_url": None,
        "demo_url": None if for_all else demo_url(),
        "place": place,
    }


def demo_url() -> str | None:
    """Return the address of the page that explains the demo; None anywhere else."""
    settings: Settings = current_app.extensions["eventhub.settings"]
    return url_for("demo.show_demo") if settings.mode == "demo" else None


def masthead(place: Place | None) -> Masthead:
    """Return the masthead of a place, or the installation's."""
    if place is None:
        return Masthead("EventHub", None, "/", Markup(""))
    drawn = Markup(rosette(place.code, 40)) if place.code else Markup("")  # noqa: S704  (ours)
    return Masthead(place.institution_name.pick(), place.title.pick(), "/manage", drawn)


def menu(level: str, place: Place | None) -> list[MenuLine]:
    """Return the entries of a level that the present actor may open, in their order.

    An entry of several pages leads to the first of them that the actor may open.
    """
    lines = []
    for entry in sorted(NAV, key=lambda entry: entry.order):
        if entry.level == level and not entry.under and (pages := _pages_of(entry, place)):
            here = any(_here(page) for page in pages)
            lines.append(MenuLine(entry.label(place), _url_of(pages[0], place), here))
    return lines


def tabs_of_part(place: Place) -> list[MenuLine]:
    """Return the pages of the menu entry at hand; nothing where it has only one."""
    for entry in NAV:
        pages = _pages_of(entry, place) if entry.level == "event" and not entry.under else []
        if len(pages) > 1 and any(_here(page) for page in pages):
            return [
                MenuLine((page.tab or page.label)(place), _url_of(page, place), _here(page))
                for page in pages
            ]
    return []


def _pages_of(entry: NavEntry, place: Place | None) -> list[NavEntry]:
    """Return the entry and those under it, as far as the present actor may open them."""
    family = [one for one in NAV if entry.endpoint in (one.endpoint, one.under)]
    return [one for one in sorted(family, key=lambda one: one.order) if _is_open(one, place)]


def _is_open(entry: NavEntry, place: Place | None) -> bool:
    is_on = not entry.switch or (place is not None and entry.switch in place.switches)
    return is_on and bool(g.actor.may(entry.permission))


def _url_of(entry: NavEntry, place: Place | None) -> str:
    values: dict[str, Any] = {"slug": place.slug} if entry.level == "event" and place else {}
    return url_for(entry.endpoint, **values)


def _here(entry: NavEntry) -> bool:
    here = request.endpoint or ""
    return here == entry.endpoint or here.startswith(entry.prefixes or ("\0",))


def say(text: str, kind: str = "good") -> None:
    """Show a sentence on the next page: kind good, attention, stop or note."""
    flash(text, kind)
