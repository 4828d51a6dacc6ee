"""How roles are called and described."""

from eventhub.i18n import lazy_gettext

NAMES = {
    "site_administrator": lazy_gettext("Site administrator"),
    "institution_administrator": lazy_gettext("Institution administrator"),
    "institution_organiser": lazy_gettext("Organiser of the institution"),
    "event_owner": lazy_gettext("Event owner"),
    "secretariat": lazy_gettext("Secretariat"),
    "protocol": lazy_gettext("Protocol"),
    "media_desk": lazy_gettext("Media desk"),
    "civil_society_desk": lazy_gettext("Civil society desk"),
    "programme_desk": lazy_gettext("Programme desk"),
    "host_security": lazy_gettext("Host security"),
    "agenda_editor": lazy_gettext("Programme editor"),
    "badge_desk": lazy_gettext("Badge desk"),
    "door_staff": lazy_gettext("Door staff"),
    "focal_point": lazy_gettext("Focal point"),
    "liaison_officer": lazy_gettext("Liaison officer"),
    "observer": lazy_gettext("Observer"),
}

SENTENCES = {
    "site_administrator": lazy_gettext("Looks after the installation; sees no participants."),
    "institution_administrator": lazy_gettext("Looks after the institution and its team."),
    "institution_organiser": lazy_gettext("Creates events and becomes their owner."),
    "event_owner": lazy_gettext("May do everything at this event."),
    "secretariat": lazy_gettext("Runs delegations, decides on delegates, prints badges."),
    "protocol": lazy_gettext("Decides on very important persons and their company."),
    "media_desk": lazy_gettext("Decides on the press."),
    "civil_society_desk": lazy_gettext("Decides on organizations of civil society."),
    "programme_desk": lazy_gettext("Decides on speakers or on trainees."),
    "host_security": lazy_gettext("Decides on security and liaison officers."),
    "agenda_editor": lazy_gettext("Edits and publishes the programme."),
    "badge_desk": lazy_gettext("Registers, prints and admits at the desk."),
    "door_staff": lazy_gettext("Admits at the gates."),
    "focal_point": lazy_gettext("Names and looks after a delegation."),
    "liaison_officer": lazy_gettext("Meets a delegation and sees when its people come and go."),
    "observer": lazy_gettext("Reads the log of what was done."),
}


def role_name(role: str) -> str:
    """Return the role's name in the present language."""
    return str(NAMES[role])


def role_sentence(role: str) -> str:
    """Return one sentence about what the role does."""
    return str(SENTENCES[role])
