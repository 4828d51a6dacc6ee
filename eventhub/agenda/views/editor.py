"""The editor: a day of the draft as a board, its faults, what has no time yet."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from eventhub.agenda.board import ZOOMS, Board, Filter, days_of, lay_board, tabs_of
from eventhub.agenda.lint import Told, faults_of, look_over
from eventhub.agenda.news import news_of, others_said
from eventhub.agenda.queries import Draft, load_draft
from eventhub.agenda.queries.editing import Standing, standing_of
from eventhub.agenda.rules.board import stylesheet
from eventhub.agenda.services import Pending, be_present, is_known, what_would_change
from eventhub.agenda.views.blueprint import bp
from eventhub.agenda.words import KINDS
from eventhub.core.db import transaction
from eventhub.core.ids import digest
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id
from eventhub.web.access import PUBLIC, current_actor, current_place, requires
from eventhub.web.assets import YEAR

SHEET = stylesheet()
SHEET_DIGEST = digest(SHEET)[:12]


@dataclass(frozen=True)
class Editor:
    """All that a page or a piece of it needs of the draft, asked for once."""

    event: Event
    standing: Standing
    draft: Draft
    told: list[Told]
    pending: Pending

    @classmethod
    def of(cls, event: Event) -> "Editor":
        """Load the draft, look it over, and see what would be published."""
        standing = standing_of(event.id, current_actor().id)
        draft = load_draft(event.id)
        told = [one for one in look_over(event, draft) if one.accepted is None]
        return cls(event, standing, draft, told, what_would_change(event, draft))

    @cached_property
    def faults(self) -> dict[str, list[str]]:
        """Return the sentences of what cannot take place, by ref of the session."""
        return faults_of(self.told)

    @cached_property
    def days(self) -> list[date]:
        """Return the days that have a tab."""
        return days_of(self.event, self.draft)

    @cached_property
    def day(self) -> date:
        """Return the day that the address names, else the first."""
        asked = request.args.get("day", "")
        return next((day for day in self.days if day.isoformat() == asked), self.event.starts_on)

    @cached_property
    def board(self) -> Board:
        """Return the board of the day that is asked for."""
        moving = {one.moving for one in self.standing.others}
        return lay_board(self.event, self.draft, self.day, self.faults, filter_asked(), moving)

    @cached_property
    def values(self) -> dict[str, Any]:
        """Return what the templates of the page and of the board read."""
        actor = current_actor()
        return {
            "event": self.event,
            "board": self.board,
            "tabs": [
                {**tab, "url": self.url(day=tab["iso"]), "current": tab["iso"] == self.board.iso}
                for tab in tabs_of(self.days, self.draft, self.faults)
            ],
            "faults": self.faults,
            "findings": len(self.told),
            "others": others_said(self.standing.others, self.draft),
            "pending": self.pending,
            "is_first": self.pending.before is None,
            "zoom": zoom_asked(),
            "undoable": self.standing.undoable,
            "redoable": self.standing.redoable,
            "may_edit": actor.may("agenda.edit"),
            "may_publish": actor.may("agenda.publish"),
            "all_url": self.url(track="", kind="", q="", faults=""),
            "board_url": self.url("agenda.show_board"),
            "move_url": url_for("agenda.move", slug=self.event.slug),
        }

    def url(self, endpoint: str = "agenda.show", **other: Any) -> str:
        """Return an address of this day with its zoom and filter, or others."""
        kept = {name: request.args[name] for name in KEPT if request.args.get(name)}
        wanted = {**kept, "day": self.board.iso, **other}
        given = {name: value for name, value in wanted.items() if value}
        return url_for(endpoint, slug=self.event.slug, **given)


KEPT = ("day", "zoom", "track", "kind", "q", "faults")


@bp.get("/manage/<slug>/programme")
@requires("agenda.view")
def show(slug: str) -> ResponseReturnValue:
    """Show one day of the draft with its faults, and count what would be published."""
    editor = Editor.of(get_event_by_id(current_place().event_id or 0))
    tracks = sorted(editor.draft.tracks.values(), key=lambda track: (track.place, track.code))
    body = render_board(editor, with_news=False)
    page = render_template(
        "agenda/show.html",
        **editor.values,
        board_html=Markup(body),  # noqa: S704 - what the template made
        state=state_of(editor, body),
        filters=filter_asked(),
        tracks=[(track.ref, f"{track.code} {track.titles.pick()}") for track in tracks],
        kinds=[(code, str(word)) for code, word in KINDS.items()],
        zooms=[(zoom, editor.url(zoom=zoom)) for zoom in ZOOMS],
        sheet=url_for("agenda.board_stylesheet", digest=SHEET_DIGEST),
    )
    note_presence(editor.standing)
    return page


@bp.get("/manage/<slug>/programme/board")
@requires("agenda.view")
def show_board(slug: str) -> ResponseReturnValue:
    """Answer with the board alone; 304 while nothing of the event has changed.

    ?moving= names the session that is being dragged on the board that asks.
    """
    event_id = current_place().event_id or 0
    standing = standing_of(event_id, current_actor().id)
    known = request.if_none_match.to_header().strip('"').partition(".")
    if known[0] == _mark(standing):
        note_presence(standing)
        return _kept(Response(status=304), known[0] + "." + known[2])
    editor = Editor.of(get_event_by_id(event_id))
    body = render_board(editor)
    state = state_of(editor, body)
    note_presence(standing)
    same = known[2] == state.partition(".")[2]
    return _kept(Response(status=304) if same else Response(body), state)


@bp.get("/static-event/board-<digest>.css")
@requires(PUBLIC)
def board_stylesheet(digest: str) -> ResponseReturnValue:
    """Answer the rules that place sessions on the board; the same for every programme."""
    response = Response(SHEET, mimetype="text/css")
    kept = f"public, max-age={YEAR}, immutable" if digest == SHEET_DIGEST else "no-cache"
    response.headers["Cache-Control"] = kept
    response.set_etag(SHEET_DIGEST)
    response.make_conditional(request)
    return response


def note_presence(standing: Standing) -> None:
    """Write down that this editor has the board open; last, when the answer is ready."""
    actor, moving = current_actor(), request.args.get("moving", "")[:16]
    if actor.kind != "account" or not actor.may("agenda.edit") or is_known(standing, moving):
        return
    event_id = current_place().event_id or 0
    with transaction():
        be_present(event_id, moving, forget=standing.has_left, actor=actor)


def render_board(editor: Editor, *, with_news: bool = True) -> str:
    """Return the board alone, as it is put in the place of the one on the page.

    What others did of late belongs to the board that is kept alive; the page has none at first.
    """
    news = news_of(editor.event.id, editor.draft, current_actor()) if with_news else ()
    return render_template("agenda/_board.html", **{**editor.values, "news": news})


def state_of(editor: Editor, body: str) -> str:
    """Return what names a state of the board: the log's newest entry, who is here, the content."""
    return f"{_mark(editor.standing)}.{digest(body)[:16]}"


def _mark(standing: Standing) -> str:
    here = "/".join(f"{one.account_id} {one.name} {one.moving}" for one in standing.others)
    return f"{standing.newest}-{digest(here)[:8]}" if here else str(standing.newest)


def filter_asked() -> Filter:
    """Return what the address asks to be looked at."""
    given = request.args
    kind = given.get("kind", "")
    return Filter(
        track=given.get("track", "")[:16],
        kind=kind if kind in KINDS else "",
        q=given.get("q", "").strip()[:100],
        faults=given.get("faults") == "1",
    )


def zoom_asked() -> str:
    """Return how large the address asks the board to be."""
    zoom = request.args.get("zoom", "")
    return zoom if zoom in ZOOMS else "2"


def _kept(response: Response, state: str) -> Response:
    response.set_etag(state)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
