"""One-time codes of invitations: made again from the key ring whenever a letter is, never stored.

What is stored is a keyed digest, by which a typed code is found (R1.33).
"""

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.delegations.models import Invitation
from eventhub.delegations.rules import code_from, plain_code
from eventhub.keys.ring import ring

PURPOSE = "invitations"


def newest_key() -> str:
    """Return the id of the key that codes are made with now."""
    return ring().newest(PURPOSE)


def make_code(ref: str, number: int, key_id: str) -> str:
    """Return the code of an invitation, always the same for the same number and key."""
    return code_from(ring().mac(PURPOSE, f"code:{ref}:{number}", key_id))


def hash_code(code: str, key_id: str) -> str:
    """Return what is stored of a code."""
    return ring().mac(PURPOSE, f"hash:{code}", key_id).hex()


def code_of(invitation: Invitation) -> str:
    """Return the code that stands on an invitation."""
    return make_code(invitation.ref, invitation.code_number, invitation.code_key)


def find_by_code(event_id: int, typed: str) -> Invitation | None:
    """Return the invitation of the event with this code, claimed or not, while it is good."""
    code = plain_code(typed)
    keys = db.session.scalars(
        select(Invitation.code_key).where(Invitation.event_id == event_id).distinct()
    ).all()
    hashes = [hash_code(code, key_id) for key_id in keys] if code else []
    query = select(Invitation).where(
        Invitation.event_id == event_id,
        Invitation.code_hash.in_(hashes),
        Invitation.code_expires_at > clock.now(),
    )
    return db.session.scalar(query)
