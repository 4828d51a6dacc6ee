"""The page that says what each revision changed, of what everybody may know (R3.5, R3.2)."""

from collections.abc import Set
from dataclasses import dataclass, replace
from itertools import pairwise

from eventhub.agenda.made.source import Source, values
from eventhub.agenda.public_documents import public_documents
from eventhub.agenda.queries import programme_in, public_since, versions_of
from eventhub.agenda.rules import FrozenSession, Programme, changes_between, shows_content
from eventhub.agenda.showing import revision, seen
from eventhub.agenda.telling import tell
from eventhub.core.errors import NotFound
from eventhub.i18n import _, current, times
from eventhub.web.made_once import render


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision: its name, when it became public, what it changed as (kind, sentence)."""

    number: int
    name: str
    when: str
    changes: tuple[tuple[str, str], ...]


def changes_page(source: Source) -> bytes:
    """Return the page of all revisions, newest first; NotFound before the first one."""
    event = source.event
    versions = [one for one in versions_of(event.id) if one.number <= source.number]
    if len(versions) <= 1:
        raise NotFound
    found = []
    newest = _untold(source.programme())
    for version, former in pairwise(versions):
        programme = programme_in(version)
        untold = newest | _untold(programme)
        before, later = public_part(programme_in(former), untold), public_part(programme, untold)
        told = tuple(tell(changes_between(before, later), before, later))
        when = times.moment(public_since(version), event.zone)
        found.append(Revision(version.number, revision(version.number), when, told))
    return render(
        "agenda/public_changes.html",
        **values(source, source.programme(), "agenda.public_changes"),
        revisions=found,
    )


def public_part(programme: Programme, untold: Set[str]) -> Programme:
    """Return what everybody may know of a programme: no private session, nothing said in closed
    ones but what their access lets be read, and no title of those whose UID is in `untold`."""
    documents = public_documents(programme)
    sessions = tuple(
        replace(told, documents=tuple(ref for ref in told.documents if ref in documents))
        for told in (_told(session, untold) for session in seen(programme))
    )
    rooms = {session.room for session in sessions}
    tracks = {session.track for session in sessions}
    speakers = {ref for session in sessions for ref, _role in session.speakers}
    return replace(
        programme,
        sessions=sessions,
        rooms={ref: one for ref, one in programme.rooms.items() if ref in rooms},
        tracks={ref: one for ref, one in programme.tracks.items() if ref in tracks},
        speakers={ref: one for ref, one in programme.speakers.items() if ref in speakers},
        documents=documents,
    )


def _untold(programme: Programme) -> Set[str]:
    return {session.uid for session in programme.sessions if session.is_untold}


def _told(session: FrozenSession, untold: Set[str]) -> FrozenSession:
    if session.uid not in untold and shows_content(session.access):
        return session
    session = replace(
        session, descriptions={}, speakers=(), part_minutes=(), admit=(), items=(), documents=()
    )
    if session.uid not in untold and not session.is_untold:
        return replace(session, hides_title=False)
    titles = {current(): _("Closed meeting")}
    return replace(session, titles=titles, track=None, kind="", hides_title=False)
