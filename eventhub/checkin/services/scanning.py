"""Answering whoever stands at a gate."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventhub.agenda.models import Slot
from eventhub.badges.rules import Readiness, held_back, needs_photo
from eventhub.checkin.models import Gate, Scan
from eventhub.checkin.queries import (
    Holder,
    find_holder,
    find_scan,
    holder_of_pass,
    inside,
    session_of,
)
from eventhub.checkin.rules import (
    DESK,
    ENTER,
    Door,
    Shown,
    answer,
    is_like_a_code,
    is_same_scan,
    is_uid,
)
from eventhub.core import clock
from eventhub.core.actor import Actor, Scope
from eventhub.core.db import db, insert_unless_there
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.events.queries import rule_of
from eventhub.floor_cards.models import FloorCard
from eventhub.floor_cards.queries import card_names, find_card
from eventhub.floor_cards.rules import answer as answer_to_card
from eventhub.i18n import _
from eventhub.passes.tokens import BadToken, read
from eventhub.registration.queries import lacks_seat
from eventhub.registration.rules import State


@dataclass(frozen=True, slots=True)
class Answer:
    """What the door says: enter, stop or desk, why, to whom; `uid` names the scan that counts.

    `is_again` tells that the same badge was here seconds ago and nothing new was counted; `seen`
    is when the person first came through this gate, None at the first time.
    """

    answer: str
    reason: str
    uid: str
    holder: Holder | None = None
    is_again: bool = False
    seen: datetime | None = None
    note: str = ""
    """What was shown where it is no person's: which floor card."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How a scan came: its id, source, the device's time, and who worked the gate."""

    uid: str
    source: str
    at: datetime
    actor: Actor


def scan_text(
    event: Event,
    gate: Gate,
    text: str,
    *,
    uid: str,
    source: str = "scan",
    device_at: datetime | None = None,
    scope: Scope | None = None,
    actor: Actor,
) -> Answer | None:
    """Answer what a scanner or a hand brought: a token, or the number people say (ZMB-07).

    None where it is neither, so that a name may be looked for. `gate` comes from `hold_gate`; the
    same uid again gets the answer it got before (R4.8). `scope` limits whom a number finds.
    """
    sent = _sent(uid, source, device_at, actor)
    if not text.strip():
        raise Invalid(_("Scan a badge, or type a number or a name."), "text")
    try:
        claims = read(text)
    except BadToken:
        if is_like_a_code(text):
            return _refuse(event, gate, Shown(is_genuine=False), sent)
        found = find_holder(event.id, text, scope)
        if found is None:
            return None
        return _answer(event, gate, found, _issue(found), _sent(uid, "typed", device_at, actor))
    if claims.event_id != event.id:
        return _refuse(event, gate, Shown(is_genuine=True, is_this_event=False), sent)
    holder = holder_of_pass(event.id, claims.pass_id)
    if holder is None and (card := find_card(event.id, claims.pass_id)) is not None:
        return _answer_card(event, gate, card, claims.expires_at, sent)
    if holder is None:
        return _refuse(event, gate, Shown(is_genuine=False), sent)
    return _answer(event, gate, holder, claims.issue, sent)


def check_in(
    event: Event,
    gate: Gate,
    holder: Holder,
    *,
    uid: str,
    source: str,
    device_at: datetime | None = None,
    actor: Actor,
) -> Answer:
    """Answer for a person whom the staff found by name or number; `gate` from `hold_gate`."""
    sent = _sent(uid, source, device_at, actor)
    return _answer(event, gate, holder, _issue(holder), sent)


def _sent(uid: str, source: str, device_at: datetime | None, actor: Actor) -> Sent:
    if not is_uid(uid):
        raise Invalid(_("This form cannot be read. Load the page again, then scan once more."))
    return Sent(uid, source, device_at or clock.now(), actor)


def _issue(holder: Holder) -> int:
    return holder.held.issue if holder.held else 0


def _answer(event: Event, gate: Gate, holder: Holder, issue: int, sent: Sent) -> Answer:
    row = holder.registration
    result, reason = answer(_shown(event, gate, holder, issue, sent.at), _door(event, gate, holder))
    earlier = _earlier(event, gate, row.id)
    passed = [scan for scan in earlier if scan.answer == ENTER]
    seen = passed[0].device_at if passed else None
    for scan in earlier:
        alike = (scan.answer, scan.reason) == (result, reason)
        if scan.uid == sent.uid or (alike and is_same_scan(sent.at, scan.device_at)):
            before = None if seen == scan.device_at else seen
            return Answer(scan.answer, scan.reason, scan.uid, holder, is_again=True, seen=before)
    told = _keep(event, gate, sent, result, reason, registration_id=row.id)
    if told is not None:
        return replace(told, holder=holder)
    if result == ENTER and holder.held is not None and holder.held.state == "issued":
        holder.held.state = "activated"
        db.session.flush()
    return Answer(result, reason, sent.uid, holder, seen=seen)


def _answer_card(
    event: Event, gate: Gate, card: FloorCard, expires_at: datetime, sent: Sent
) -> Answer:
    """Answer for a floor card: its session, handed out, and nobody inside with it (R1.13)."""
    note = card_names([card.id])[card.id]
    before = find_scan(event.id, sent.uid)
    if before is not None and before.undone_at is None:
        return Answer(before.answer, before.reason, sent.uid, is_again=True, note=note)
    leaves = gate.direction == "out"
    result, reason = answer_to_card(
        card.state,
        is_its_session=gate.session_id == card.session_id,
        is_inside=card.inside_since is not None,
        leaves=leaves,
        is_expired=sent.at >= expires_at,
    )
    told = _keep(event, gate, sent, result, reason, floor_card_id=card.id)
    if told is not None:
        return replace(told, note=note)
    if result == ENTER:
        card.inside_since = None if leaves else sent.at
        db.session.flush()
    return Answer(result, reason, sent.uid, note=note)


def _refuse(event: Event, gate: Gate, shown: Shown, sent: Sent) -> Answer:
    result, reason = answer(shown, Door())
    told = _keep(event, gate, sent, result, reason)
    return told or Answer(result, reason, sent.uid)


def _keep(
    event: Event, gate: Gate, sent: Sent, result: str, reason: str, **more: Any
) -> Answer | None:
    """Write the scan; where its uid was sent before, return what was answered then."""
    values = {
        "uid": sent.uid,
        "event_id": event.id,
        "gate_id": gate.id,
        "direction": gate.direction,
        "answer": result,
        "reason": reason,
        "source": sent.source,
        "device_at": sent.at,
        "account_id": sent.actor.id,
        **more,
    }
    if insert_unless_there(Scan, values):
        return None
    before = find_scan(event.id, sent.uid)
    if before is None or before.registration_id != more.get("registration_id"):
        raise Conflict(_("This form was sent for somebody else. Scan the badge again."))
    if before.undone_at is not None:
        return Answer(DESK, "taken_back", sent.uid)
    return Answer(before.answer, before.reason, sent.uid, is_again=True)


def _earlier(event: Event, gate: Gate, registration_id: int) -> list[Scan]:
    query = select(Scan).where(
        Scan.event_id == event.id,
        Scan.gate_id == gate.id,
        Scan.registration_id == registration_id,
        Scan.undone_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Scan.device_at, Scan.id)))


def _shown(event: Event, gate: Gate, holder: Holder, issue: int, at: datetime) -> Shown:
    row, held, category = holder.registration, holder.held, holder.category
    missing = held_back(
        Readiness(
            is_accredited=row.state == State.ACCREDITED,
            photo_state=holder.photo.state if holder.photo else None,
            photo_waived=category.photo_waived,
            needs_photo=needs_photo(event.preset, event.switches),
            lacks_letter=_lacks_letter(event, holder),
            has_open_change=holder.is_changing,
        )
    )
    return Shown(
        is_genuine=True,
        is_void=held is not None and held.state == "void",
        is_replaced=held is not None and issue < held.issue,
        is_expired=held is not None and at >= held.expires_at,
        is_accredited=row.state == State.ACCREDITED and held is not None,
        may_print=not missing or holder.was_printed,
        zones=frozenset(category.zones),
        category=category.code,
        has_floor=_has_floor(gate, holder),
        lacks_seat=gate.session_id is not None
        and gate.direction == "in"
        and lacks_seat(gate.session_id, row, category),
    )


def _lacks_letter(event: Event, holder: Holder) -> bool:
    sent = holder.registration.delegation_id is not None
    return sent and not holder.is_named and rule_of(event, holder.category).needs_letter


def _has_floor(gate: Gate, holder: Holder) -> bool:
    """Tell whether the programme names the person in the gate's session."""
    speaker_id = holder.registration.speaker_id
    if gate.session_id is None or speaker_id is None:
        return False
    query = select(Slot.id).where(
        Slot.event_id == gate.event_id,
        Slot.session_id == gate.session_id,
        Slot.speaker_id == speaker_id,
    )
    return db.session.scalar(query.limit(1)) is not None


def _door(event: Event, gate: Gate, holder: Holder) -> Door:
    """Return what the gate asks for; its places are those of the session's room."""
    found = session_of(gate)
    if found is None or gate.direction == "out":
        return Door(zone=gate.zone_code if gate.direction == "in" else None)
    session, room = found
    admits = frozenset(session.admit) if session.admit and session.access != "open" else None
    places = room.capacity if room is not None and gate.kind == "door" else None
    others = 0
    if places is not None:
        others = inside(event.id, session_id=session.id, but_for=holder.registration.id)
    return Door(zone=gate.zone_code, admits=admits, places=places, inside=others)
