"""What is on now and what follows: made once for each moment at which a session starts or ends."""

from dataclasses import dataclass

from eventhub.agenda.made.source import Source, values
from eventhub.agenda.recalled import recall
from eventhub.agenda.rules import FrozenSession, at_turn
from eventhub.agenda.showing import Line, View, Words, clock_sentence, days_of, show_session
from eventhub.events.words import city_of
from eventhub.i18n import _, times
from eventhub.web.made_once import render


@dataclass(frozen=True, slots=True)
class Room:
    """A room as the page shows it."""

    name: Words
    running: tuple[Line, ...]
    following: Line | None


def now_page(source: Source, turn: int) -> bytes:
    """Return the page of what is on after so many turns of the programme, and what follows."""
    programme = recall(source.event, source.number).programme
    return render(
        "agenda/now.html",
        **values(source, programme, "agenda.show_now"),
        **_shown(source, turn),
    )


def now_piece(source: Source, turn: int) -> bytes:
    """Return the piece of the page that changes."""
    programme = recall(source.event, source.number).programme
    said = values(source, programme, "agenda.show_now")
    return render("agenda/_now.html", **said, **_shown(source, turn))


def _shown(source: Source, turn: int) -> dict[str, object]:
    recalled = recall(source.event, source.number)
    programme, view = recalled.programme, View(source.event, source.event.zone)
    sessions = tuple(s for s in recalled.sessions if s.status != "cancelled")
    order = sorted(programme.rooms, key=lambda ref: (programme.rooms[ref]["place"], ref))
    days = days_of(programme)
    now = at_turn(sessions, turn, order)

    def line(session: FrozenSession) -> Line:
        return show_session(programme, session, view)

    first = min((s.starts_at for s in now.coming), default=None)
    return {
        "rooms": [
            Room(
                view.words(programme.rooms[place.room]["names"])
                if place.room
                else Words(_("Elsewhere")),
                tuple(line(session) for session in place.running),
                line(place.following) if place.following else None,
            )
            for place in now.places
        ],
        "coming": [line(session) for session in now.coming],
        "comes": times.event_time(first, source.event.zone, city_of(source.event)) if first else "",
        "has_begun": now.has_begun,
        "is_empty": not sessions,
        "clock": clock_sentence(programme, days[0], view) if days else "",
    }
