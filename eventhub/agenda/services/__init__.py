"""What can be done to the agenda."""

from eventhub.agenda.services.copying import copy_programme
from eventhub.agenda.services.findings import accept_finding, withdraw_acceptance
from eventhub.agenda.services.going_back import go_back, what_going_back_changes
from eventhub.agenda.services.holding import Refused
from eventhub.agenda.services.many import Entry, remove_sessions, write_sessions
from eventhub.agenda.services.moving import (
    MOST_AT_ONCE,
    Move,
    copy_sessions,
    move_sessions,
)
from eventhub.agenda.services.notices import news_of, queue_telling, readers_of, tell_readers
from eventhub.agenda.services.observances import keep_observances
from eventhub.agenda.services.placing import Place
from eventhub.agenda.services.presence import be_present, is_known
from eventhub.agenda.services.proposing import (
    Waiting,
    ask_two_persons,
    confirm_proposal,
    drop_proposal,
    may_confirm,
    propose_agenda,
    what_waits,
)
from eventhub.agenda.services.publishing import (
    Pending,
    Terms,
    appear,
    cancel_embargo,
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
    MOST_MINUTES,
    Part,
    add_speaker,
    add_track,
    change_speaker,
    change_track,
    name_speakers,
    remove_speaker,
    remove_track,
)
from eventhub.agenda.services.undoing import Outcome, redo, undo
from eventhub.agenda.services.zones import follow_zone

__all__ = [
    "MOST_AT_ONCE",
    "MOST_MINUTES",
    "Entry",
    "Move",
    "Outcome",
    "Part",
    "Pending",
    "Place",
    "Refused",
    "SessionValues",
    "Terms",
    "Waiting",
    "accept_finding",
    "add_session",
    "add_speaker",
    "add_track",
    "appear",
    "ask_two_persons",
    "be_present",
    "cancel_embargo",
    "cancel_session",
    "change_session",
    "change_speaker",
    "change_track",
    "confirm_proposal",
    "copy_programme",
    "copy_sessions",
    "drop_proposal",
    "follow_zone",
    "go_back",
    "is_known",
    "keep_observances",
    "may_confirm",
    "move_sessions",
    "name_speakers",
    "news_of",
    "propose_agenda",
    "publish_agenda",
    "queue_render",
    "queue_telling",
    "readers_of",
    "redo",
    "remove_session",
    "remove_sessions",
    "remove_speaker",
    "remove_track",
    "reopen_session",
    "tell_readers",
    "undo",
    "what_going_back_changes",
    "what_waits",
    "what_would_change",
    "withdraw_acceptance",
    "write_sessions",
]
