"""What questionnaires contribute to events: their copies, and lines of the privacy notice."""

from collections.abc import Sequence

from eventhub.core.actor import Actor
from eventhub.events.models import Event
from eventhub.events.seams import CLONE_STEPS, PRIVACY_FIELDS, IdMap, PrivacyLine, clones
from eventhub.i18n import Translated, _, ngettext
from eventhub.people.seams import PERSONAL_DATA
from eventhub.questionnaires.personal import PERSONAL
from eventhub.questionnaires.queries import questions_of
from eventhub.questionnaires.services import copy_questionnaires, make_ready


def connect() -> None:
    """Register the copying of questionnaires and their lines of the privacy notice."""
    if copy not in CLONE_STEPS:
        CLONE_STEPS.append(copy)
    if privacy_lines not in PRIVACY_FIELDS:
        PRIVACY_FIELDS.append(privacy_lines)
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)


@clones("questionnaire")
def copy(from_event_id: int, to_event_id: int, ids: IdMap, *, actor: Actor) -> None:
    """Copy what an event asks; answers stay where they are."""
    ids["questionnaire"] = copy_questionnaires(from_event_id, to_event_id)


def event_created(event: Event) -> None:
    """Give a new event the ready questionnaires of its preset."""
    make_ready(event.id, event.preset)


def privacy_lines(event_id: int) -> Sequence[PrivacyLine]:
    """Return what each question is asked for, on what ground, and how long it is kept."""
    bases = {
        "consent": _("your consent, which you can take back"),
        "public_task": _("the task of holding the meeting"),
    }
    return [
        PrivacyLine(
            Translated(question.labels).pick(),
            Translated(question.purposes).pick(),
            bases.get(question.basis, question.basis),
            ngettext(
                "until one day after the event",
                "until %(n)s days after the event",
                question.keep_days,
            ),
        )
        for asked in questions_of(event_id)
        for question in asked.questions
    ]
