"""The programme of an event: set up, published, and for one event revised."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from eventhub.agenda.models import Session, Speaker, Track
from eventhub.agenda.queries import sessions_of, tracks_of
from eventhub.agenda.services import (
    Part,
    SessionValues,
    add_session,
    add_speaker,
    add_track,
    change_session,
    name_speakers,
    publish_agenda,
)
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.demo import content
from eventhub.demo.content import OFF_SITE
from eventhub.demo.content.papers import minutes_of
from eventhub.demo.content.shapes import DemoEvent, DemoSession
from eventhub.demo.loading.asking_speakers import ask_speakers
from eventhub.demo.loading.crew import Crew, acting
from eventhub.demo.loading.papers import attach_papers, write_items
from eventhub.demo.loading.steps import instant
from eventhub.entities.queries import get_entity
from eventhub.events.models import Event
from eventhub.events.queries import rooms_of
from eventhub.i18n import Translated
from eventhub.photos.portrait import square_of
from eventhub.photos.services import keep_photo
from eventhub.rehearsals.portraits import portrait_of

MADE_BEFORE = timedelta(days=40)
PUBLISHED_BEFORE = timedelta(days=29)

LETTERS = {
    "BEN": "fr", "BFA": "fr", "CHN": "zh", "DZA": "ar", "MAR": "ar", "MDG": "fr", "MLI": "fr",
    "MOZ": "pt", "MRT": "ar", "NER": "fr", "TUN": "ar",
}  # fmt: skip
"""The language in which speakers of some States are written to; others in the event's first."""

MOVED = {("xiamen-2024", "2.3"): "XMN-PRESS"}
"""Sessions that stood in another room when the programme was first published."""

REVISED_BEFORE = timedelta(days=8)
OFF_SITE_NOTE = Translated(
    en="Off site", fr="Hors site", zh="会场外", ar="خارج المقر", es="Fuera de la sede",
    ru="Вне места проведения", pt="Fora do local",
)  # fmt: skip


def write_programme(one: DemoEvent, event: Event, crew: Crew) -> None:
    """Set up tracks, speakers and sessions, and publish the programme four weeks before."""
    actor = acting(crew["editor"], event)
    with clock.at(_before(one, event, MADE_BEFORE)):
        tracks = {
            track.code: add_track(event.id, track.code, track.title, place=place, actor=actor)
            for place, track in enumerate(one.tracks)
        }
        speakers = _speakers(one, event, actor)
        for session in one.sessions:
            room = MOVED.get((one.slug, session.code), session.room)
            values = _values(one, event, session, room, tracks)
            row = add_session(event, values, actor=actor)
            _name(one, session, row, speakers, actor)
        write_items(event, actor)
    ask_speakers(one, event, crew)
    made, published = (_before(one, event, ago) for ago in (MADE_BEFORE, PUBLISHED_BEFORE))
    attach_papers(event, actor, since=made, until=published)
    with clock.at(published):
        publish_agenda(event, actor=actor)


def is_revised(one: DemoEvent) -> bool:
    """Tell whether the programme was revised after it was published."""
    return any(slug == one.slug for slug, _code in MOVED)


def revise_programme(one: DemoEvent, event: Event, crew: Crew) -> None:
    """Move the sessions whose room changed, and publish the revision a week before."""
    actor = acting(crew["editor"], event)
    moved = {code for slug, code in MOVED if slug == one.slug}
    rows = {row.code: row for row in sessions_of(event.id)}
    tracks = {row.code: row for row in tracks_of(event.id)}
    published, revised = (_before(one, event, ago) for ago in (PUBLISHED_BEFORE, REVISED_BEFORE))
    attach_papers(event, actor, since=published, until=revised)
    with clock.at(revised):
        for session in one.sessions:
            if session.code in moved:
                row = rows[session.code]
                values = _values(one, event, session, session.room, tracks)
                change_session(event, row, values, version=row.version, actor=actor)
        publish_agenda(event, note="Track 3 moves to another room", actor=actor)


def _before(one: DemoEvent, event: Event, before: timedelta) -> datetime:
    return instant(datetime.combine(one.starts_on, time(16)) - before, event)


def _speakers(one: DemoEvent, event: Event, actor: Actor) -> Mapping[str, Speaker]:
    """Make the people of the programme; named participants who speak are printed as they are."""
    made = {
        speaker.id: _speaker(
            event, actor, speaker.id, speaker.name, _last_first(speaker.name), speaker.gender,
            speaker.post, speaker.entity, speaker.biography,
        )
        for speaker in one.speakers
    }  # fmt: skip
    speaking = {who for session in one.sessions for ids in session.roles.values() for who in ids}
    for person in content.people():
        if person.id in speaking and person.event == one.slug:
            made[person.id] = _speaker(
                event, actor, person.id, person.printed_name,
                f"{person.family_name} {person.given_names}".strip(), person.gender,
                Translated({person.language: person.title}), person.entity, Translated(),
            )  # fmt: skip
    return made


def _last_first(name: str) -> str:
    first, _blank, last = name.rpartition(" ")
    return f"{last} {first}"


def _speaker(
    event: Event, actor: Actor, who: str, name: str, sort_name: str, gender: str,
    post: Translated, entity: str, biography: Translated,
) -> Speaker:  # fmt: skip
    photo = keep_photo(event.id, square_of(portrait_of(who, gender)), actor=actor)
    return add_speaker(
        event.id,
        printed_name=name,
        sort_name=sort_name,
        posts=post,
        entity_id=get_entity(entity).id,
        biographies=biography,
        portrait_id=photo.file_id,
        email=f"{who}@speakers.example",
        language=LETTERS.get(entity, ""),
        actor=actor,
    )


def _values(
    one: DemoEvent, event: Event, session: DemoSession, room: str, tracks: Mapping[str, Track]
) -> SessionValues:
    rooms = {row.code: row.id for row in rooms_of(event.id)}
    completion = one.certificate_policy.get("completion", {})
    return SessionValues(
        code=session.code,
        titles=session.title,
        kind=session.type,
        starts=session.start,
        ends=session.end,
        descriptions=session.summary,
        track_id=tracks[session.track].id if session.track else None,
        room_id=None if room == OFF_SITE else rooms[room],
        place_note=OFF_SITE_NOTE if room == OFF_SITE else Translated(),
        access=session.access,
        admit=session.admit,
        floor_languages=one.working_languages,
        interpretation=session.interpretation,
        counts_for_certificate=session.counts_for_certificate,
        is_mandatory=session.code in completion.get("mandatory_sessions", ()),
        credit_minutes=session.credit_minutes,
        breaks=tuple((f"{start:%H:%M}", f"{end:%H:%M}") for start, end in session.breaks),
    )


def _name(
    one: DemoEvent,
    session: DemoSession,
    row: Session,
    speakers: Mapping[str, Speaker],
    actor: Actor,
) -> None:
    minutes = minutes_of(one.slug)
    parts = [
        Part(speakers[who].id, role, minutes.get((session.code, role)))
        for role, ids in session.roles.items()
        for who in ids
    ]
    if parts:
        name_speakers(row, parts, actor=actor)
