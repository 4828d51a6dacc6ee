"""`eventhub create-admin`: the first account of an installation."""

import secrets

import click

from eventhub.access.services import give_role
from eventhub.commands.application import application
from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.people.services import account_for, set_password


@click.command("create-admin")
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


def readable_password() -> str:
    """Return a random password of four groups that can be read aloud (about 77 bits)."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
