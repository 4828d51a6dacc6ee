"""Making badges behind the pages."""

from datetime import timedelta
from tempfile import TemporaryFile

from eventhub.badges import services
from eventhub.badges.envelopes import print_covers
from eventhub.badges.models import PrintRun
from eventhub.badges.rules import FILES_KEPT, choice_in
from eventhub.badges.sheets import print_badges
from eventhub.core import clock
from eventhub.core.db import db, transaction
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


@handles("badges.remove_files", every=timedelta(hours=1))
def remove_files(_work: Work) -> dict[str, int]:
    """Remove the files of runs whose time is over."""
    ids = services.ended_before(clock.now() - FILES_KEPT)
    with transaction():
        services.remove_files(ids)
    return {"runs": len(ids)}
