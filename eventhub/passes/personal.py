"""A person's pass: in their copy, and void once they are forgotten."""

from eventhub.core.actor import Actor
from eventhub.passes.queries import find_pass, reissues_of
from eventhub.passes.services import void
from eventhub.people.seams import Held, PersonalData, Whose


def held(whose: Whose) -> Held:
    """Return the pass without its token: that is made anew from the key ring, not kept."""
    entry = find_pass(whose.event_id, whose.pass_id) if whose.event_id and whose.pass_id else None
    if entry is None:
        return Held()
    row = {
        "issue": entry.issue,
        "state": entry.state,
        "void_because": entry.void_reason,
        "made_at": whose.time(entry.created_at),
        "expires_at": whose.time(entry.expires_at),
        "void_since": whose.time(entry.voided_at),
    }
    lost = [
        {"issue": one.issue, "because": one.reason, "document_shown": one.document,
         "made_at": whose.time(one.at)}
        for one in reissues_of(entry)
    ]  # fmt: skip
    return Held({"pass": [row], "pass_reissue": lost})


def erase(whose: Whose, *, actor: Actor) -> None:
    """Let the pass open no door any more; the row says nothing of the person."""
    if whose.event_id is not None and whose.pass_id is not None:
        void(whose.event_id, [whose.pass_id], reason="erased")


PERSONAL = PersonalData("passes", frozenset({"pass", "pass_reissue"}), held, erase)
