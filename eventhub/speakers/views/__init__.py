"""Pages of speakers: the team's list and record, invitations, and the speaker's own."""

from eventhub.speakers.views import inviting, own, people, record
from eventhub.speakers.views.blueprint import bp

__all__ = ["bp", "inviting", "own", "people", "record"]
