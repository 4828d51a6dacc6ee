"""Two persons publish: one proposes the exact programme, another one confirms it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from eventhub.agenda.freezing import freeze
from eventhub.agenda.frozen import SCHEMA, pack
from eventhub.agenda.models import ProgrammeProposal, ProgrammeVersion
from eventhub.agenda.queries import (
    Draft,
    find_newest,
    find_proposal,
    load_draft,
    next_number,
    programme_in,
)
from eventhub.agenda.queries.papers import papers_of
from eventhub.agenda.queries.versions import FEATURE
from eventhub.agenda.rules import Change, Programme, changes_between
from eventhub.agenda.services.publishing import (
    Pending,
    Terms,
    begin,
    checked,
    keep_version,
    what_would_change,
)
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.events.services import change_setting
from eventhub.i18n import _


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal as whoever decides on it sees it."""

    proposal: ProgrammeProposal
    pending: Pending
    """What confirming it would do."""
    draft: Programme
    draft_changes: list[Change]
    """What the draft says otherwise by now: it is not part of what is confirmed."""


def ask_two_persons(event: Event, *, wanted: bool, actor: Actor) -> None:
    """Decide whether two persons publish the programme; Conflict while a proposal waits."""
    begin(event)
    if find_proposal(event.id):
        raise Conflict(_("A proposal waits for a decision. Confirm or drop it first."))
    change_setting(event, FEATURE, {"two_persons": wanted}, actor=actor)


def propose_agenda(event: Event, terms: Terms, *, actor: Actor) -> ProgrammeProposal:
    """Freeze the draft as a proposal for another person to confirm; Conflict as for publishing."""
    begin(event)
    pending = checked(event, what_would_change(event), terms)
    return keep_proposal(event, pending.programme, terms, actor=actor)


def keep_proposal(
    event: Event, programme: Programme, terms: Terms, *, back_to: int | None = None, actor: Actor
) -> ProgrammeProposal:
    """Keep a programme as what waits for another person."""
    data, sha256 = pack(programme)
    proposal = ProgrammeProposal(
        event_id=event.id, number=programme.number, schema=SCHEMA, data=data, sha256=sha256,
        note=terms.note, public_from=terms.public_from, back_to=back_to,
        proposed_by_id=actor.id if actor.kind == "account" else None,
        proposed_by=actor.label, proposed_at=clock.now(),
    )  # fmt: skip
    db.session.add(proposal)
    db.session.flush()
    _log("agenda.propose", event, proposal, actor)
    return proposal


def what_waits(event: Event, draft: Draft | None = None) -> Waiting | None:
    """Return the proposal that waits with what it changes; None where nothing waits."""
    proposal = find_proposal(event.id)
    if proposal is None:
        return None
    programme, newest = programme_in(proposal), find_newest(event.id)
    before = programme_in(newest) if newest else None
    pending = Pending(changes_between(before, programme), programme, before, newest)
    papers = papers_of(event.id)
    now = freeze(draft or load_draft(event.id), papers, programme.number, before)
    changes = [] if proposal.back_to is not None else changes_between(programme, now)
    return Waiting(proposal, pending, now, changes)


def may_confirm(proposal: ProgrammeProposal, actor: Actor) -> bool:
    """Tell whether the actor is another person than who proposed it."""
    return actor.kind != "account" or actor.id != proposal.proposed_by_id


def confirm_proposal(event: Event, ref: str, *, sha256: str, actor: Actor) -> ProgrammeVersion:
    """Publish what was proposed, exactly as it was; the draft may say otherwise by now.

    Conflict for whoever proposed it, and where it is not the one that was looked at.
    """
    begin(event)
    proposal = _get(event, ref)
    if proposal.sha256 != sha256 or proposal.number != next_number(event.id):
        raise Conflict(_("This is not the proposal that you looked at. Look at it again."))
    if not may_confirm(proposal, actor):
        raise Conflict(_("Another person than you must confirm what you proposed."))
    newest = find_newest(event.id)
    before = programme_in(newest) if newest else None
    _log("agenda.confirm", event, proposal, actor, proposed_by=(None, proposal.proposed_by))
    db.session.delete(proposal)
    terms = Terms(proposal.note, proposal.public_from)
    return keep_version(event, programme_in(proposal), before, terms, actor=actor)


def drop_proposal(event: Event, ref: str, *, actor: Actor) -> None:
    """Let a proposal go; whoever proposed it may, and whoever could confirm it."""
    begin(event)
    proposal = _get(event, ref)
    _log("agenda.drop_proposal", event, proposal, actor, proposed_by=(proposal.proposed_by, None))
    db.session.delete(proposal)
    db.session.flush()


def _get(event: Event, ref: str) -> ProgrammeProposal:
    query = select(ProgrammeProposal).filter_by(event_id=event.id, ref=ref)
    proposal = db.session.scalar(query)
    if proposal is None:
        raise Conflict(_("This proposal was confirmed or dropped meanwhile."))
    return proposal


def _log(
    action: str,
    event: Event,
    proposal: ProgrammeProposal,
    actor: Actor,
    **more: tuple[object, object],
) -> None:
    told: Mapping[str, tuple[Any, Any]] = {
        "number": (None, proposal.number),
        "sha256": (None, proposal.sha256),
        **more,
    }
    record(actor, action, [Subject("event", event.ref, told)], event_id=event.id)
