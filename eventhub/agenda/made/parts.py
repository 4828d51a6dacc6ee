"""The pages of one room, track, language or kind of session, and the page that leads to them."""

from dataclasses import dataclass, replace

from flask import url_for

from eventhub.agenda.made.source import NOTHING, Asked, Source, values
from eventhub.agenda.recalled import Recalled, recall
from eventhub.agenda.rules import KINDS as ALL_KINDS
from eventhub.agenda.rules import Programme, belongs, count_parts
from eventhub.agenda.seams import PART_WAYS
from eventhub.agenda.showing import View, Words, clock_sentence, days_of, seen, show_day, show_list
from eventhub.agenda.words import KINDS, language_name
from eventhub.core.errors import NotFound
from eventhub.i18n import LANGUAGES, _, current
from eventhub.web.made_once import render

PLACES = {"rooms": "room", "tracks": "track", "languages": "language", "kinds": "kind"}
"""By the part of the address, what kind of part it names."""
MOST_FOUND = 100
"""Sessions on a page of what was searched."""


@dataclass(frozen=True, slots=True)
class Part:
    """A room, track, language or kind of session: its name, its address, how many sessions."""

    name: Words
    url: str
    count: int


def part_page(source: Source, place: str, ref: str, asked: Asked = NOTHING) -> bytes:
    """Return the sessions of one part; NotFound where there is no such part.

    A known part of which there are none says so.
    """
    part, programme = PLACES[place], recall(source.event, source.number).programme
    view = asked.view(source.event)
    name = _names(programme, part, view).get(ref)
    if name is None and not (part == "language" and ref in LANGUAGES):
        raise NotFound
    mine = replace(programme, sessions=tuple(s for s in seen(programme) if belongs(s, part, ref)))
    days = [show_day(mine, day, view) for day in days_of(mine)]
    has_feed = part in ("room", "track")
    return render(
        "agenda/public_part.html",
        **values(source, programme, "agenda.show_part", asked, place=place, ref=ref),
        part=part,
        name=name or Words(language_name(ref)),
        days=days,
        count=len(mine.sessions),
        clock=clock_sentence(mine, days[0].date, view) if days else "",
        ways=[way(source.event, part, ref) for way in PART_WAYS if has_feed],
    )


def search_page(source: Source, words: str = "", asked: Asked = NOTHING) -> bytes:
    """Return what is found by these words; without any, the rooms, tracks, languages and kinds."""
    recalled, view = recall(source.event, source.number), asked.view(source.event)
    found = recalled.search(words)
    shown = found[:MOST_FOUND]
    days = show_list(recalled.programme, shown, view)
    return render(
        "agenda/search.html",
        **values(source, recalled.programme, "agenda.search", asked),
        words_asked=words,
        days=days,
        count=len(found),
        shown=len(shown),
        clock=clock_sentence(recalled.programme, days[0].date, view) if days else "",
        groups=[] if words else _groups(source, recalled, view, asked),
    )


def _groups(
    source: Source, recalled: Recalled, view: View, asked: Asked
) -> list[tuple[str, list[Part]]]:
    """Return the parts of which there are sessions, by kind of part, those of one left out."""
    headings = {
        "room": _("Rooms"),
        "track": _("Tracks"),
        "language": _("Languages"),
        "kind": _("Kinds of session"),
    }
    counted = count_parts(recalled.sessions)
    groups = []
    for place, part in PLACES.items():
        parts = [
            Part(
                name,
                url_for(
                    "agenda.show_part", lang=current(), slug=source.event.slug, place=place,
                    ref=ref, **asked.query,
                ),
                counted[part][ref],
            )
            for ref, name in _names(recalled.programme, part, view).items()
            if counted[part][ref]
        ]  # fmt: skip
        if parts:
            groups.append((headings[part], parts))
    return groups


def _names(programme: Programme, part: str, view: View) -> dict[str, Words]:
    """Return the names of all parts of one kind by their refs, in their order."""
    if part == "room":
        rooms = programme.rooms
        order = sorted(rooms, key=lambda ref: (rooms[ref]["place"], ref))
        return {ref: view.words(rooms[ref]["names"]) for ref in order}
    if part == "track":
        tracks = programme.tracks
        order = sorted(tracks, key=lambda ref: (tracks[ref]["code"], ref))
        return {ref: view.words(tracks[ref]["titles"]) for ref in order}
    counted = count_parts(seen(programme))[part]
    if part == "kind":
        return {code: Words(str(KINDS[code])) for code in ALL_KINDS if counted[code]}
    names = {code: Words(language_name(code)) for code in counted}
    return dict(sorted(names.items(), key=lambda pair: (-counted[pair[0]], pair[1].text)))
