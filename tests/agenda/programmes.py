"""Programmes for tests; each test names only what it is about."""

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from eventhub.agenda import services
from eventhub.agenda.models import ProgrammeVersion, Session, Speaker
from eventhub.core.db import transaction
from eventhub.events.models import Event, EventRoom
from eventhub.events.services import add_room
from eventhub.i18n import Translated
from tests.factories import actor_with, make_event

EDITOR = actor_with("agenda.view", "agenda.edit", "agenda.publish")
_numbers = itertools.count(1)


def wall(text: str) -> datetime:
    """Return a wall time written like 2026-04-02T09:00."""
    return datetime.fromisoformat(text)


def make_xiamen(**given: Any) -> Event:
    """Return a forum on 2 and 3 April 2026 in Xiamen, in English and French."""
    values = {
        "slug": "xiamen-2026",
        "starts_on": date(2026, 4, 2),
        "ends_on": date(2026, 4, 3),
        "titles": Translated(en="The forum", fr="Le forum"),
        "languages": ["en", "fr"],
    }
    return make_event(**{**values, **given})


def make_room(event: Event, name: str = "Jimei Hall", **given: Any) -> EventRoom:
    """Return a room of the event."""
    code = given.pop("code", f"R{next(_numbers)}")
    with transaction():
        return add_room(event, code=code, names=Translated(en=name), actor=EDITOR, **given)


def values(event: Event, **given: Any) -> services.SessionValues:
    """Return values of a plenary of one hour, at nine on the event's first day."""
    nine = datetime.combine(event.starts_on, datetime.min.time()) + timedelta(hours=9)
    n = next(_numbers)
    starts = given.get("starts", nine)
    base: dict[str, Any] = {
        "code": f"{n}",
        "titles": Translated(en=f"Session {n}"),
        "kind": "plenary",
        "starts": starts,
        "ends": starts + timedelta(hours=1),
    }
    return services.SessionValues(**{**base, **given})


def make_session(event: Event, **given: Any) -> Session:
    """Return a session of the event's draft."""
    with transaction():
        return services.add_session(event, values(event, **given), actor=EDITOR)


def change(event: Event, session: Session, **given: Any) -> None:
    """Change a session of the draft, all else as it was."""
    names = services.SessionValues.__dataclass_fields__
    kept = {name: getattr(session, name) for name in names}
    kept |= {n: tuple(kept[n]) for n in ("admit", "floor_languages", "interpretation", "breaks")}
    with transaction():
        services.change_session(
            event,
            session,
            services.SessionValues(**{**kept, **given}),
            version=session.version,
            actor=EDITOR,
        )


def make_speaker(event: Event, name: str = "Ms. Ama TETTEH", **given: Any) -> Speaker:
    """Return somebody on the programme."""
    posts = given.pop("posts", Translated(en="Minister"))
    with transaction():
        return services.add_speaker(event.id, printed_name=name, posts=posts, actor=EDITOR, **given)


def name_speakers(session: Session, *parts: tuple[Speaker, str]) -> None:
    """Say who speaks in the session."""
    with transaction():
        services.name_speakers(
            session, [(speaker.id, role) for speaker, role in parts], actor=EDITOR
        )


def publish(event: Event, note: str = "") -> ProgrammeVersion:
    """Publish the draft."""
    with transaction():
        return services.publish_agenda(event, note=note, actor=EDITOR)


def make_many(event: Event, count: int) -> None:
    """Add sessions in one room, all chaired by one speaker."""
    room, speaker = make_room(event), make_speaker(event)
    for _number in range(count):
        name_speakers(make_session(event, room_id=room.id), (speaker, "chair"))
