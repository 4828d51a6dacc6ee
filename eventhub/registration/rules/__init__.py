"""What is true of registrations without asking a database: states, names, fields, waiting."""

from eventhub.registration.rules.address import propose_honorific, propose_salutation, title_in
from eventhub.registration.rules.fields import (
    BADGE_FIELDS,
    CONSENTS,
    DATES,
    FIELDS,
    FOR_STAFF,
    FREE_EDIT,
    IDENTITY,
    NEEDS,
    NEEDS_APPROVAL,
    RETURNABLE,
    reopened,
    split_changes,
)
from eventhub.registration.rules.modes import (
    MODES,
    NOT_ON_SCREEN,
    joining_address,
    modes_of_event,
    screen_name,
)
from eventhub.registration.rules.names import Name, capitals, name_key
from eventhub.registration.rules.reminders import REMINDED_BEFORE, reminder_due
from eventhub.registration.rules.settings import (
    RegistrationSettings,
    RemoteSettings,
    is_within_grace,
)
from eventhub.registration.rules.states import (
    ENDED,
    HELD,
    OPEN,
    REASONS,
    SEAT_STATES,
    TRANSITIONS,
    VOID_PASS,
    State,
    Who,
    may_move,
)
from eventhub.registration.rules.waiting import Turn, Waiting, in_turn

__all__ = [
    "BADGE_FIELDS",
    "CONSENTS",
    "DATES",
    "ENDED",
    "FIELDS",
    "FOR_STAFF",
    "FREE_EDIT",
    "HELD",
    "IDENTITY",
    "MODES",
    "NEEDS",
    "NEEDS_APPROVAL",
    "NOT_ON_SCREEN",
    "OPEN",
    "REASONS",
    "REMINDED_BEFORE",
    "RETURNABLE",
    "SEAT_STATES",
    "TRANSITIONS",
    "VOID_PASS",
    "Name",
    "RegistrationSettings",
    "RemoteSettings",
    "State",
    "Turn",
    "Waiting",
    "Who",
    "capitals",
    "in_turn",
    "is_within_grace",
    "joining_address",
    "may_move",
    "modes_of_event",
    "name_key",
    "propose_honorific",
    "propose_salutation",
    "reminder_due",
    "reopened",
    "screen_name",
    "split_changes",
    "title_in",
]
