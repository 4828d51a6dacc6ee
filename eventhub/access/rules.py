"""The table of roles. One place, read by everybody, changed by nobody at run time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Level(StrEnum):
    """Where a role is granted."""

    INSTALLATION = "installation"
    INSTITUTION = "institution"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Role:
    """A role: where it is granted, what it allows, whether it ends with the event (R1.37)."""

    code: str
    level: Level
    permissions: frozenset[str]
    temporary: bool = False
    is_desk: bool = False
    """A desk decides only on the categories whose approver carries its name (R1.7)."""


LOOK = {"event.view", "agenda.view", "figures.view"}
PEOPLE = {"registration.view", "registration.decide", "registration.enter", "photo.review"}
AGENDA = {"agenda.view", "agenda.edit", "agenda.publish"}
DOOR = {"checkin.view", "checkin.scan"}
DESK = {"checkin.desk", "registration.enter", "badge.print"}
ARRIVALS = {"arrival.view", "arrival.edit", "arrival.arrange"}

BEYOND_DESK = frozenset(ARRIVALS)
"""What a desk does for everybody, not only for the categories it decides on: a car takes whole
delegations."""


ENDS_WITH_EVENT = (
    frozenset(PEOPLE | AGENDA | DOOR | DESK | ARRIVALS)
    | {"event.edit", "event.publish", "category.edit", "gate.edit", "checkin.undo"}
    | {"checkin.supervise", "delegation.edit", "delegation.vouch", "protocol.order"}
    | {"registration.reinstate", "ticket.make", "floor_card.hand", "floor.run", "badge.design"}
) - {"registration.view", "agenda.view", "checkin.view", "arrival.view"}
"""What nobody may at an archived event, whatever their role: its pages stay, nothing changes.
Erasing people, certificates, copying and looking go on."""


def _role(code: str, level: Level, *sets: set[str], **flags: bool) -> Role:
    return Role(code, level, frozenset().union(*sets), **flags)


_ALL_ROLES = (
    _role(
        "site_administrator",
        Level.INSTALLATION,
        {"installation.manage", "institution.create", "institution.edit"},
        {"job.manage", "mail.manage", "key.manage"},
        {"team.manage", "audit.view_installation", "group.edit", "group.edit_shared"},
        {"entity.edit"},
    ),
    _role(
        "institution_administrator",
        Level.INSTITUTION,
        {"institution.edit", "team.manage", "venue.edit", "event.create", "event.list"},
        {"group.edit"},
    ),
    _role(
        "institution_organiser",
        Level.INSTITUTION,
        {"venue.edit", "event.create", "event.list", "group.edit"},
    ),
    _role(
        "event_owner",
        Level.EVENT,
        LOOK,
        PEOPLE,
        AGENDA,
        DOOR,
        DESK,
        ARRIVALS,
        {"event.edit", "event.publish", "event.cancel", "event.copy", "team.manage"},
        {"registration.reinstate", "registration.see_needs", "registration.erase"},
        {"delegation.view", "delegation.edit", "delegation.vouch"},
        {"attendance.view", "attendance.correct", "attendance.decide"},
        {"certificate.view", "certificate.issue", "certificate.revoke", "gate.edit"},
        {"audit.view", "message.view", "message.retry"},
        {"category.edit", "checkin.undo", "checkin.supervise", "protocol.order"},
        {"ticket.make", "floor_card.hand", "floor.run", "badge.design"},
    ),
    _role(
        "secretariat",
        Level.EVENT,
        LOOK,
        PEOPLE,
        ARRIVALS,
        {"delegation.view", "delegation.edit", "delegation.vouch", "registration.reinstate"},
        {"registration.see_needs", "protocol.order", "ticket.make"},
        {"floor_card.hand", "floor.run", "badge.design"},
        {"attendance.view", "attendance.correct"},
        {"badge.print", "certificate.view", "certificate.revoke", "message.view", "message.retry"},
        is_desk=True,
    ),
    _role(
        "protocol",
        Level.EVENT,
        LOOK,
        PEOPLE,
        ARRIVALS,
        {"delegation.view", "protocol.order"},
        {"floor_card.hand", "floor.run", "badge.design"},
        is_desk=True,
    ),
    _role("media_desk", Level.EVENT, LOOK, PEOPLE, is_desk=True),
    _role("civil_society_desk", Level.EVENT, LOOK, PEOPLE, is_desk=True),
    _role("programme_desk", Level.EVENT, LOOK, PEOPLE, is_desk=True),
    _role("host_security", Level.EVENT, LOOK, PEOPLE, is_desk=True),
    _role("agenda_editor", Level.EVENT, {"event.view"}, AGENDA),
    _role(
        "badge_desk",
        Level.EVENT,
        {"event.view"},
        DOOR,
        DESK,
        {"checkin.undo", "floor_card.hand"},
        temporary=True,
    ),
    _role("door_staff", Level.EVENT, DOOR, temporary=True),
    _role(
        "focal_point",
        Level.EVENT,
        {"delegation.view", "delegation.vouch", "arrival.view", "arrival.edit"},
    ),
    _role("liaison_officer", Level.EVENT, {"arrival.view"}),
    _role("observer", Level.EVENT, {"audit.view", "event.view"}),
)

SCOPED = {
    "categories": frozenset(role.code for role in _ALL_ROLES if role.is_desk),
    "gates": frozenset({"door_staff", "badge_desk"}),
    "delegations": frozenset({"focal_point", "liaison_officer"}),
}
"""By kind of scope: the roles that may be given for a part only."""

ROLES: dict[str, Role] = {role.code: role for role in _ALL_ROLES}

DESKS = frozenset(role.code for role in _ALL_ROLES if role.is_desk)

OUTLIVES_EVENT = timedelta(hours=48)


def holds_at(
    role: Role,
    *,
    ends_at: datetime | None,
    event_ends_at: datetime | None,
    lasting: bool,
    instant: datetime,
) -> bool:
    """Tell whether a grant of the role still counts at this instant (R1.37).

    A temporary role ends 48 hours after the event, unless the grant is marked lasting (demo).
    """
    if ends_at is not None and instant >= ends_at:
        return False
    ends_with_event = role.temporary and not lasting and event_ends_at is not None
    return not (ends_with_event and event_ends_at and instant >= event_ends_at + OUTLIVES_EVENT)
