"""The pages of those whom the programme names."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from eventhub.agenda.made.source import NOTHING, Asked, Source, public_session, values
from eventhub.agenda.portraits import pictures_of
from eventhub.agenda.rules import Programme
from eventhub.agenda.showing import (
    View,
    clock_sentence,
    show_parts,
    show_people,
    show_person,
)
from eventhub.core.errors import NotFound
from eventhub.i18n import times
from eventhub.web.made_once import render


def speakers_page(source: Source) -> bytes:
    """Return the page of everybody whom the programme names."""
    programme = source.programme()
    view = view_with(source, programme, set(programme.speakers))
    return render(
        "agenda/public_speakers.html",
        **values(source, programme, "agenda.public_speakers"),
        people=show_people(programme, view),
    )


def speaker_page(source: Source, ref: str, asked: Asked = NOTHING) -> bytes:
    """Return the page of somebody with all their sessions; NotFound where none of them is public.

    Times are those of the clock asked for.
    """
    programme = source.programme()
    view = view_with(source, programme, {ref}, asked)
    parts = show_parts(programme, ref, view)
    if not parts:
        raise NotFound
    first = date.fromisoformat(public_session(programme, parts[0][0].ref).starts[:10])
    return render(
        "agenda/public_speaker.html",
        **values(source, programme, "agenda.public_speaker", asked, ref=ref),
        person=show_person(programme, ref, view),
        parts=[(line, roles, _day_label(programme, line.ref)) for line, roles in parts],
        clock=clock_sentence(programme, first, view),
    )


def _day_label(programme: Programme, ref: str) -> tuple[str, str]:
    """Return the day of a session, as addresses have it and in words."""
    day = date.fromisoformat(public_session(programme, ref).starts[:10])
    return day.isoformat(), times.day(day, year=False)


def view_with(
    source: Source, programme: Programme, refs: Collection[str], asked: Asked = NOTHING
) -> View:
    """Return the public's view, with the portraits of these speakers."""
    known = [programme.speakers[ref] for ref in refs if ref in programme.speakers]
    pictures = pictures_of(source.event.id, [one.get("portrait") for one in known])
    return replace(asked.view(source.event), pictures=pictures)
