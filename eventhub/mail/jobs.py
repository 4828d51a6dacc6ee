"""Delivering the outbox."""

import smtplib
from email.errors import MessageError

from flask import current_app

from eventhub.config import Settings
from eventhub.core.db import transaction
from eventhub.i18n import use
from eventhub.jobs.runner import Work, handles
from eventhub.mail import services
from eventhub.mail.seams import CAUGHT, MESSAGES
from eventhub.mail.transport import Folder, compose, is_for_good, transport


@handles("mail.deliver")
def deliver(work: Work, ref: str) -> None:
    """Word one mail and send it; sent once, and once more only if the worker died in between.

    What the server refuses for good has failed; anything else is tried again, later each time.
    """
    mail = services.find_mail(ref)
    if mail is None or mail.state in ("sent", "dropped", "caught"):
        return
    settings: Settings = current_app.extensions["eventhub.settings"]
    mail_id = mail.id
    is_caught = any(catches(mail.event_id) for catches in CAUGHT)
    with use(mail.language):
        letter = MESSAGES[mail.message](mail.event_id, mail.ids)
    if letter is None:
        with transaction():
            services.mark(mail_id, "dropped")
        return
    try:
        message = compose(
            letter,
            to=mail.to,
            sender=settings.mail_from,
            message_id=mail.message_id,
            domain=settings.host.split(":")[0],
        )
        way = transport(settings)
        if not is_caught or isinstance(way, Folder):
            way.deliver(message)
    except (OSError, smtplib.SMTPException, ValueError, MessageError) as error:
        refused = is_for_good(error)
        is_over = refused or work.is_last_attempt
        with transaction():
            services.mark(mail_id, "failed" if is_over else "waiting", str(error)[:1000])
        if not refused:
            raise
    else:
        with transaction():
            services.mark(mail_id, "caught" if is_caught else "sent")
