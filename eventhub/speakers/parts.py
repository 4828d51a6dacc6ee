"""What speakers contribute to lower packages: letters, checks of the programme, personal data."""

from eventhub.agenda.lint import CHECKS
from eventhub.mail.seams import MESSAGES
from eventhub.people.seams import PERSONAL_DATA
from eventhub.speakers.checks import CHECK
from eventhub.speakers.messages import WORDED
from eventhub.speakers.personal import PERSONAL


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    MESSAGES.update(WORDED)
    if CHECK not in CHECKS:
        CHECKS.append(CHECK)
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)
