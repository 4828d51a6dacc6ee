"""Telling those whom a change of the programme concerns: one letter in half an hour (R3.5)."""

from collections.abc import Iterable, Iterator

from eventhub.agenda.models import ProgrammeVersion, Speaker
from eventhub.agenda.queries import find_programme, public_since, speakers_of, untold_versions
from eventhub.agenda.rules import DIGEST, Programme, concerned, parts_of
from eventhub.agenda.seams import LAST_WORDS, READERS, News, Reader
from eventhub.agenda.services.publishing import lock
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.rules import EventState
from eventhub.jobs.services import queue
from eventhub.mail.services import Addressed, send

TO_SPEAKER = "agenda.changed"
"""The letter for speakers who are nobody's registration."""
HEARD = frozenset({EventState.PUBLISHED, EventState.POSTPONED})
"""States of an event in which anybody is told of its programme."""


def queue_telling(event: Event, *, version: ProgrammeVersion) -> None:
    """Queue the letters about a version, half an hour after it became public (a reaction)."""
    if version.told_at is None:
        queue("agenda.tell", event_id=event.id, run_at=public_since(version) + DIGEST)


def news_of(event: Event, before: Programme, after: Programme) -> News:
    """Return what the later programme says otherwise than the earlier one."""
    return News(event, before, after, concerned(before, after))


def is_silent(event: Event) -> bool:
    """Tell whether nobody is told anything any more: it is cancelled, over or not public yet."""
    return event.state not in HEARD or event.ends_at <= clock.now()


def readers_of(news: News, speakers: Iterable[Speaker] | None = None) -> list[Reader]:
    """Return whose own programme changes, each once; nobody of an event that is_silent.

    Whoever has the event's speakers at hand gives them.
    """
    if not news.concerned or is_silent(news.event):
        return []
    readers = [reader for find in READERS for reader in find(news)]
    covered = {reader.speaker_id for reader in readers}
    return [*readers, *(one for one in _speaking(news, speakers) if one.speaker_id not in covered)]


def tell_readers(event: Event) -> int:
    """Put one letter for each reader of the news since they were last told into the outbox.

    Return how many. Nobody gets two in half an hour: what is published meanwhile goes along, and
    where it takes back what came before, nobody is told at all. The number of statements does
    not grow with the readers.
    """
    lock(event)
    untold = untold_versions(event.id)
    if not untold or public_since(untold[0]) + DIGEST > clock.now():
        return 0
    first, last = untold[0].number, untold[-1].number
    before, after = find_programme(event.id, first - 1), find_programme(event.id, last)
    for version in untold:
        version.told_at = clock.now()
    db.session.flush()
    if before is None or after is None:
        return 0
    news = news_of(event, before, after)
    readers = readers_of(news)
    for ask in LAST_WORDS:
        readers = ask(news, readers)
    versions = {"since": first - 1, "number": last}
    for message in dict.fromkeys(reader.message for reader in readers):
        addressed = [
            Addressed(one.to, one.language, {**one.ids, **versions})
            for one in readers
            if one.message == message
        ]
        send(message, addressed, event_id=event.id)
    return len(readers)


def _speaking(news: News, speakers: Iterable[Speaker] | None) -> Iterator[Reader]:
    """Yield the speakers with an address who are or were named in what changed."""
    if speakers is None:
        speakers = speakers_of(news.event.id)
    for one in speakers:
        uids = parts_of(one.ref, news.before, news.after) & news.concerned.keys()
        if uids and one.email:
            language = one.language or news.event.languages[0]
            ids = {"speaker": one.id}
            yield Reader(TO_SPEAKER, ids, one.email, language, frozenset(uids), one.id)
