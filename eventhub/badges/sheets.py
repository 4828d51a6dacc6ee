"""Badges on paper: the designs filled with the faces of an event, into one file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from eventhub.badges.faces import drawn_of, faces_of
from eventhub.badges.frozen import Source
from eventhub.badges.rules import Printed
from eventhub.core import clock
from eventhub.designs.occasions import occasion_of
from eventhub.designs.queries import layouts_for
from eventhub.designs.rules import Kind
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.i18n import _, use
from eventhub.printing.values import Sheet
from eventhub.registration.queries import registrations_by_id

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
    from eventhub.designs.decks import (  # noqa: PLC0415  (heavy: only the worker makes PDFs)
        deck_of,
        print_deck,
    )

    deck, made, sheet_refs = deck_of(source.layouts, source.kinds, source.occasion), Made(), []
    total = len(registration_ids)

    def sheets() -> Iterator[Sheet]:
        for start in range(0, total, CHUNK):
            rows = registrations_by_id(event.id, registration_ids[start : start + CHUNK])
            wanted = [rows[one] for one in registration_ids[start : start + CHUNK] if one in rows]
            drawn = [one for one in drawn_of(event, wanted) if one.face.kind in deck.layouts]
            for one, face in zip(drawn, faces_of(event, drawn, code=code), strict=True):
                if one.photo is not None and face.photo is None:
                    made.without_picture.append(face.ref)
                made.badges.append(Printed(one.face, one.held.id, one.digest))
                for sheet in deck.sheets_of(face):
                    sheet_refs.append(face.ref)
                    yield sheet
            progress(min(start + CHUNK, total), total)

    with use("en"):
        title = str(_("Badges: %(event)s", event=event.title("en")))
    report = print_deck(deck, sheets(), out, title=title, lang="en", created_at=clock.now())
    made.on_page_path = {sheet_refs[n]: why for n, why in report.on_page_path.items()}
    faceless = [*made.without_picture, *(sheet_refs[n] for n in report.without_picture)]
    made.without_picture = list(dict.fromkeys(faceless))
    return made


def design_of(event: Event, kinds: Sequence[Kind]) -> Source:
    """Return the designs of these kinds of badges at an event as they are now."""
    wanted = {kind.name for kind in kinds}
    categories = [c for c in categories_of(event.id) if c.ref in wanted]
    return Source(layouts_for(event, categories), tuple(kinds), occasion_of(event))
