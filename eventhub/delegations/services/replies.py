"""What an entity answered, who is called about it, what is to be done next (R1.34)."""

from collections.abc import Collection, Sequence
from datetime import date

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import db
from eventhub.core.errors import Invalid
from eventhub.core.rows import rows_by_id
from eventhub.delegations.models import Delegation, DelegationContact, DelegationNote
from eventhub.delegations.rules import REPLIES, SILENT, better_reply
from eventhub.i18n import _


def set_reply(
    event_id: int, delegation_ids: Collection[int], reply: str, *, actor: Actor
) -> list[Delegation]:
    """Write down what these delegations answered."""
    if reply not in REPLIES:
        raise Invalid(_("Choose one from the list."), "reply")
    return _write(event_id, delegation_ids, reply, actor=actor)


def names_came(event_id: int, delegation_ids: Collection[int]) -> None:
    """Note that the first names came, unless the reply says more already."""
    _write(event_id, delegation_ids, "names_received", actor=SYSTEM, if_better=True)


def _write(
    event_id: int,
    delegation_ids: Collection[int],
    reply: str,
    *,
    actor: Actor,
    if_better: bool = False,
) -> list[Delegation]:
    found = rows_by_id(Delegation, delegation_ids)
    rows = [found[one] for one in sorted(found) if found[one].event_id == event_id]
    subjects = []
    for row in rows:
        if row.reply == reply or (if_better and not better_reply(row.reply, reply)):
            continue
        subjects.append(Subject("delegation", row.ref, {"reply": (row.reply, reply)}))
        row.reply = reply
        row.replied_at = None if reply == SILENT else clock.now()
        row.version += 1
    if subjects:
        record(actor, "delegation.reply", subjects, event_id=event_id)
        db.session.flush()
    return rows


def add_note(
    delegation: Delegation,
    *,
    kind: str,
    text: str,
    phone: str = "",
    next_step: str = "",
    next_step_on: date | None = None,
    actor: Actor,
) -> DelegationNote:
    """Write a note, or what a call brought; its next step becomes the delegation's."""
    if kind not in ("note", "call"):
        raise Invalid(_("Choose one from the list."), "kind")
    if not text.strip():
        raise Invalid(_("Write what was said."), "text")
    note = DelegationNote(
        event_id=delegation.event_id,
        delegation_id=delegation.id,
        kind=kind,
        text=text.strip(),
        phone=phone.strip()[:60],
        written_by=actor.label,
        next_step=next_step.strip(),
        next_step_on=next_step_on,
    )
    db.session.add(note)
    delegation.next_step, delegation.next_step_on = note.next_step, next_step_on
    db.session.flush()
    record(actor, f"delegation.{kind}", [Subject("delegation", delegation.ref, hidden=("text",))],
           event_id=delegation.event_id)  # fmt: skip
    return note


def add_contacts(
    delegation: Delegation, contacts: Sequence[dict[str, str]], *, actor: Actor
) -> list[DelegationContact]:
    """Add people or mailboxes to write to: name, function, email, phone; one of them is enough."""
    rows = []
    for given in contacts:
        values = {key: given.get(key, "").strip() for key in ("name", "function", "email", "phone")}
        if not (values["email"] or values["phone"]):
            raise Invalid(_("Write an e-mail address or a telephone number."), "email")
        rows.append(
            DelegationContact(event_id=delegation.event_id, delegation_id=delegation.id, **values)
        )
    db.session.add_all(rows)
    db.session.flush()
    hidden = ("name", "email", "phone")
    record(
        actor,
        "delegation.add_contact",
        [Subject("delegation", delegation.ref, hidden=hidden)],
        event_id=delegation.event_id,
    )
    return rows


def remove_contact(contact: DelegationContact, *, actor: Actor) -> None:
    """Remove somebody to write to."""
    record(
        actor,
        "delegation.remove_contact",
        [Subject("delegation_contact", contact.ref)],
        event_id=contact.event_id,
    )
    db.session.delete(contact)
    db.session.flush()
