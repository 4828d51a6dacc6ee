"""What the worker does for accounts."""

from datetime import timedelta

from eventhub.core.db import transaction
from eventhub.jobs.runner import Work, handles
from eventhub.people import services


@handles("people.tidy", every=timedelta(hours=6))
def tidy(_work: Work) -> None:
    """Forget codes that are no longer good."""
    with transaction():
        services.forget_old_codes()
