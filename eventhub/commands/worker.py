"""`eventhub worker`: the work behind the pages."""

import os

import click

from eventhub.app import create_app
from eventhub.commands.fonts import print_with_fonts
from eventhub.commands.listening import settings
from eventhub.jobs.runner import work_for_ever
from eventhub.serving import end_with_parent


@click.command()
@click.option("--tied", is_flag=True, hidden=True)
def worker(tied: bool) -> None:
    """Do the work behind the pages: mail, badges, certificates."""
    given = settings()
    app = create_app(given)
    if tied:
        end_with_parent()
    print_with_fonts(given)
    work_for_ever(app, os.environ.get("EVENTHUB_WORKER_NAME") if tied else None)
