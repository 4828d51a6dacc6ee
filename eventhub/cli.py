"""The command line: `eventhub COMMAND`; settings come from the environment."""

import importlib
from typing import cast

import click

from eventhub import __version__
from eventhub.core import garbage

COMMANDS = {
    "run": "run:run",
    "demo": "demo:demo",
    "web": "web:web",
    "worker": "worker:worker",
    "migrate": "upkeep:migrate",
    "setup": "upkeep:setup",
    "messages": "upkeep:messages",
    "doctor": "upkeep:see_doctor",
    "create-admin": "accounts:create_admin",
    "backup": "backups:make_backup",
    "restore": "backups:restore",
}
"""Where each command is: a module of `eventhub.commands`, loaded when it is called, and a name."""


class Commands(click.Group):
    """The commands by name; a process loads only what its own command needs."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names, those of every day first."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        with garbage.kept():
            loaded = importlib.import_module(f"eventhub.commands.{module}")
        return cast(click.Command, getattr(loaded, name))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="eventhub", message="%(prog)s %(version)s")
def main() -> None:
    """EventHub: forums, side events and seminars, from registration to the certificate."""
