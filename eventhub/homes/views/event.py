"""The home of an event: what is late, the stages of its life, figures, what happened last."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id
from eventhub.events.seams import STAGES, Stage, StageState
from eventhub.events.words import STATE_KINDS, STATES, city_of
from eventhub.homes.queries import count_failed, latest
from eventhub.homes.views.blueprint import bp
from eventhub.homes.views.ways import may_open
from eventhub.homes.words import happening, how_far
from eventhub.i18n import _, ngettext
from eventhub.i18n.times import moment, number, span
from eventhub.reports.headline import quoted
from eventhub.reports.queries import gathered
from eventhub.reports.rules import Basis, Figures, Gathered, Tally, figures, on_basis, tally
from eventhub.web.access import current_actor, current_place, requires

SHOWN_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage as the page shows it; kind is done, now, late or ""."""

    key: str
    title: str
    sentence: str
    url: str
    kind: str
    asks: bool = True
    """Whether somebody has to do something for it."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of what waits today."""

    sentence: str
    url: str
    label: str
    late: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures in short, and the sentence they make (or would make, before the event)."""

    tally: Tally
    figures: Figures
    basis: Basis
    sentence: str


@bp.get("/manage/<slug>")
@requires("event.view")
def show_event(slug: str) -> ResponseReturnValue:
    """Show where the event stands, as far as the person's role reaches."""
    event, actor = get_event_by_id(current_place().event_id or 0), current_actor()
    everybody = people_of(event, actor)
    stages = open_stages(event, actor)
    todo = todo_of(event, stages, tally(everybody).waiting, actor)
    return render_template(
        "homes/show_event.html",
        event=event,
        days=span(event.starts_on, event.ends_on),
        city=city_of(event),
        how_far=how_far(event, clock.now()),
        state=(STATES[event.state], STATE_KINDS[event.state]),
        todo=todo[:SHOWN_AT_ONCE],
        more=todo[SHOWN_AT_ONCE:],
        stages=stages,
        sums=sums_of(event, everybody) if everybody else None,
        latest=happenings(event) if actor.may("audit.view") else [],
        number=number,
    )


def people_of(event: Event, actor: Actor) -> list[Gathered]:
    """Return whom figures count, as far as the actor's reach goes; nobody where it has none."""
    if not actor.may("figures.view"):
        return []
    return gathered([event.id], category_ids=actor.scope("figures.view").categories)


def open_stages(event: Event, actor: Actor) -> list[StageLine]:
    """Return the stages whose page the actor may open, in order, the present one marked."""
    found: list[tuple[Stage, StageState]] = []
    for stage in sorted(STAGES, key=lambda stage: stage.order):
        state = stage.state(event)
        if state is not None and may_open(state.url, actor):
            found.append((stage, state))
    present = next((state for _stage, state in found if not state.is_done), None)
    return [
        StageLine(
            stage.key,
            stage.label(),
            state.sentence,
            state.url,
            kind_of(state, present),
            not (state.is_done or state.asks_nobody),
        )
        for stage, state in found
    ]


def kind_of(state: StageState, present: StageState | None) -> str:
    """Return how a stage is drawn."""
    if state.is_late:
        return "late"
    if state.is_done:
        return "done"
    return "now" if state is present else ""


def todo_of(event: Event, stages: Sequence[StageLine], waiting: int, actor: Actor) -> list[Todo]:
    """Return what waits: mails that came back and late stages, then the queue and the next step.

    What goes on by itself is no step: it hides nothing that can be done.
    """
    found = []
    if actor.may("message.view") and (failed := count_failed(event.id)):
        sentence = ngettext(
            "One mail could not be delivered.", "%(n)s mails could not be delivered.", failed
        )
        url = url_for("homes.show_messages", slug=event.slug, state="failed")
        found.append(Todo(sentence, url, _("Look at it"), True))
    found += [step(line) for line in stages if line.kind == "late"]
    asking = [line for line in stages if line.asks and line.kind != "late"][:1]
    is_told = any(
        line.key == "accredit" and (line.kind == "late" or line in asking) for line in stages
    )
    if waiting and actor.may("registration.decide") and not is_told:
        sentence = ngettext(
            "One person waits for your decision.", "%(n)s people wait for your decision.", waiting
        )
        url = url_for("registration.list_people", slug=event.slug)
        found.append(Todo(sentence, url, _("Decide"), False))
    return found + [step(line) for line in asking]


def step(line: StageLine) -> Todo:
    """Return a stage as something to do."""
    sentence = _("%(stage)s: %(sentence)s", stage=line.title, sentence=line.sentence)
    return Todo(sentence, line.url, _("Look at it"), line.kind == "late")


def sums_of(event: Event, everybody: Sequence[Gathered]) -> Sums:
    """Return the figures in short."""
    counts = tally(everybody)
    found = figures(on_basis(everybody, counts.basis))
    sentence = ""
    if found.states > 1 and found.participants > 1:
        sentence = quoted(event.preset, found.participants, found.states)
        if counts.basis != Basis.ATTENDED:
            sentence = _("Forecast: %(sentence)s", sentence=sentence)
    return Sums(counts, found, counts.basis, sentence)


def happenings(event: Event) -> list[tuple[str, str, str]]:
    """Return (sentence, time, machine's time) of what happened last."""
    return [
        (happening(one.action, one.kind, one.who, one.count), moment(one.at, event.zone),
         one.at.isoformat())
        for one in latest(event.id, event.zone)
    ]  # fmt: skip
