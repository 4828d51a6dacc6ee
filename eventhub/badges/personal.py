"""A person's printed badges: counted for ever, but no file keeps their name and face."""

from sqlalchemy import select

from eventhub.badges.models import PrintedBadge, PrintRun
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.files.services import erase_files
from eventhub.people.seams import Held, PersonalData, Whose


def held(whose: Whose) -> Held:
    """Return when badges of the person were made."""
    rows = [{"issue": badge.issue, "printed_at": whose.time(badge.at)} for badge in _badges(whose)]
    return Held({"printed_badge": rows})


def erase(whose: Whose, *, actor: Actor) -> None:
    """Remove the files of runs that hold the badge, and the name from lists of who was held back.

    Such a run can be printed again for the others; what it counted stays.
    """
    if whose.registration_id is None:
        return
    runs = {badge.run_id for badge in _badges(whose)}
    gone = set()
    for run in db.session.scalars(select(PrintRun).where(PrintRun.event_id == whose.event_id)):
        if any(line[0] == whose.ref for line in run.left_out):
            run.left_out = [_nameless(line, whose.ref) for line in run.left_out]
        if run.id in runs and run.file_id is not None:
            gone.add(run.file_id)
            run.file_id = None
    db.session.flush()
    erase_files(gone)


def _badges(whose: Whose) -> list[PrintedBadge]:
    query = select(PrintedBadge).where(
        PrintedBadge.event_id == whose.event_id, PrintedBadge.pass_id == whose.pass_id
    )
    return list(db.session.scalars(query.order_by(PrintedBadge.id)))


def _nameless(line: list[object], ref: str) -> list[object]:
    return [ref, ref, *line[2:]] if line[0] == ref else line


PERSONAL = PersonalData("badges", frozenset({"print_run", "printed_badge"}), held, erase)
