"""`eventhub backup` and `eventhub restore`."""

from pathlib import Path

import click

from eventhub import backup
from eventhub.commands.application import application
from eventhub.commands.listening import settings


@click.command("backup")
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


@click.command()
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
