"""Certificates issued in tests."""

from eventhub.certificates import services
from eventhub.certificates.models import Certificate
from eventhub.core.actor import EVERYTHING, Actor
from eventhub.core.db import transaction
from eventhub.events.models import Event
from tests.factories import actor_with, make_account

OFFICER = actor_with("certificate.issue", "certificate.revoke")
DESIGN = {"languages": ["en", "fr"]}


def issue(event: Event) -> list[Certificate]:
    """Issue to everybody who reached a level."""
    with transaction():
        return services.issue_certificates(event, actor=OFFICER)


def somebody(name: str) -> Actor:
    """Return an account of this name that may issue and withdraw."""
    rights = dict.fromkeys(("certificate.view", "certificate.issue", "certificate.revoke"))
    return Actor("account", make_account(name=name).id, name, dict.fromkeys(rights, EVERYTHING))


def withdraw(certificate: Certificate, reason: str = "issued by mistake") -> None:
    """Withdraw a certificate as two persons do."""
    first, second = somebody("First Person"), somebody("Second Person")
    with transaction():
        services.propose_withdrawal(certificate, reason, actor=first)
    with transaction():
        services.confirm_withdrawal(certificate, actor=second)
