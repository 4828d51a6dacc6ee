"""The programme as PDFs, laid out by WeasyPrint: only the worker calls these."""

from datetime import datetime

from flask import render_template

from eventhub.agenda.made import Source
from eventhub.agenda.showing import Day
from eventhub.i18n import _, current, direction, times
from eventhub.papers.content import Sheet, in_room, sheet_of
from eventhub.papers.imposing import impose
from eventhub.printing.html_pdf import render_pdf
from eventhub.printing.qr import qr_svg
from eventhub.web.urls import absolute

POSTER_QR_MM = 42
SIGN_QR_MM = 44


def programme_pdf(source: Source) -> bytes:
    """Return the whole programme on A4: tagged, with its days as headings."""
    return _programme(sheet_of(source), "A4")


def booklet_pdf(source: Source) -> bytes:
    """Return the programme on A5 pages, two on each side of an A4 sheet, in the order of folding.

    Printed on both sides (turned over the short edge), folded once; read from the right where the
    language is.
    """
    pages = _programme(sheet_of(source), "A5")
    return impose(pages, is_rtl=direction() == "rtl", title=source.event.title())


def posters_pdf(source: Source) -> bytes:
    """Return a wall poster (A3) for each room and day that has sessions."""
    sheet = sheet_of(source)
    posters = [
        {"room": name, "day": day.label, "lines": lines, "qr": _code(sheet, ref, POSTER_QR_MM)}
        for day in sheet.days()
        for ref, name in sheet.rooms()
        if (lines := in_room(sheet, day, ref)) and not all(line.goes_on for line in lines)
    ]
    return _print(sheet, "print/papers/posters.html", posters=posters)


def signs_pdf(source: Source) -> bytes:
    """Return a sign (A4, across) for each room's door: its name, its hours, a code to its page."""
    sheet = sheet_of(source)
    days = sheet.days()
    signs = [
        {"room": name, "days": hours, "qr": _code(sheet, ref, SIGN_QR_MM)}
        for ref, name in sheet.rooms()
        if (hours := _hours(sheet, days, ref))
    ]
    return _print(sheet, "print/papers/signs.html", signs=signs)


def _programme(sheet: Sheet, size: str) -> bytes:
    return _print(sheet, "print/papers/programme.html", days=sheet.days(), size=size)


def _print(sheet: Sheet, template: str, **values: object) -> bytes:
    return render_pdf(
        render_template(template, **sheet.values(), **values),
        lang=current(),
        title=sheet.title,
        created_at=sheet.programme.published_at,
    )


def _hours(sheet: Sheet, days: list[Day], room: str) -> list[tuple[str, str]]:
    """Return on which days the room is in use, from when until when; a night is its evening's."""
    hours = []
    for day in days:
        standing = [
            line for line in in_room(sheet, day, room) if not line.is_cancelled and not line.goes_on
        ]
        if standing:
            first = min(standing, key=lambda one: one.starts_iso)
            last = max(standing, key=lambda one: datetime.fromisoformat(one.ends_iso))
            hours.append((day.label, times.clock_range(first.starts, last.ends)))
    return hours


def _code(sheet: Sheet, room: str, size_mm: float) -> str:
    slug = sheet.source.event.slug
    address = absolute("agenda.show_part", lang=current(), slug=slug, place="rooms", ref=room)
    return qr_svg(address, label=_("The programme as it is now"), size_mm=size_mm)
