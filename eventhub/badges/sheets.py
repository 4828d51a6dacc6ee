"""Badges on paper: the design filled with the faces of an event, into one file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from eventhub.badges.faces import drawn_of, faces_of, two
from eventhub.badges.frozen import Source
from eventhub.badges.rules import Face, Kind, Printed
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.rules import ACCENTS
from eventhub.i18n import _, use
from eventhub.i18n.times import span
from eventhub.institutions.models import Institution
from eventhub.printing.designs import read_design
from eventhub.printing.sheets import print_sheets
from eventhub.printing.values import Picture, Qr, Sheet, Text, Value
from eventhub.registration.queries import registrations_by_id
from eventhub.web.rosette import rosette
from eventhub.web.site import rendered

CHUNK = 25
"""Faces read together: enough to ask the database seldom, few enough to keep memory small."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Made:
    """What became of a run: the badges in the order of the file, and how they were set.

    People are named by ref.
    """

    badges: list[Printed] = field(default_factory=list)
    on_page_path: dict[str, str] = field(default_factory=dict)
    """Who went the page path, and why."""
    without_picture: list[str] = field(default_factory=list)
    """Whose photo could not be read."""

    def told(self) -> dict[str, Any]:
        """Return what the run keeps of it."""
        return {"page_path": self.on_page_path, "without_picture": self.without_picture}


def print_badges(
    event: Event,
    source: Source,
    registration_ids: Sequence[int],
    out: BinaryIO,
    progress: Progress,
    *,
    code: str = "signed",
) -> Made:
    """Write one PDF with the badges in the order given; tells how far it is after each chunk.

    `code` is one of rules.CODES. Those without a pass are left out, and those whose category the
    design does not know: it was frozen before they came to it.
    """
    design, made, sheet_refs = read_design(source.html, source.files), Made(), []
    total = len(registration_ids)

    def sheets() -> Iterator[Sheet]:
        for start in range(0, total, CHUNK):
            rows = registrations_by_id(event.id, registration_ids[start : start + CHUNK])
            wanted = [rows[one] for one in registration_ids[start : start + CHUNK] if one in rows]
            drawn = [one for one in drawn_of(event, wanted) if one.face.kind in design.variants]
            for one, face in zip(drawn, faces_of(event, drawn, code=code), strict=True):
                if one.photo is not None and face.photo is None:
                    made.without_picture.append(face.ref)
                made.badges.append(Printed(one.face, one.held.id, one.digest))
                sheet_refs.append(face.ref)
                yield sheet_of(face)
            progress(min(start + CHUNK, total), total)

    with use("en"):
        title = str(_("Badges: %(event)s", event=event.title("en")))
    report = print_sheets(
        design, sheets(), out, title=title, lang="en", created_at=clock.now()
    )  # fmt: skip
    made.on_page_path = {sheet_refs[n]: why for n, why in report.on_page_path.items()}
    made.without_picture += [sheet_refs[n] for n in report.without_picture]
    return made


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
