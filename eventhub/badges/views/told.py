"""What a run's page says of how its badges were set."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from eventhub.badges.models import PrintRun
from eventhub.badges.words import path_reason
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.i18n.times import number
from eventhub.registration.models import Registration
from eventhub.registration.queries import printed_name

NAMED = 50
"""People named one by one; of more, how many."""


@dataclass(frozen=True, slots=True)
class Told:
    """How many badges took the page path, their share, why and whose; who has no picture."""

    page_path: int
    share: str
    why: Sequence[tuple[str, int]]
    page_path_names: Sequence[str]
    without_picture: Sequence[str]
    more_without_picture: int


def told(event: Event, run: PrintRun) -> Told:
    """Return what the run keeps of its setting, the people by their present names."""
    paths: Mapping[str, str] = run.report.get("page_path", {})
    faceless: Sequence[str] = run.report.get("without_picture", [])
    refs = [*list(paths)[:NAMED], *faceless[:NAMED]]
    names = _names(event.id, refs) if refs else {}
    counted = Counter(paths.values()).most_common()
    share = 100 * len(paths) / run.badges if run.badges else 0.0
    return Told(
        page_path=len(paths),
        share=number(round(share, 1)),
        why=[(path_reason(why), count) for why, count in counted],
        page_path_names=[names[ref] for ref in list(paths)[:NAMED] if ref in names],
        without_picture=[names[ref] for ref in faceless[:NAMED] if ref in names],
        more_without_picture=max(0, len(faceless) - NAMED),
    )


def _names(event_id: int, refs: Sequence[str]) -> dict[str, str]:
    query = select(Registration).where(
        Registration.event_id == event_id, Registration.ref.in_(refs)
    )
    return {row.ref: printed_name(row) for row in db.session.scalars(query)}
