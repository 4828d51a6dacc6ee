"""What can be done to the agenda."""

from eventhub.agenda.services.copying import copy_programme
from eventhub.agenda.services.findings import accept_finding, withdraw_acceptance
from eventhub.agenda.services.publishing import (
    Pending,
    publish_agenda,
    queue_render,
    what_would_change,
)
from eventhub.agenda.services.sessions import (
    SessionValues,
    add_session,
    cancel_session,
    change_session,
    remove_session,
    reopen_session,
)
from eventhub.agenda.services.speakers import (
    add_speaker,
    add_track,
    change_speaker,
    change_track,
    name_speakers,
    remove_speaker,
    remove_track,
)

__all__ = [
    "Pending",
    "SessionValues",
    "accept_finding",
    "add_session",
    "add_speaker",
    "add_track",
    "cancel_session",
    "change_session",
    "change_speaker",
    "change_track",
    "copy_programme",
    "name_speakers",
    "publish_agenda",
    "queue_render",
    "remove_session",
    "remove_speaker",
    "remove_track",
    "reopen_session",
    "what_would_change",
    "withdraw_acceptance",
]
