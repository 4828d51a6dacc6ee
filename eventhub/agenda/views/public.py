"""The programme as everybody sees it; nothing here is rendered twice."""

from datetime import date

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from eventhub.agenda import made
from eventhub.agenda.portraits import find_picture
from eventhub.agenda.queries import latest_number
from eventhub.agenda.rules import shows_content
from eventhub.agenda.showing import seen
from eventhub.agenda.views.blueprint import bp
from eventhub.agenda.views.reading import HTML, find, hand_out, source_of
from eventhub.core import clock
from eventhub.events.models import Event
from eventhub.events.rules import local
from eventhub.files.services import read_whole
from eventhub.i18n import Translated
from eventhub.web.access import PUBLIC, requires
from eventhub.web.assets import YEAR
from eventhub.web.for_all import page_for_all
from eventhub.web.made_once import answer
from eventhub.web.zones import zone_choices

NOT_MODIFIED = 304


@bp.get("/<lang>/<slug>/programme")
@requires(PUBLIC)
def public(lang: str, slug: str) -> ResponseReturnValue:
    """Show today's part of the programme, before and after the event its first day."""
    event, host = find(slug)
    number = latest_number(event.id)
    if number is None:
        return _nothing_yet(event, host)
    source = made.Source(event, host, number)
    today = local(clock.now(), event.zone).date()
    if not event.starts_on <= today <= event.ends_on:
        return hand_out(source, "first", lambda asked: made.first_page(source, None, asked))
    return hand_out(source, f"on-{today}", lambda asked: made.first_page(source, today, asked))


@bp.get("/<lang>/<slug>/programme/<day>")
@requires(PUBLIC)
def public_day(lang: str, slug: str, day: str) -> ResponseReturnValue:
    """Show one day, or all days."""
    event, host = find(slug)
    number = latest_number(event.id)
    if number is None:
        return _nothing_yet(event, host)
    source = made.Source(event, host, number)
    if day != made.ALL and not _is_day(day):
        abort(404)
    return hand_out(source, f"day-{day}", lambda asked: made.day_page(source, day, asked))


@bp.get("/<lang>/<slug>/programme/sessions/<ref>")
@requires(PUBLIC)
def public_session(lang: str, slug: str, ref: str) -> ResponseReturnValue:
    """Show one session: when, where, in which languages, who speaks."""
    source = source_of(*find(slug))
    if not ref.isalnum():
        abort(404)
    return hand_out(source, f"session-{ref}", lambda asked: made.session_page(source, ref, asked))


@bp.get("/<lang>/<slug>/programme/agenda")
@requires(PUBLIC)
def public_agenda(lang: str, slug: str) -> ResponseReturnValue:
    """Show the items of the agenda, each with the sessions that take it up."""
    source = source_of(*find(slug))
    return answer(source.key("agenda"), lambda: made.agenda_page(source), HTML)


@bp.get("/<lang>/<slug>/programme/speakers")
@requires(PUBLIC)
def public_speakers(lang: str, slug: str) -> ResponseReturnValue:
    """Show everybody whom the programme names."""
    source = source_of(*find(slug))
    return answer(source.key("speakers"), lambda: made.speakers_page(source), HTML)


@bp.get("/<lang>/<slug>/programme/time-zone")
@requires(PUBLIC)
def choose_zone(lang: str, slug: str) -> ResponseReturnValue:
    """Let the reader choose whose clock the programme is shown by."""
    values = made.page_values(*find(slug), "agenda.choose_zone", None)
    return page_for_all("agenda/choose_zone.html", **values, zones=zone_choices())


@bp.get("/<lang>/<slug>/programme/speakers/<ref>")
@requires(PUBLIC)
def public_speaker(lang: str, slug: str, ref: str) -> ResponseReturnValue:
    """Show somebody whom the programme names, with all their sessions."""
    source = source_of(*find(slug))
    if not ref.isalnum():
        abort(404)
    return hand_out(source, f"speaker-{ref}", lambda asked: made.speaker_page(source, ref, asked))


@bp.get("/static-event/<slug>/portraits/<ref>-<digest>.jpg")
@requires(PUBLIC)
def portrait(slug: str, ref: str, digest: str) -> ResponseReturnValue:
    """Answer the portrait, large or small, of somebody whom the public programme names.

    The address carries the picture's digest, so that what it answers never changes.
    """
    source = source_of(*find(slug))
    programme = source.programme()
    named = {
        speaker
        for session in seen(programme)
        if shows_content(session.access)
        for speaker, _role in session.speakers
    }
    file_id = programme.speakers[ref].get("portrait") if ref in named else None
    file = find_picture(source.event.id, file_id, digest) if file_id else None
    if file is None:
        abort(404)
    response = Response(mimetype="image/jpeg")
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.set_etag(file.sha256[:32])
    if response.make_conditional(request).status_code != NOT_MODIFIED:
        response.set_data(read_whole(file))
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


def _nothing_yet(event: Event, host: Translated) -> Response:
    values = made.page_values(event, host, "agenda.public", None)
    return page_for_all("agenda/not_published.html", **values)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
