"""Making badges behind the pages."""

from datetime import timedelta
from tempfile import TemporaryFile
from typing import Any

from eventhub.badges import services
from eventhub.badges.envelopes import print_covers
from eventhub.badges.models import PrintRun
from eventhub.badges.plates import plates_of, print_plates
from eventhub.badges.queries import PLATES, plate_entities, plate_heads
from eventhub.badges.rules import FILES_KEPT, PlateChoice, choice_in
from eventhub.badges.sheets import print_badges
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.queries import get_event_by_id
from eventhub.jobs.runner import Work, handles
from eventhub.registration.queries import name_of


@handles("badges.print_run")
def print_run(work: Work, run_id: int) -> dict[str, int]:
    """Make the files of one run; a run that is done is left as it is.

    A worker that dies leaves nothing behind: whoever takes the run up begins it anew, and what
    was printed is written down in one transaction with the finished file.
    """
    run = db.session.get_one(PrintRun, run_id)
    if run.state == "done":
        return {"badges": run.badges}
    with transaction():
        run.state = "running"
    event, people, left_out = services.choose(run)
    choice, source = choice_in(run.what), services.design_in(run, event, people)
    ids, names = [row.id for row in people], {row.ref: name_of(row).full for row in people}
    work.progress(0, len(ids))
    if not ids:
        with transaction():
            run.left_out = left_out
            services.close_run(run)
        return {"badges": 0}
    with TemporaryFile() as pdf:
        made = print_badges(event, source, ids, pdf, work.progress, code=choice.code)
        covers = print_covers(event, made.badges) if choice.covers else None
        pdf.seek(0)
        refs = {one.face.ref for one in made.badges}
        left_out += [[ref, name, ["moved"]] for ref, name in names.items() if ref not in refs]
        with transaction():
            run.left_out = left_out
            services.end_run(run, made.badges, made.told(), pdf, covers)
    return {
        "badges": run.badges,
        "on_page_path": len(made.on_page_path),
        "without_picture": len(made.without_picture),
    }


@handles(PLATES)
def make_plates(work: Work, what: dict[str, Any], categories: list[int] | None) -> dict[str, int]:
    """Make the name plates of a choice; the heads named are of these categories (None: all)."""
    event, choice = get_event_by_id(work.event_id or 0), PlateChoice(**what)
    ids = [one.id for one in plate_entities(event, choice)]
    if not ids:
        return {"file": 0, "plates": 0}
    work.progress(0, len(ids))
    faces = plates_of(
        event, ids, formal=choice.formal,
        heads=plate_heads(event.id, ids, categories) if choice.heads else None,
        languages=[choice.language] if choice.language else [],
    )  # fmt: skip
    with TemporaryFile() as pdf:
        print_plates(event, faces, pdf, work.progress)
        pdf.seek(0)
        with transaction():
            return {"file": services.keep_plates(event, pdf), "plates": len(faces)}


@handles("badges.remove_files", every=timedelta(hours=1))
def remove_files(_work: Work) -> dict[str, int]:
    """Remove the files of runs, and of name plates, whose time is over."""
    over = clock.now() - FILES_KEPT
    ids = services.ended_before(over)
    with transaction():
        services.remove_files(ids)
        services.remove_plates(before=over)
    return {"runs": len(ids)}
