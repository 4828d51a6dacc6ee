"""Invitations: prepared with their codes, cleared, sent; the codes good until the deadline."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select, update

from eventhub.audit.services import Subject, record
from eventhub.core import clock, ids
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.delegations.codes import hash_code, make_code, newest_key
from eventhub.delegations.models import Delegation, Invitation
from eventhub.delegations.rules import (
    CLEARED,
    DRAFT,
    FORMS,
    SENT,
    WAYS,
    plain_code,
    reference_numbers,
)
from eventhub.events.models import Event
from eventhub.i18n import LANGUAGES, _
from eventhub.protocol.queries import languages_at


def prepare_invitations(
    event: Event,
    delegations: Sequence[Delegation],
    *,
    form: str,
    languages: Mapping[int, str] | None = None,
    language: str | None = None,
    numbering: str = "{n}/{year}",
    dated_on: date | None = None,
    actor: Actor,
) -> list[Invitation]:
    """Prepare the invitation of each delegation that has none yet, with number, date and code.

    `languages` by delegation id go before `language`; with neither each is written in the
    language of its addressee (R1.13). Returns the new ones, in the order given.
    """
    if form not in FORMS:
        raise Invalid(_("Choose one from the list."), "form")
    if "{n}" not in numbering:
        raise Invalid(_("Write {n} where the number stands."), "numbering")
    query = select(Invitation.delegation_id).where(Invitation.event_id == event.id)
    have = set(db.session.scalars(query))
    new = [one for one in delegations if one.id not in have]
    day = dated_on or clock.now().date()
    numbers = reference_numbers(numbering, first=_next_number(event.id), count=len(new),
                                year=day.year)  # fmt: skip
    own = languages_at(event.id, (one.entity_id for one in new))
    key_id, rows = newest_key(), []
    for one, number in zip(new, numbers, strict=True):
        ref = ids.new_ref()
        wanted = (languages or {}).get(one.id, language or own[one.entity_id])
        rows.append(
            Invitation(
                ref=ref,
                event_id=event.id,
                delegation_id=one.id,
                form=form,
                language=wanted if wanted in LANGUAGES else "en",
                reference_no=number[:80],
                dated_on=day,
                code_key=key_id,
                code_hash=hash_code(make_code(ref, 1, key_id), key_id),
                code_expires_at=event.registration_closes_at,
            )
        )
    db.session.add_all(rows)
    db.session.flush()
    _note(event.id, "invitation.prepare", rows, actor)
    return rows


def change_invitation(
    invitation: Invitation,
    *,
    version: int,
    form: str,
    language: str,
    reference_no: str,
    dated_on: date,
    actor: Actor,
) -> None:
    """Change what an invitation says, until it is sent; it must be cleared again."""
    if invitation.version != version:
        raise Conflict(_("Somebody else changed this meanwhile. Reload the page and try again."))
    if invitation.state == SENT:
        raise Conflict(_("This invitation was sent already."))
    if form not in FORMS:
        raise Invalid(_("Choose one from the list."), "form")
    if language not in LANGUAGES:
        raise Invalid(_("Choose one from the list."), "language")
    invitation.form, invitation.language = form, language
    invitation.reference_no, invitation.dated_on = reference_no.strip()[:80], dated_on
    invitation.state = DRAFT
    invitation.version += 1
    db.session.flush()
    _note(invitation.event_id, "invitation.change", [invitation], actor)


def clear_invitations(invitations: Sequence[Invitation], *, actor: Actor) -> list[Invitation]:
    """Say that these texts may go out; those sent already stay as they are."""
    return _move(invitations, DRAFT, CLEARED, "invitation.clear", actor)


def mark_sent(
    invitations: Sequence[Invitation], *, how: str, actor: Actor, file_id: int | None = None
) -> list[Invitation]:
    """Write down that cleared invitations were sent, and how; Conflict where one is not cleared."""
    if how not in WAYS:
        raise Invalid(_("Choose one from the list."), "how")
    if any(one.state == DRAFT for one in invitations):
        raise Conflict(_("Clear the text of this invitation first."))
    rows = _move(invitations, CLEARED, SENT, "invitation.send", actor)
    for row in rows:
        row.how, row.sent_at, row.file_id = how, clock.now(), file_id or row.file_id
    db.session.flush()
    return rows


def note_reminded(invitations: Sequence[Invitation]) -> None:
    """Count a reminder to each of these."""
    for row in invitations:
        row.reminders += 1
        row.reminded_at = clock.now()
    db.session.flush()


def renew_code(invitation: Invitation, *, event: Event, actor: Actor) -> None:
    """Make another code: the one printed before opens nothing any more."""
    key_id = newest_key()
    invitation.code_number += 1
    invitation.code_key = key_id
    code = make_code(invitation.ref, invitation.code_number, key_id)
    invitation.code_hash = hash_code(plain_code(code), key_id)
    invitation.code_expires_at = event.registration_closes_at
    invitation.claimed_at = None
    invitation.version += 1
    db.session.flush()
    _note(event.id, "invitation.renew_code", [invitation], actor)


def follow_deadline(event: Event, fields: frozenset[str] = frozenset(), **_more: object) -> None:
    """Let codes end with the deadline of nominations when it moves (a reaction)."""
    if fields & {"registration_closes", "registration_closes_at", "zone"}:
        db.session.execute(
            update(Invitation)
            .where(Invitation.event_id == event.id)
            .values(code_expires_at=event.registration_closes_at)
        )


def _next_number(event_id: int) -> int:
    query = select(func.count()).select_from(Invitation).where(Invitation.event_id == event_id)
    return (db.session.scalar(query) or 0) + 1


def _move(
    invitations: Sequence[Invitation], old: str, new: str, action: str, actor: Actor
) -> list[Invitation]:
    rows = [one for one in invitations if one.state == old]
    for row in rows:
        row.state = new
        row.version += 1
    db.session.flush()
    if rows:
        _note(rows[0].event_id, action, rows, actor)
    return rows


def _note(event_id: int, action: str, rows: Sequence[Invitation], actor: Actor) -> None:
    subjects = [Subject("invitation", row.ref, {"state": (None, row.state)}) for row in rows]
    if subjects:
        record(actor or SYSTEM, action, subjects, event_id=event_id)
