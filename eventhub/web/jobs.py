"""What the worker does for the pages."""

from datetime import timedelta

from sqlalchemy import delete

from eventhub.access.models import Attempt
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.jobs.runner import Work, handles
from eventhub.web.models import SentForm

FORMS_KEPT = timedelta(days=7)
"""So long a form that was sent may be sent again and only gets its answer."""


@handles("web.tidy", every=timedelta(hours=6))
def tidy(_work: Work) -> None:
    """Forget forms sent long ago, and attempts whose window has passed."""
    with transaction():
        db.session.execute(delete(SentForm).where(SentForm.created_at < clock.now() - FORMS_KEPT))
        db.session.execute(delete(Attempt).where(Attempt.window_ends_at <= clock.now()))
