"""What papers say of a programme, in the present language: its days, rooms and addresses."""

from collections.abc import Iterator
from dataclasses import dataclass

from eventhub.agenda.made import Source
from eventhub.agenda.rules import Programme
from eventhub.agenda.showing import (
    Day,
    Line,
    View,
    clock_sentence,
    days_of,
    revision,
    seen,
    show_day,
)
from eventhub.core.text import apart
from eventhub.events.rules import local
from eventhub.events.words import where_of
from eventhub.i18n import _, current, direction, times
from eventhub.web.urls import absolute


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every paper of a version bears."""

    source: Source
    programme: Programme
    view: View
    title: str
    host: str
    when: str
    place: str
    reference: str
    state: str
    clock: str
    address: str

    def values(self) -> dict[str, object]:
        """Return what the templates of papers read."""
        return {
            "lang": current(),
            "dir": direction(),
            "institution": self.host,
            "reference": self.reference,
            "data_time": self.state,
            "title": self.title,
            "when": self.when,
            "place": self.place,
            "clock": self.clock,
            "address": self.address,
        }

    def days(self) -> list[Day]:
        """Return the days that the public may know of, each with its sessions."""
        shown = (show_day(self.programme, day, self.view) for day in days_of(self.programme))
        return [day for day in shown if day.lines]

    def rooms(self) -> Iterator[tuple[str, str]]:
        """Yield ref and name of each room that is used, in the event's order."""
        rooms = self.programme.rooms
        used = {session.room for session in seen(self.programme) if session.room}
        for ref in sorted(used, key=lambda ref: (rooms[ref]["place"], ref)):
            yield ref, self.view.words(rooms[ref]["names"]).text


def sheet_of(source: Source) -> Sheet:
    """Return what the papers of the present language stand on; NotFound where nothing is public."""
    event, programme = source.event, source.programme()
    view = View(event, event.zone)
    days = days_of(programme)
    number = revision(programme.number)
    published = times.plain_day(local(programme.published_at, event.zone).date())
    return Sheet(
        source=source,
        programme=programme,
        view=view,
        title=event.title(),
        host=source.host.pick(None, event.languages),
        when=times.span(event.starts_on, event.ends_on),
        place=where_of(event),
        reference=f"{event.code} · {number} · {apart(published)}",
        state=_("Published on %(day)s. Later changes are on the page of the event.", day=published),
        clock=clock_sentence(programme, days[0], view) if days else "",
        address=absolute("agenda.public", lang=current(), slug=event.slug),
    )


def in_room(sheet: Sheet, day: Day, room: str) -> list[Line]:
    """Return a day's sessions in the room of this ref."""
    there = {session.ref for session in sheet.programme.sessions if session.room == room}
    return [line for line in day.lines if line.ref in there]
