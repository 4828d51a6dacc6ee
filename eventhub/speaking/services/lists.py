"""Making lists, setting them up, opening and showing them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from eventhub.agenda.models import Session
from eventhub.core.actor import Actor
from eventhub.core.db import db, insert_unless_there
from eventhub.core.errors import Conflict
from eventhub.core.ids import new_ref
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.seams import IdMap, clones
from eventhub.events.services.shared import check_open, check_version
from eventhub.i18n import _
from eventhub.speaking.models import SpeakerList, SpeakingRequest
from eventhub.speaking.rules import WAITING
from eventhub.speaking.services.shared import arrange, block_for, lock, say

SETTINGS = (
    "limit_s", "group_limit_s", "turnover_s", "warning_s", "minutes", "ordering",
    "observers_apart", "shows_names",
)  # fmt: skip


def make_list(event: Event, session: Session, *, actor: Actor, **settings: Any) -> SpeakerList:
    """Give a session a list of speakers; Conflict where it has one."""
    check_open(event)
    values = {"ref": new_ref(), "event_id": event.id, "session_id": session.id, **settings}
    if not insert_unless_there(SpeakerList, values):
        raise Conflict(_("This session has a list of speakers already."))
    query = select(SpeakerList).where(SpeakerList.session_id == session.id)
    one = db.session.scalars(query).one()
    say(actor, "speaker_list.make", one, {"session": session.code})
    return one


def change_list(
    one: SpeakerList, values: Mapping[str, Any], *, version: int | None, actor: Actor
) -> None:
    """Change limits, order and what is shown (SETTINGS); those who wait are laid out anew."""
    check_version(one, version, event_id=one.event_id)
    one = lock(one)
    changed = {name: values[name] for name in values if getattr(one, name) != values[name]}
    for name, value in changed.items():
        setattr(one, name, value)
    _place_in_blocks(one)
    arrange(one)
    if changed:
        say(actor, "speaker_list.change", one, changed)


def _place_in_blocks(one: SpeakerList) -> None:
    """Put everybody who waits into the block that the settings give."""
    query = (
        select(SpeakingRequest, Entity)
        .outerjoin(Entity, Entity.id == SpeakingRequest.entity_id)
        .where(SpeakingRequest.list_id == one.id, SpeakingRequest.state.in_(WAITING))
    )
    for row, entity in db.session.execute(query):
        row.block = block_for(one, entity, row.for_group, row.block)


def set_open(one: SpeakerList, *, is_open: bool, actor: Actor) -> None:
    """Open or close the list: once closed, the chair alone lets somebody on (R3.14)."""
    one = lock(one)
    one.is_open = is_open
    say(actor, "speaker_list.change", one, {"is_open": is_open})


def set_public(one: SpeakerList, *, is_public: bool, actor: Actor) -> None:
    """Show the list to everybody, or only behind its secret address."""
    one = lock(one)
    one.is_public = is_public
    db.session.get_one(Event, one.event_id).version += 1  # pages that lead to the list
    say(actor, "speaker_list.change", one, {"is_public": is_public})


def reset_link(one: SpeakerList, *, actor: Actor) -> None:
    """Give the wall another secret address; the one before shows nothing any more."""
    one = lock(one)
    one.link_number += 1
    say(actor, "speaker_list.reset_link", one, {})


@clones("speaker_list")
def copy_lists(from_event_id: int, to_event_id: int, ids: IdMap, *, actor: Actor) -> None:
    """Copy the lists of sessions that were copied: their settings, nobody on them."""
    sessions = ids.get("session", {})
    query = select(SpeakerList).where(SpeakerList.event_id == from_event_id)
    for one in db.session.scalars(query.order_by(SpeakerList.id)):
        if one.session_id in sessions:
            kept = {name: getattr(one, name) for name in SETTINGS}
            db.session.add(
                SpeakerList(event_id=to_event_id, session_id=sessions[one.session_id], **kept)
            )
    db.session.flush()
