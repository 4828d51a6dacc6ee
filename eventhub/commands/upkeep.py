"""Commands that keep an installation in order: `migrate`, `setup`, `messages`, `doctor`."""

import sys

import click

from eventhub import doctor, texts
from eventhub.commands.application import application
from eventhub.commands.fonts import place_fonts
from eventhub.commands.listening import settings
from eventhub.schema import upgrade


@click.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    with application() as app:
        upgrade(app)
    click.echo("The database has the newest schema.")


@click.command()
def setup() -> None:
    """Put fonts in their place and compile the translations."""
    given = settings()
    click.echo(f"Translations: {texts.compile_all()} compiled.")
    if place_fonts(given):
        click.echo(f"Fonts: in {given.fonts}.")


@click.command()
def messages() -> None:
    """Collect the texts to translate into translations/, and compile what is translated."""
    for code, missing in texts.collect().items():
        click.echo(f"{code}: {missing} texts to translate")
    texts.compile_all()


@click.command("doctor")
def see_doctor() -> None:
    """Look whether everything is in order, and say what to do where it is not."""
    with application() as app:
        findings = doctor.examine(app)
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_good else 'FAIL'} {finding.what}: {finding.says}")
    sys.exit(0 if all(finding.is_good for finding in findings) else 1)
