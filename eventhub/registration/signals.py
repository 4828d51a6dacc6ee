"""What happened to registrations; sent with the event's id, `registrations` is a list.

Sent inside the transaction, once for all that moved together:
`accredited.send(event_id, registrations=[...])`.
"""

from blinker import Signal

submitted = Signal()
"""They were sent (or sent again after a correction), whatever state followed."""
accredited = Signal()
"""They are confirmed and have a pass."""
ended = Signal()
"""They are rejected, withdrawn, replaced or revoked; passes are void."""
changed = Signal()
"""Names, entity, category or other printed fields changed; `fields` is a frozenset of names."""
