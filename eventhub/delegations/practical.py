"""Ready headings of the information note: what the event says under each (R1.35)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eventhub.core.actor import Actor
from eventhub.events.models import Event
from eventhub.events.queries import setting
from eventhub.events.services import change_setting
from eventhub.i18n import Translated, lazy_gettext

FEATURE = "information_note"
HEADINGS = {
    "badge_hours": lazy_gettext("Badge hours"),
    "visa": lazy_gettext("Visa"),
    "health": lazy_gettext("Health"),
    "climate": lazy_gettext("Climate"),
    "electricity": lazy_gettext("Electricity and plugs"),
    "emergency": lazy_gettext("Emergency numbers"),
}
"""In the order of the note; one without a text is left out of it."""


@dataclass(frozen=True, slots=True)
class Practical:
    """What the event says under each heading: by heading, texts by language."""

    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def practical_of(event_id: int) -> dict[str, Translated]:
    """Return what the event says under each of HEADINGS, in their order."""
    texts = setting(event_id, FEATURE, Practical).texts
    return {code: Translated(texts.get(code, {})) for code in HEADINGS}


def change_practical(event: Event, texts: Mapping[str, Translated], *, actor: Actor) -> None:
    """Write what the event says under these headings; the others stay as they are."""
    kept = {code: dict(text) for code, text in practical_of(event.id).items() if text}
    new = kept | {code: dict(text) for code, text in texts.items() if code in HEADINGS}
    known = {code: text for code, text in new.items() if text}
    change_setting(event, FEATURE, {"texts": known}, actor=actor)
