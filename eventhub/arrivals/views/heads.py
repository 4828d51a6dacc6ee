"""The list of heads of delegation in their precedence: screen, table, paper (R2.8, R2.15)."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.arrivals.jobs import HEADS
from eventhub.arrivals.permissions import SWITCH, VIEW
from eventhub.arrivals.queries.heads import HeadLine, heads_of
from eventhub.arrivals.queries.travel import Officer, officers_of, travellers_of
from eventhub.arrivals.services.paper import arrivals_of_heads
from eventhub.arrivals.views.blueprint import bp
from eventhub.arrivals.views.papers import answer, ask_for
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _, current
from eventhub.protocol.permissions import ORDER
from eventhub.registration.queries import kind_of, state_word
from eventhub.registration.rules import State
from eventhub.sheets.writing import Column, Sheet
from eventhub.web.access import current_actor, requires
from eventhub.web.forms import BaseForm
from eventhub.web.table_answer import send_xlsx


@bp.get("/manage/<slug>/heads")
@requires(ORDER, switch="delegations")
def show_heads(slug: str) -> ResponseReturnValue:
    """Show the heads in their order, with arrival and officer where the event keeps them."""
    event = get_event(slug)
    has_arrivals = _has_arrivals(event)
    return render_template(
        "arrivals/show_heads.html",
        event=event,
        heads=heads_of(event.id),
        arrivals=_arrivals(event),
        officers=officers_of(event.id) if has_arrivals else {},
        has_arrivals=has_arrivals,
        form=BaseForm(),
        state_word=state_word,
        kind_of=kind_of,
        ACCREDITED=State.ACCREDITED,
    )


@bp.get("/manage/<slug>/heads.xlsx")
@requires(ORDER, switch="delegations")
def download_heads(slug: str) -> ResponseReturnValue:
    """Answer with the list as a table that spreadsheets open."""
    event = get_event(slug)
    has_arrivals, arrivals = _has_arrivals(event), _arrivals(event)
    officers = officers_of(event.id) if has_arrivals else {}
    heads = [_("No."), _("State or organization"), _("Name"), _("Title"), _("Rank"), _("Language")]
    heads += [_("Arrives"), _("Liaison officer")] if has_arrivals else []
    rows = [
        (
            line.number, line.sent.name, said_name(line), line.title, line.rank, line.language,
            *((arrivals.get(line.row.id, ""), _labels(line, officers)) if has_arrivals else ()),
        )
        for line in heads_of(event.id).lines
    ]  # fmt: skip
    sheet = Sheet(_("Heads of delegation"), [Column(head) for head in heads], rows)
    return send_xlsx(f"{slug}-heads.xlsx", [sheet])


@bp.post("/manage/<slug>/heads/paper")
@requires(ORDER, switch="delegations")
def print_heads(slug: str) -> ResponseReturnValue:
    """Ask the worker for the list as a PDF in the present language."""
    event = get_event(slug)
    job = ask_for(event, HEADS, {**_asked(event), "language": current()})
    return redirect(url_for("arrivals.show_heads_paper", slug=slug, job=job))


@bp.get("/manage/<slug>/heads/paper/<job>")
@requires(ORDER, switch="delegations")
def show_heads_paper(slug: str, job: str) -> ResponseReturnValue:
    """Answer with the PDF, or show that it is being made."""
    event = get_event(slug)
    heading, back = _("Heads of delegation"), url_for("arrivals.show_heads", slug=slug)
    return answer(event, HEADS, _asked(event), job, heading=heading, back_url=back)


def said_name(line: HeadLine) -> str:
    """Return the name, marked where the person acts in the head's place."""
    return _("%(name)s (acting)", name=line.name) if line.is_acting else line.name


def _labels(line: HeadLine, officers: dict[int, list[Officer]]) -> str:
    return ", ".join(one.label for one in officers.get(line.sent.delegation.id, []))


def _has_arrivals(event: Event) -> bool:
    return SWITCH in event.switches and current_actor().may(VIEW)


def _arrivals(event: Event) -> dict[int, str]:
    """Return in words when those arrive whose journeys the present actor may see."""
    if not _has_arrivals(event):
        return {}
    return arrivals_of_heads(event, current_actor().scope(VIEW))


def _asked(event: Event) -> dict[str, Any]:
    """Return whose arrivals the paper may show: of whoever is head now, and within reach."""
    has_arrivals = _has_arrivals(event)
    shown: list[int] = []
    if has_arrivals:
        reached = {one.row.id for one in travellers_of(event.id, current_actor().scope(VIEW))}
        shown = sorted(one.row.id for one in heads_of(event.id).lines if one.row.id in reached)
    return {"shown": shown, "has_arrivals": has_arrivals}
