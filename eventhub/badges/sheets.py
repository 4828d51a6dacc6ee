"""Badges on paper: the design filled with the faces of an event, into one file."""

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from eventhub.badges.faces import faces_of, kinds_of, two
from eventhub.badges.frozen import Source
from eventhub.badges.rules import Face, Kind
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.rules import ACCENTS
from eventhub.i18n import _, use
from eventhub.i18n.times import span
from eventhub.institutions.models import Institution
from eventhub.printing.designs import read_design
from eventhub.printing.sheets import Report, print_sheets
from eventhub.printing.values import Picture, Qr, Sheet, Text, Value
from eventhub.registration.models import Registration
from eventhub.web.rosette import rosette
from eventhub.web.site import rendered

CHUNK = 25
"""Faces read together: enough to ask the database seldom, few enough to keep memory small."""

Progress = Callable[[int, int], None]


def print_badges(
    event: Event,
    registrations: Sequence[Registration],
    out: BinaryIO,
    progress: Progress,
    source: Source | None = None,
) -> Report:
    """Write one PDF with the badges in the order given; tells how far it is after each chunk.

    `source` is the design as it was frozen; the event's present one by default. Those without a
    pass are left out.
    """
    source = source or design_of(event, kinds_of(event, registrations))

    def sheets() -> Iterator[Sheet]:
        for start in range(0, len(registrations), CHUNK):
            for face in faces_of(event, registrations[start : start + CHUNK]):
                yield sheet_of(face)
            progress(min(start + CHUNK, len(registrations)), len(registrations))

    with use("en"):
        title = str(_("Badges: %(event)s", event=event.title("en")))
    return print_sheets(
        read_design(source.html, source.files), sheets(), out,
        title=title, lang="en", created_at=clock.now(),
    )  # fmt: skip


def design_of(event: Event, kinds: Sequence[Kind]) -> Source:
    """Return the design of an event's badges with a variant for each of these kinds."""
    institution = db.session.get_one(Institution, event.institution_id)
    accent = ACCENTS[event.accent].light
    with use("en"):
        html = rendered(
            "print/badges/a6.html",
            lang="en",
            title=event.title("en"),
            institution=institution.names.pick("en"),
            titles=two(event.titles, event.languages),
            dates=span(event.starts_on, event.ends_on),
            rosette=rosette(event.code, 56, label=event.code, colour=accent),
            kinds=kinds,
        )
    return Source(html)


def sheet_of(face: Face) -> Sheet:
    """Return what one badge puts into the fields of its design."""
    values: dict[str, Value] = {
        "name": Text(face.names),
        "local_name": Text((face.local_name,), face.local_language),
        "entity": Text(face.entity[:1]),
        "post": Text((face.post,)),
        "number": Text((f"{face.number} · {face.issue}",)),
        "qr": Qr(face.qr, face.number),
    }
    if face.entity[1:]:
        values["entity_other"] = Text(face.entity[1:], face.entity_language)
    if face.photo:
        values["photo"] = Picture(face.photo, " ".join(face.names))
    return Sheet(face.kind, values)
