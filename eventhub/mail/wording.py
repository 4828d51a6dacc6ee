"""Making a letter out of three templates, in the present language."""

from collections.abc import Sequence
from typing import Any

from flask import current_app

from eventhub.config import Settings
from eventhub.i18n import current, direction
from eventhub.mail.seams import Attachment, Letter

HOUSE = "EventHub"
"""Who writes, where no institution does."""


def letter(
    folder: str,
    *,
    attachments: Sequence[Attachment] = (),
    reply_to: str | None = None,
    **context: Any,
) -> Letter:
    """Render subject.txt, body.txt and body.html of templates/mail/<folder>.

    The templates see lang, dir, base_url and institution (name it, where one writes) beside the
    context. Works without a request.
    """
    settings: Settings = current_app.extensions["eventhub.settings"]
    values = {
        "lang": current(),
        "dir": direction(),
        "base_url": settings.base_url,
        "institution": HOUSE,
        **context,
    }

    def said(name: str) -> str:
        return current_app.jinja_env.get_template(f"mail/{folder}/{name}").render(values)

    return Letter(
        subject=" ".join(said("subject.txt").split()),
        text=said("body.txt").strip() + "\n",
        html=said("body.html"),
        attachments=tuple(attachments),
        reply_to=reply_to,
    )
