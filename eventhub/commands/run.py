"""`eventhub run`: look after the pages and the worker. Loads in a moment, and stays small."""

import os
import sys

import click

from eventhub.commands.listening import at_address, listen_at, listening, settings
from eventhub.serving import run_all


@click.command()
@listening
def run(host: str | None, port: int | None) -> None:
    """Serve the pages, with the job worker beside them."""
    given = settings()
    address = listen_at(given, host, port)
    base_url = at_address(given, address).base_url
    os.environ["EVENTHUB_BASE_URL"] = base_url
    sys.exit(run_all(address, base_url))
