"""Whom the print gate holds back, why, and where it is mended (R4.3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from eventhub.badges import queries
from eventhub.badges.views.blueprint import PRINT, bp
from eventhub.badges.words import reason
from eventhub.core.db import db
from eventhub.delegations.models import Delegation
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.registration.models import Registration
from eventhub.registration.queries import numbers_of, printed_name
from eventhub.web.access import current_actor, requires
from eventhub.web.pages import PageOf, page_asked

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One person who is held back; `reasons` in words, each with where it is mended, or ""."""

    number: str
    name: str
    reasons: Sequence[tuple[str, str]]


@bp.get("/manage/<slug>/badges/held-back")
@requires(PRINT, switch="badges")
def list_held(slug: str) -> ResponseReturnValue:
    """List who is held back, all or for one reason."""
    event = get_event(slug)
    gate = queries.gate_of(event, current_actor().scope(PRINT))
    counts, why = queries.count_reasons(gate), request.args.get("why", "")
    held = [one for one in gate if (why in one.reasons if why in counts else one.reasons)]
    number, pages = page_asked(), max(1, -(-len(held) // PER_PAGE))
    number = min(number, pages)
    shown = held[(number - 1) * PER_PAGE : number * PER_PAGE]
    page = PageOf(lines_of(event, shown), number, pages, len(held))
    here = url_for("badges.list_held", slug=slug)
    everybody = sum(bool(one.reasons) for one in gate)
    return render_template(
        "badges/list_held.html", event=event, page=page, everybody=everybody, why=why,
        groups=[(reason(code), f"{here}?why={code}", code, n) for code, n in counts.items()],
    )  # fmt: skip


def lines_of(event: Event, shown: Sequence[queries.Printable]) -> list[Line]:
    """Return the lines of these people: two statements, whatever their number."""
    rows = [one.registration for one in shown]
    numbers = numbers_of(rows)
    ids = {row.delegation_id for row in rows if row.delegation_id}
    query = select(Delegation.id, Delegation.ref).where(Delegation.id.in_(ids))
    delegations: dict[int, str] = dict(db.session.execute(query).all()) if ids else {}
    return [
        Line(
            numbers[row.id],
            printed_name(row),
            [(reason(code), mended_at(event, row, code, delegations)) for code in one.reasons],
        )
        for one, row in zip(shown, rows, strict=True)
    ]


def mended_at(event: Event, row: Registration, code: str, delegations: dict[int, str]) -> str:
    """Return the page on which the reason is mended, "" where the actor may not mend it."""
    actor = current_actor()
    delegation = delegations.get(row.delegation_id or 0)
    if code == "letter_missing" and delegation and actor.may("delegation.vouch"):
        return url_for("registration.send_letter", slug=event.slug, ref=delegation)
    if actor.may("registration.view"):
        part = "changes" if code == "change_open" else None
        return url_for("registration.show_person", slug=event.slug, ref=row.ref, _anchor=part)
    if code.startswith("photo") and actor.may("checkin.desk"):
        return url_for("checkin.desk_person", slug=event.slug, ref=row.ref)
    return ""
