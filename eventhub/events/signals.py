"""What happens to events; each signal is sent inside the transaction, with the Event."""

from blinker import Signal

created = Signal()
"""A new event, its categories and zones are there; also sent for a copy and a rehearsal."""
changed = Signal()
"""Settings changed; `fields` is the frozenset of the names of the columns that did."""
published = Signal()
"""The event's page is public now, for the first time or again after it was postponed."""
postponed = Signal()
"""The event will not take place on its days; new ones may be named later."""
cancelled = Signal()
"""The event will not take place: passes are void, calendars say so."""
archived = Signal()
"""The event is over and nothing of it changes any more."""
