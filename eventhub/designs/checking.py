"""What a design looks like with the hardest names, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eventhub.core.actor import Scope
from eventhub.designs.occasions import kinds_at, occasion_of
from eventhub.designs.preview import Drawing, draw
from eventhub.designs.rules import (
    FACES,
    NAMES,
    OF_THE_PERSON,
    Element,
    Face,
    Kind,
    Layout,
    Occasion,
)
from eventhub.designs.rules.findings import Finding, findings_of
from eventhub.designs.seams import SAMPLES
from eventhub.designs.stand_ins import KIND, STAND_INS
from eventhub.designs.values import fixed_text
from eventhub.events.models import Event
from eventhub.events.queries import categories_of


class Trial:
    """The people on whom a design of an event is tried: its hardest names, else stand-ins."""

    def __init__(self, event: Event, scope: Scope) -> None:
        self.occasion: Occasion = occasion_of(event)
        self.kinds: list[Kind] = kinds_at(event, [c for c in categories_of(event.id) if c.is_on])
        found = [face for sample in SAMPLES for face in sample(event, scope)]
        self.faces: Sequence[Face] = [_whole(face) for face in found] or STAND_INS
        self.is_made_up = not found

    def kind_of(self, face: Face) -> Kind:
        """Return the kind of a person's badge, any where it is not known."""
        known = {kind.name: kind for kind in self.kinds}
        return known.get(face.kind) or (self.kinds[0] if self.kinds else KIND)

    def drawings(self, layout: Layout, number: int) -> dict[str, Drawing]:
        """Return each side of the card of the n-th person. Raises FontsMissing."""
        face = self.faces[number % len(self.faces)]
        return {
            side: draw(layout, side, self.occasion, self.kind_of(face), face)
            for side in FACES
            if side == "front" or layout.faces.get(side)
        }

    def findings(self, layout: Layout) -> list[Finding]:
        """Return what is wrong: once for each element, with the first name that does not fit."""
        return [*findings_of(layout), *self._too_long(layout)]

    def _too_long(self, layout: Layout) -> Iterator[Finding]:
        told = set()
        for number, face in enumerate(self.faces):
            for side, drawing in self.drawings(layout, number).items():
                elements = {element.id: element for element in layout.faces[side]}
                for key in sorted(drawing.too_long, key=lambda k: elements[k].show not in NAMES):
                    place = elements[key].stack or key
                    if (side, place) not in told:
                        told.add((side, place))
                        name = self._words(elements[key], face)
                        yield Finding(side, key, "too_long", name, elements[key].least)

    def _words(self, element: Element, face: Face) -> str:
        """Return what does not fit: of a person the name, else the words themselves."""
        if element.show in OF_THE_PERSON or element.stack:
            return " ".join(face.names)
        lines = fixed_text(element, self.occasion, self.kind_of(face)).paragraphs
        return " / ".join(lines)


def _whole(face: Face) -> Face:
    """Give a person without a code one to be drawn."""
    return face if face.qr else replace(face, qr=STAND_INS[0].qr)
