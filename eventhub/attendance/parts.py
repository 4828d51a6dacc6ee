"""What attendance contributes to the packages around it."""

from eventhub.agenda.seams import SESSION_HOLDS
from eventhub.attendance.models import AttendanceCorrection
from eventhub.attendance.own import panel
from eventhub.attendance.permissions import VIEW
from eventhub.attendance.personal import PERSONAL
from eventhub.i18n import _
from eventhub.people.seams import PERSONAL_DATA
from eventhub.registration.seams import PERSONAL_PANELS
from eventhub.web.seams import NAV, NavEntry

ENTRY = NavEntry(
    "attendance.show_attendance", lambda _place: _("Attendance"), VIEW, 71,
    switch="certificates", prefixes=("attendance.",), under="certificates.show_certificates",
)  # fmt: skip


def connect() -> None:
    """Put the parts where lower packages look for them; twice is harmless."""
    if ENTRY not in NAV:
        NAV.append(ENTRY)
    SESSION_HOLDS[AttendanceCorrection] = lambda: _("corrected attendance")
    if panel not in PERSONAL_PANELS:
        PERSONAL_PANELS.append(panel)
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)
