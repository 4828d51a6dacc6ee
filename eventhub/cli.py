"""The command line: `eventhub COMMAND`; settings come from the environment."""

import importlib
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import click
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import inspect

from eventhub import __version__, backup, doctor, serving, texts
from eventhub.access.services import give_role
from eventhub.app import create_app
from eventhub.config import BadSetting, Settings, from_environment
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError
from eventhub.jobs.runner import work_for_ever
from eventhub.pages import serve_pages
from eventhub.people.services import account_for, set_password
from eventhub.printing.font_copy import copy_fonts
from eventhub.printing.font_fetch import font_packages
from eventhub.printing.fonts import COVERAGE, FontsMissing, use_fonts


class DemoAccount(Protocol):
    """Somebody to sign in as."""

    role: str
    email: str
    password: str


def settings() -> Settings:
    """Return the settings of the environment; stop with one line where they cannot be used."""
    try:
        return from_environment()
    except BadSetting as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def application(given: Settings | None = None) -> Iterator[Flask]:
    """Yield the application inside its context; a refusal of a service ends the command."""
    app = create_app(given or settings())
    with app.app_context():
        try:
            yield app
        except DomainError as error:
            raise click.ClickException(error.message or "Not found.") from None


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="eventhub", message="%(prog)s %(version)s")
def main() -> None:
    """EventHub: forums, side events and seminars, from registration to the certificate."""


def listening(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say where to listen."""
    port = click.option("--port", type=click.IntRange(1, 65535), help="By default 8000.")
    host = click.option("--host", help="By default 127.0.0.1: behind a proxy on this machine.")
    return host(port(command))


@main.command()
@listening
def run(host: str | None, port: int | None) -> None:
    """Serve the pages, with the job worker beside them."""
    given = settings()
    address = _address(given, host, port)
    given = _at_address(given, address)
    with application(given):
        if not inspect(db.engine).has_table("job"):
            raise click.ClickException("The database is empty. Run first: eventhub migrate")
    click.echo(f"EventHub is at {given.base_url} (Ctrl+C ends it)")
    _become_server(given, address)


@main.command()
@listening
def demo(host: str | None, port: int | None) -> None:
    """Load four events and two rehearsals, where they are not there yet, and serve them."""
    given = settings()
    address = _address(given, host, port)
    given = _at_address(given, address)
    if given.mode == "development":
        given = replace(given, mode="demo")
    if not (given.fonts / COVERAGE).is_file():
        _try_fonts(given)
    with application(given):
        upgrade()
        accounts = load_demo(click.echo)
    click.echo(f"\nEventHub is at {given.base_url} (Ctrl+C ends it). Sign in as:")
    for account in accounts:
        click.echo(f"  {account.role:<32}  {account.email:<34}  {account.password}")
    click.echo("Mail never leaves this machine. Read it here:")
    click.echo(f"  {given.base_url}/sent-mail\n  {given.folder('mail')}")
    _become_server(given, address)


@main.command()
@listening
@click.option("--bind", hidden=True)
@click.option("--tied", is_flag=True, hidden=True)
def web(host: str | None, port: int | None, bind: str | None, tied: bool) -> None:
    """Serve the pages only; run `eventhub worker` somewhere else."""
    given = settings()
    if tied:
        serving.end_with_parent()
    serve_pages(given, bind or _address(given, host, port))


@main.command()
@click.option("--tied", is_flag=True, hidden=True)
def worker(tied: bool) -> None:
    """Do the work behind the pages: mail, badges, certificates."""
    given = settings()
    app = create_app(given)
    if tied:
        serving.end_with_parent()
    print_with_fonts(given)
    work_for_ever(app, os.environ.get("EVENTHUB_WORKER_NAME") if tied else None)


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    with application():
        upgrade()
    click.echo("The database has the newest schema.")


@main.command()
def setup() -> None:
    """Put fonts in their place and compile the translations."""
    given = settings()
    click.echo(f"Translations: {texts.compile_all()} compiled.")
    if _try_fonts(given):
        click.echo(f"Fonts: in {given.fonts}.")


@main.command()
def messages() -> None:
    """Collect the texts to translate into translations/, and compile what is translated."""
    for code, missing in texts.collect().items():
        click.echo(f"{code}: {missing} texts to translate")
    texts.compile_all()


@main.command("create-admin")
@click.argument("email")
@click.option("--name", default="Site administrator", show_default=True)
def create_admin(email: str, name: str) -> None:
    """Make a site administrator and print a password, shown only once."""
    password = readable_password()
    with application(), transaction():
        account = account_for(email, name, language="en", actor=SYSTEM)
        give_role(account.id, "site_administrator", actor=SYSTEM)
        set_password(account, password, actor=SYSTEM)
        address = account.email
    click.echo(f"  Site administrator    {address}    {password}")
    click.echo("Sign in, then set a password of your own under your name.")


@main.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--without-keys", is_flag=True, help="Leave the key ring to another back-up.")
def make_backup(file: Path, without_keys: bool) -> None:
    """Write database and stored files into FILE, the keys into FILE.keys.

    Without its keys a back-up cannot be read: keep the two apart, and keep both.
    """
    with application() as app:
        try:
            made = backup.make(app, file, with_keys=not without_keys)
        except backup.BackupRefused as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"{made.rows} rows and {made.files} files are in {file}.")
    if made.keys_file:
        click.echo(f"The keys are in {made.keys_file}. Keep them in another place.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="By default FILE.keys, where it lies beside FILE.",
)
def restore(file: Path, keys: Path | None) -> None:
    """Bring a back-up into an empty installation; nothing is ever overwritten."""
    try:
        made = backup.restore(settings(), file, keys)
    except backup.BackupRefused as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{made.rows} rows and {made.files} files are back.")
    if made.keys_file is None:
        click.echo("No keys were restored: put the key ring into its folder before you start.")


@main.command("doctor")
def see_doctor() -> None:
    """Look whether everything is in order, and say what to do where it is not."""
    with application() as app:
        findings = doctor.examine(app)
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_good else 'FAIL'} {finding.what}: {finding.says}")
    sys.exit(0 if all(finding.is_good for finding in findings) else 1)


def readable_password() -> str:
    """Return a random password of four groups that can be read aloud (about 77 bits)."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def load_demo(tell: Callable[[str], None]) -> Sequence[DemoAccount]:
    """Load what is missing of the demo, telling how far it is; return the accounts to try."""
    loader = importlib.import_module("eventhub.demo.loader")  # heavy, and no web process needs it
    accounts: Sequence[DemoAccount] = loader.load(tell)
    return accounts


def print_with_fonts(given: Settings) -> bool:
    """Let this process print with the installation's fonts; say so where they are missing."""
    try:
        use_fonts(given.fonts)
    except FontsMissing as error:
        click.echo(f"No PDFs can be made: {error}", err=True)
        return False
    return True


def _try_fonts(given: Settings) -> bool:
    try:
        with font_packages() as packages:
            copy_fonts(packages, given.fonts)
    except FontsMissing as error:
        click.echo(f"No PDFs can be made: {error}", err=True)
        return False
    return True


def _at_address(given: Settings, address: str) -> Settings:
    """Let links lead to where we listen, where no other address was chosen."""
    if os.environ.get("EVENTHUB_BASE_URL") or given.mode == "production":
        return given
    return replace(given, base_url=f"http://{address}")


def _address(given: Settings, host: str | None, port: int | None) -> str:
    """Return where to listen: as asked, else the port of a local base_url, else 8000."""
    name, _colon, number = given.host.partition(":")
    is_local = name in ("127.0.0.1", "localhost") and number.isdigit()
    return f"{host or '127.0.0.1'}:{port or (number if is_local else 8000)}"


def _become_server(given: Settings, address: str) -> None:
    """Go on as the small program that looks after pages and worker, under the same process id."""
    os.environ.update(EVENTHUB_BASE_URL=given.base_url, EVENTHUB_MODE=given.mode)
    sys.stdout.flush()
    command = [sys.executable, "-m", "eventhub.serving", address]
    os.execv(sys.executable, command)  # noqa: S606  (our own program)
