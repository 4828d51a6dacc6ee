"""What the commands that serve have in common: settings, and where to listen. Loads in a moment."""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from eventhub.config import BadSetting, Settings, from_environment


def settings() -> Settings:
    """Return the settings of the environment; stop with one line where they cannot be used."""
    try:
        return from_environment()
    except BadSetting as error:
        raise click.ClickException(str(error)) from None


def listening(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say where to listen."""
    port = click.option("--port", type=click.IntRange(1, 65535), help="By default 8000.")
    host = click.option("--host", help="By default 127.0.0.1: behind a proxy on this machine.")
    return host(port(command))


def listen_at(given: Settings, host: str | None, port: int | None) -> str:
    """Return where to listen: as asked, else the port of a local base_url, else 8000."""
    name, _colon, number = given.host.partition(":")
    is_local = name in ("127.0.0.1", "localhost") and number.isdigit()
    return f"{host or '127.0.0.1'}:{port or (number if is_local else 8000)}"


def at_address(given: Settings, address: str) -> Settings:
    """Let links lead to where we listen, where no other address was chosen."""
    if os.environ.get("EVENTHUB_BASE_URL") or given.mode == "production":
        return given
    return replace(given, base_url=f"http://{address}")
