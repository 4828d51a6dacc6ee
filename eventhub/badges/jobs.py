"""Making badges behind the pages."""

from tempfile import TemporaryFile

from eventhub.badges import services
from eventhub.badges.models import PrintRun
from eventhub.badges.sheets import print_badges
from eventhub.core.db import db, transaction
from eventhub.jobs.runner import Work, handles


@handles("badges.print_run")
def print_run(work: Work, run_id: int) -> dict[str, int]:
    """Make the file of one run; a run that is done is left as it is."""
    run = db.session.get_one(PrintRun, run_id)
    if run.state == "done":
        return {"badges": run.badges}
    with transaction():
        run.state = "running"
    event, registrations, left_out = services.choose(run)
    work.progress(0, len(registrations))
    if not registrations:
        with transaction():
            run.state, run.left_out = "done", left_out
        return {"badges": 0}
    with TemporaryFile() as pdf:
        report = print_badges(event, registrations, pdf, work.progress)
        pdf.seek(0)
        with transaction():
            run.left_out = left_out
            services.end_run(run, registrations, pdf)
    return {
        "badges": run.badges,
        "on_page_path": len(report.on_page_path),
        "without_picture": len(report.without_picture),
    }
