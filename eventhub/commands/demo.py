"""`eventhub demo`: four real events, served."""

import os
import sys
from dataclasses import replace

import click

from eventhub.commands.application import application
from eventhub.commands.fonts import place_fonts
from eventhub.commands.listening import at_address, listen_at, listening, settings
from eventhub.demo.loader import load
from eventhub.printing.fonts import COVERAGE
from eventhub.schema import upgrade


@click.command()
@listening
def demo(host: str | None, port: int | None) -> None:
    """Load four events and two rehearsals, where they are not there yet, and serve them."""
    given = settings()
    address = listen_at(given, host, port)
    given = at_address(given, address)
    if given.mode == "development":
        given = replace(given, mode="demo")
    if not (given.fonts / COVERAGE).is_file():
        place_fonts(given)
    with application(given) as app:
        upgrade(app)
        accounts = load(click.echo)
    click.echo("\nSign in as:")
    for account in accounts:
        click.echo(f"  {account.role:<32}  {account.email:<34}  {account.password}")
    click.echo("Mail never leaves this machine. Read it here:")
    click.echo(f"  {given.base_url}/sent-mail\n  {given.folder('mail')}\n")
    _become_run(given.mode, address, given.base_url)


def _become_run(mode: str, address: str, base_url: str) -> None:
    """Go on as `eventhub run`, under the same process id, without all that loading has taken."""
    os.environ.update(EVENTHUB_BASE_URL=base_url, EVENTHUB_MODE=mode)
    sys.stdout.flush()
    host, _colon, port = address.rpartition(":")
    command = [sys.executable, "-m", "eventhub", "run", "--host", host, "--port", port]
    os.execv(sys.executable, command)  # noqa: S606  (our own program)
