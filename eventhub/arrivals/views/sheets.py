"""The sheet of a delegation, by vehicle: on screen, as a table, on paper (R2.19)."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.arrivals.jobs import SHEET
from eventhub.arrivals.permissions import ARRANGE, EDIT, SWITCH, VIEW
from eventhub.arrivals.queries.sheet import DelegationSheet, sheet_of
from eventhub.arrivals.queries.travel import are_kept
from eventhub.arrivals.views.blueprint import bp
from eventhub.arrivals.views.papers import answer, ask_for
from eventhub.arrivals.words import by, when
from eventhub.core.errors import NotFound
from eventhub.delegations.queries import Sent, get_delegation
from eventhub.i18n import _, current
from eventhub.registration.queries import Setup, setup_of
from eventhub.sheets.rules import Cell
from eventhub.sheets.writing import Column, Sheet
from eventhub.web.access import current_actor, current_place, requires
from eventhub.web.forms import BaseForm
from eventhub.web.table_answer import send_xlsx


@bp.get("/manage/<slug>/delegations/<ref>/arrivals")
@requires(VIEW, switch=SWITCH)
def show_sheet(slug: str, ref: str) -> ResponseReturnValue:
    """Show who of a delegation comes when, by vehicle, and who meets them."""
    setup = setup_of(current_place().event_id or 0)
    return _page(setup, get_delegation(setup.event.id, ref, current_actor().scope(VIEW)))


@bp.get("/manage/<slug>/arrivals/others")
@requires(VIEW, switch=SWITCH)
def show_others(slug: str) -> ResponseReturnValue:
    """Show the same of all who belong to no delegation: speakers, press, staff."""
    if current_actor().scope(VIEW).delegations is not None:
        raise NotFound
    return _page(setup_of(current_place().event_id or 0), None)


@bp.get("/manage/<slug>/delegations/<ref>/arrivals.xlsx")
@requires(VIEW, switch=SWITCH)
def download_sheet(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the sheet as a table that spreadsheets open."""
    scope = current_actor().scope(VIEW)
    setup = setup_of(current_place().event_id or 0)
    sent = get_delegation(setup.event.id, ref, scope)
    heads = (
        _("Vehicle"), _("Driver"), _("Name"), _("Category"), _("Arrives"), _("Flight and airport"),
        _("Departs"), _("Flight and airport"), _("Hotel"), _("VIP lounge"), _("Due by rank"),
        _("Liaison officer"),
    )  # fmt: skip
    rows = list(_table(setup, sheet_of(setup, scope, sent)))
    name = f"{slug}-arrivals-{sent.entity.code.lower()}.xlsx"
    return send_xlsx(name, [Sheet(sent.name, [Column(head) for head in heads], rows)])


@bp.post("/manage/<slug>/delegations/<ref>/arrivals/paper")
@requires(VIEW, switch=SWITCH)
def print_sheet(slug: str, ref: str) -> ResponseReturnValue:
    """Ask the worker for the sheet as a PDF in the present language."""
    setup = setup_of(current_place().event_id or 0)
    sent = get_delegation(setup.event.id, ref, current_actor().scope(VIEW))
    job = ask_for(setup.event, SHEET, {**_asked(sent), "language": current()})
    return redirect(url_for("arrivals.show_paper", slug=slug, ref=ref, job=job))


@bp.get("/manage/<slug>/delegations/<ref>/arrivals/paper/<job>")
@requires(VIEW, switch=SWITCH)
def show_paper(slug: str, ref: str, job: str) -> ResponseReturnValue:
    """Answer with the PDF, or show that it is being made."""
    setup = setup_of(current_place().event_id or 0)
    sent = get_delegation(setup.event.id, ref, current_actor().scope(VIEW))
    return answer(
        setup.event,
        SHEET,
        _asked(sent),
        job,
        heading=_("Arrivals of %(entity)s", entity=sent.name),
        back_url=url_for("arrivals.show_sheet", slug=slug, ref=ref),
    )


def _asked(sent: Sent) -> dict[str, Any]:
    categories = current_actor().scope(VIEW).categories
    return {
        "delegation_id": sent.delegation.id,
        "categories": None if categories is None else sorted(categories),
    }


def _page(setup: Setup, sent: Sent | None) -> ResponseReturnValue:
    actor, event = current_actor(), setup.event
    return render_template(
        "arrivals/show_sheet.html",
        event=event,
        sent=sent,
        sheet=sheet_of(setup, actor.scope(VIEW), sent),
        form=BaseForm(),
        is_kept=are_kept(event),
        may_edit=actor.may(EDIT),
        may_arrange=actor.may(ARRANGE),
        may_see_delegation=actor.may("delegation.view"),
    )


def _table(setup: Setup, sheet: DelegationSheet) -> Iterator[Sequence[Cell]]:
    zone = setup.event.zone
    for ride in sheet.rides:
        for line in ride.lines:
            arrival, departure = line.who.travel.arrival, line.who.travel.departure
            yield (
                ride.title, ride.driver, line.name, line.role, when(arrival, zone), by(arrival),
                when(departure, zone), by(departure), line.who.travel.hotel, line.lounge,
                line.dues, ", ".join(one.label for one in line.officers),
            )  # fmt: skip
