"""The application, for the commands that work inside it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask

from eventhub.app import create_app
from eventhub.commands.listening import settings
from eventhub.config import Settings
from eventhub.core.errors import DomainError


@contextmanager
def application(given: Settings | None = None) -> Iterator[Flask]:
    """Yield the application inside its context; a refusal of a service ends the command."""
    app = create_app(given or settings())
    with app.app_context():
        try:
            yield app
        except DomainError as error:
            raise click.ClickException(error.message or "Not found.") from None
