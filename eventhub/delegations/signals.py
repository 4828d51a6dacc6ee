"""What happened to delegations; sent with the event's id inside the transaction."""

from blinker import Signal

opened = Signal()
"""A delegation left preparation: `opened.send(event_id, delegation=..., actor=...)` (R1.33)."""
letter_verified = Signal()
"""An official letter counts from now on: `letter_verified.send(event_id, letter=...)`."""
