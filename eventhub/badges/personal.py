"""A person's printed badges: counted for ever, but no file keeps their name and face."""

from sqlalchemy import select

from eventhub.badges.models import HandOver, PrintedBadge, PrintRun
from eventhub.badges.services import remove_plates
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.files.services import erase_files
from eventhub.people.seams import Held, PersonalData, Whose


def held(whose: Whose) -> Held:
    """Return when badges of the person were made, and who took them."""
    badges = _badges(whose)
    taken = {
        one.id: one
        for one in db.session.scalars(
            select(HandOver).where(HandOver.id.in_([one.hand_over_id for one in badges]))
        )
    }
    rows = [
        {
            "issue": badge.issue,
            "printed_at": whose.time(badge.at),
            "sticker": badge.sticker,
            "taken_by": act.taken_by if act else "",
            "taken_at": whose.time(act.at) if act else None,
        }
        for badge in badges
        for act in [taken.get(badge.hand_over_id or 0)]
    ]
    return Held({"printed_badge": rows})


def erase(whose: Whose, *, actor: Actor) -> None:
    """Remove the files of runs that hold the badge, and the name from lists of who was held back.

    Such a run can be printed again for the others; what it counted stays. Whoever took the badge
    is forgotten with it, unless they took those of others too. Name plates of the event go all:
    one may bear the name, and they are made again in a moment.
    """
    if whose.registration_id is None:
        return
    badges = _badges(whose)
    runs = {badge.run_id for badge in badges}
    gone = set()
    for run in db.session.scalars(select(PrintRun).where(PrintRun.event_id == whose.event_id)):
        if any(line[0] == whose.ref for line in run.left_out):
            run.left_out = [_nameless(line, whose.ref) for line in run.left_out]
        if run.id in runs:
            gone |= {one for one in (run.file_id, run.covers_id) if one is not None}
            run.file_id = run.covers_id = None
    for badge in badges:
        badge.face = badge.sticker = ""
    alone = select(HandOver).where(
        HandOver.id.in_([one.hand_over_id for one in badges]), HandOver.badges == 1
    )
    for act in db.session.scalars(alone):
        act.taken_by = ""
    db.session.flush()
    erase_files(gone)
    if whose.event_id is not None:
        remove_plates(event_id=whose.event_id, limit=10_000)


def _badges(whose: Whose) -> list[PrintedBadge]:
    query = select(PrintedBadge).where(
        PrintedBadge.event_id == whose.event_id, PrintedBadge.pass_id == whose.pass_id
    )
    return list(db.session.scalars(query.order_by(PrintedBadge.id)))


def _nameless(line: list[object], ref: str) -> list[object]:
    return [ref, ref, *line[2:]] if line[0] == ref else line


PERSONAL = PersonalData(
    "badges", frozenset({"badge_hand_over", "print_run", "printed_badge"}), held, erase
)
