"""Cover sheets of envelopes: for each delegation the badges inside, and a line to sign (R4.12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from eventhub.badges.rules import Printed
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.i18n import _, direction, use
from eventhub.i18n.times import moment, span
from eventhub.institutions.models import Institution
from eventhub.printing.html_pdf import render_pdf
from eventhub.web.site import rendered


@dataclass(frozen=True, slots=True)
class Line:
    """One badge inside."""

    number: str
    name: str
    local_name: str
    category: str
    mark: str
    issue: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """One envelope: whose it is, in one or two languages, and what is inside."""

    entity: tuple[str, ...]
    lines: tuple[Line, ...]


def envelopes_of(event: Event, badges: Sequence[Printed]) -> list[Envelope]:
    """Return the envelopes in the order of the badges, which stand entity by entity."""
    categories = {one.ref: one for one in categories_of(event.id)}

    def line(one: Printed) -> Line:
        face, category = one.face, categories[one.face.kind]
        name = " ".join(face.names)
        return Line(face.number, name, face.local_name, category.name(), category.mark, face.issue)

    return [
        Envelope(entity, tuple(line(one) for one in some))
        for entity, some in groupby(badges, key=lambda one: one.face.entity)
    ]


def print_covers(event: Event, badges: Sequence[Printed]) -> bytes:
    """Return a PDF with one sheet for each envelope, in the order of the badges."""
    language = event.languages[0]
    institution = db.session.get_one(Institution, event.institution_id)
    with use(language):
        title = str(_("Badges in envelopes"))
        html = rendered(
            "print/badges/envelopes.html",
            lang=language,
            dir=direction(language),
            institution=institution.names.pick(language, event.languages),
            reference=event.code,
            data_time=_("As of %(time)s", time=moment(clock.now(), event.zone)),
            title=title,
            event=event.title(language),
            dates=span(event.starts_on, event.ends_on),
            envelopes=envelopes_of(event, badges),
        )
    return render_pdf(html, lang=language, title=title, created_at=clock.now())
