"""`eventhub web`: the pages only."""

from functools import partial

import click
from sqlalchemy import inspect

from eventhub.app import create_app
from eventhub.commands.listening import listen_at, listening, settings
from eventhub.core.db import db
from eventhub.pages import serve_pages
from eventhub.serving import end_with_parent, tell_ready


@click.command()
@listening
@click.option("--bind", hidden=True)
@click.option("--tied", is_flag=True, hidden=True)
@click.option("--ready", type=int, hidden=True)
def web(
    host: str | None, port: int | None, bind: str | None, tied: bool, ready: int | None
) -> None:
    """Serve the pages only; run `eventhub worker` somewhere else."""
    given = settings()
    if tied:
        end_with_parent()
    app = create_app(given)
    with app.app_context():
        if not inspect(db.engine).has_table("job"):
            raise click.ClickException("The database is empty. Run first: eventhub migrate")
        db.engine.dispose()
    tell = partial(tell_ready, ready) if ready is not None else lambda: None
    serve_pages(app, given, bind or listen_at(given, host, port), tell)
