"""The programme as everybody sees it; nothing here is rendered twice."""

from collections.abc import Callable
from datetime import date

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from eventhub.agenda import made
from eventhub.agenda.queries import find_portrait, latest_number
from eventhub.agenda.rules import shows_content
from eventhub.agenda.showing import seen
from eventhub.agenda.views.blueprint import bp
from eventhub.core import clock
from eventhub.events.models import Event
from eventhub.events.rules import is_zone, local
from eventhub.events.showing import public_event
from eventhub.files.services import read_whole
from eventhub.i18n import Translated
from eventhub.web.access import PUBLIC, requires
from eventhub.web.assets import YEAR
from eventhub.web.for_all import page_for_all
from eventhub.web.made_once import answer, answer_now
from eventhub.web.zones import zone_choices

HTML = "text/html; charset=utf-8"
HOUR = 3600


@bp.get("/<lang>/<slug>/programme")
@requires(PUBLIC)
def public(lang: str, slug: str) -> ResponseReturnValue:
    """Show today's part of the programme, before and after the event its first day."""
    event, host = _find(slug)
    number = latest_number(event.id)
    if number is None:
        return _nothing_yet(event, host)
    source = made.Source(event, host, number)
    today = local(clock.now(), event.zone).date()
    if not event.starts_on <= today <= event.ends_on:
        return _answer(source, "first", lambda zone: made.first_page(source, None, zone))
    return _answer(source, f"on-{today}", lambda zone: made.first_page(source, today, zone))


@bp.get("/<lang>/<slug>/programme/<day>")
@requires(PUBLIC)
def public_day(lang: str, slug: str, day: str) -> ResponseReturnValue:
    """Show one day, or all days."""
    event, host = _find(slug)
    number = latest_number(event.id)
    if number is None:
        return _nothing_yet(event, host)
    source = made.Source(event, host, number)
    if day != made.ALL and not _is_day(day):
        abort(404)
    return _answer(source, f"day-{day}", lambda zone: made.day_page(source, day, zone))


@bp.get("/<lang>/<slug>/programme/sessions/<ref>")
@requires(PUBLIC)
def public_session(lang: str, slug: str, ref: str) -> ResponseReturnValue:
    """Show one session: when, where, in which languages, who speaks."""
    source = _source(*_find(slug))
    if not ref.isalnum():
        abort(404)
    return _answer(source, f"session-{ref}", lambda zone: made.session_page(source, ref, zone))


@bp.get("/<lang>/<slug>/programme/speakers")
@requires(PUBLIC)
def public_speakers(lang: str, slug: str) -> ResponseReturnValue:
    """Show everybody whom the programme names."""
    source = _source(*_find(slug))
    return answer(source.key("speakers"), lambda: made.speakers_page(source), HTML)


@bp.get("/<lang>/<slug>/programme/time-zone")
@requires(PUBLIC)
def choose_zone(lang: str, slug: str) -> ResponseReturnValue:
    """Let the reader choose whose clock the programme is shown by."""
    values = made.page_values(*_find(slug), "agenda.choose_zone", None)
    return page_for_all("agenda/choose_zone.html", **values, zones=zone_choices())


@bp.get("/<lang>/<slug>/programme/portraits/<ref>.jpg")
@requires(PUBLIC)
def portrait(lang: str, slug: str, ref: str) -> ResponseReturnValue:
    """Answer the portrait of somebody whom the public programme names."""
    source = _source(*_find(slug))
    programme = source.programme()
    named = {
        speaker
        for session in seen(programme)
        if shows_content(session.access)
        for speaker, _role in session.speakers
    }
    file_id = programme.speakers[ref].get("portrait") if ref in named else None
    file = find_portrait(source.event.id, file_id) if file_id else None
    if file is None:
        abort(404)
    response = Response(read_whole(file), mimetype="image/jpeg")
    response.headers["Cache-Control"] = f"public, max-age={HOUR}"
    response.set_etag(file.sha256[:32])
    response.make_conditional(request)
    return response


@bp.get("/static-event/programme-<digest>.css")
@requires(PUBLIC)
def grid_stylesheet(digest: str) -> ResponseReturnValue:
    """Answer the rules that place sessions in the grid; the same for every programme."""
    response = Response(made.GRID, mimetype="text/css")
    kept = f"public, max-age={YEAR}, immutable" if digest == made.GRID_DIGEST else "no-cache"
    response.headers["Cache-Control"] = kept
    response.set_etag(made.GRID_DIGEST)
    response.make_conditional(request)
    return response


def _find(slug: str) -> tuple[Event, Translated]:
    event, institution = public_event(slug)
    return event, institution.names


def _source(event: Event, host: Translated) -> made.Source:
    number = latest_number(event.id)
    if number is None:
        abort(404)
    return made.Source(event, host, number)


def _answer(
    source: made.Source, form: str, make: Callable[[str | None], bytes]
) -> ResponseReturnValue:
    """Hand out what was made; by the reader's clock, make it now and keep nothing."""
    zone = request.args.get("tz", "")
    if zone and zone != source.event.zone and is_zone(zone):
        return answer_now(make(zone), HTML)
    return answer(source.key(form), lambda: make(None), HTML)


def _nothing_yet(event: Event, host: Translated) -> Response:
    values = made.page_values(event, host, "agenda.public", None)
    return page_for_all("agenda/not_published.html", **values)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
