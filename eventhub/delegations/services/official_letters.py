"""Official letters: received with their content checked, verified, refused, superseded."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from PIL import Image
from sqlalchemy import func, select

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.delegations import signals
from eventhub.delegations.models import Delegation, FocalPoint, OfficialLetter
from eventhub.delegations.queries import get_delegation_by_id
from eventhub.delegations.rules import (
    CLAIMED,
    LETTER_KINDS,
    MOST_LETTER_BYTES,
    RECEIVED,
    REFUSALS,
    REFUSED,
    SUPERSEDED,
    VERIFIED,
    file_name,
    kind_of_file,
)
from eventhub.delegations.services.focal_points import confirm_focal_point
from eventhub.delegations.services.opening import end_preparation, lock_delegation
from eventhub.files.services import store_file
from eventhub.i18n import _

MOST_PIXELS = 60_000_000


def receive_letter(
    delegation: Delegation,
    data: bytes,
    *,
    name: str,
    kind: str = "nomination",
    reference_no: str = "",
    dated_on: date | None = None,
    signatory: str = "",
    languages: Sequence[str] = (),
    supersedes: OfficialLetter | None = None,
    point: FocalPoint | None = None,
    actor: Actor,
) -> OfficialLetter:
    """Keep a letter of the delegation as its next version; it counts once it is verified.

    Invalid on "file" where it is no PDF, JPEG or PNG by its content, or too large. `point` is the
    focal point whom it names.
    """
    media_type, ending = _checked(data)
    if kind not in LETTER_KINDS:
        raise Invalid(_("Choose one from the list."), "kind")
    if supersedes is not None and supersedes.delegation_id != delegation.id:
        raise Invalid(_("Choose one from the list."), "supersedes")
    lock_delegation(delegation)
    last = db.session.scalar(
        select(func.max(OfficialLetter.version)).where(
            OfficialLetter.event_id == delegation.event_id,
            OfficialLetter.delegation_id == delegation.id,
        )
    )
    stored = store_file(
        data,
        event_id=delegation.event_id,
        data_class="letter",
        name=file_name(name, ending),
        media_type=media_type,
    )
    letter = OfficialLetter(
        event_id=delegation.event_id,
        delegation_id=delegation.id,
        version=(last or 0) + 1,
        kind=kind,
        reference_no=reference_no.strip()[:80],
        dated_on=dated_on,
        signatory=signatory.strip()[:250],
        languages=list(languages),
        file_id=stored.id,
        supersedes_id=supersedes.id if supersedes else None,
        sent_by=actor.label,
    )
    db.session.add(letter)
    db.session.flush()
    if point is not None:
        point.letter_id = letter.id
    changes = {"state": (None, RECEIVED), "version": (None, letter.version)}
    _note(letter, "letter.receive", changes, actor)
    return letter


def verify_letter(letter: OfficialLetter, *, actor: Actor) -> OfficialLetter:
    """Let the letter count: what it supersedes counts no more, claims it names are confirmed.

    With it the delegation's preparation ends, and everybody entered meanwhile goes on (R1.33).
    """
    delegation = lock_delegation(get_delegation_by_id(letter.event_id, letter.delegation_id))
    _decide(letter, VERIFIED, actor=actor)
    if letter.supersedes_id is not None:
        old = db.session.get_one(OfficialLetter, letter.supersedes_id)
        if old.state in (VERIFIED, RECEIVED):
            _note(old, "letter.supersede", {"state": (old.state, SUPERSEDED)}, actor)
            old.state = SUPERSEDED
    db.session.flush()
    signals.letter_verified.send(letter.event_id, letter=letter)
    for point in _claims(letter):
        confirm_focal_point(point, letter=letter, actor=actor)
    end_preparation(delegation, actor=actor)
    return letter


def refuse_letter(
    letter: OfficialLetter, *, reason: str, text: str = "", actor: Actor
) -> OfficialLetter:
    """Say that the letter does not count, and why; the delegation may send another one."""
    if reason not in REFUSALS:
        raise Invalid(_("Choose a reason."), "reason")
    if reason == "other" and not text.strip():
        raise Invalid(_("Say what the reason is."), "text")
    _decide(letter, REFUSED, actor=actor)
    letter.reason, letter.reason_text = reason, text.strip()[:250]
    db.session.flush()
    return letter


def _decide(letter: OfficialLetter, state: str, *, actor: Actor) -> None:
    db.session.refresh(letter, with_for_update=True)
    if letter.state != RECEIVED:
        raise Conflict(_("Somebody decided on this letter meanwhile. Look at it again."))
    _note(letter, f"letter.{'verify' if state == VERIFIED else 'refuse'}",
          {"state": (letter.state, state)}, actor)  # fmt: skip
    letter.state, letter.decided_by, letter.decided_at = state, actor.label, clock.now()


def _claims(letter: OfficialLetter) -> Sequence[FocalPoint]:
    query = select(FocalPoint).where(
        FocalPoint.event_id == letter.event_id,
        FocalPoint.delegation_id == letter.delegation_id,
        FocalPoint.state == CLAIMED,
    )
    return db.session.scalars(query.order_by(FocalPoint.id)).all()


def _checked(data: bytes) -> tuple[str, str]:
    if not data:
        raise Invalid(_("Choose the file of the letter."), "file")
    if len(data) > MOST_LETTER_BYTES:
        raise Invalid(_("The file is larger than 10 MB. Scan it in grey, or send fewer pages."),
                      "file")  # fmt: skip
    found = kind_of_file(data)
    if found is None or not _opens(data, found[0]):
        raise Invalid(_("This is not a PDF, JPEG or PNG file. Save or scan the letter as PDF."),
                      "file")  # fmt: skip
    return found


def _opens(data: bytes, media_type: str) -> bool:
    if media_type == "application/pdf":
        return b"%%EOF" in data[-2048:] and b"startxref" in data[-4096:]
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MOST_PIXELS:
                return False
            image.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


def _note(
    letter: OfficialLetter, action: str, changes: dict[str, tuple[Any, Any]], actor: Actor
) -> None:
    record(actor, action, [Subject("official_letter", letter.ref, changes)],
           event_id=letter.event_id)  # fmt: skip
