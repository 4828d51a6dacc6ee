"""The messages of an event: what waits, what was sent, what failed, and in what words."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.actor import Scope
from eventhub.core.errors import DomainError
from eventhub.events.queries import get_event_by_id
from eventhub.homes.queries import count_mails, get_mail, select_mails
from eventhub.homes.services import send_failed_again
from eventhub.homes.views.blueprint import bp
from eventhub.homes.views.ways import is_public
from eventhub.homes.words import MAIL_KINDS, MAIL_STATES, message_word
from eventhub.i18n import LANGUAGES, _, direction, ngettext, use
from eventhub.i18n.times import moment, number
from eventhub.mail.models import OutboxMail
from eventhub.mail.seams import MESSAGES
from eventhub.web.access import current_actor, current_place, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm
from eventhub.web.once import once
from eventhub.web.pages import PageOf, page_asked, paged

SHOWN_STATES = ("waiting", "failed", "sent", "caught", "dropped")
MASK = "…"
_LINK = re.compile(r"https?://[^\s<>]+")
_CODE = re.compile(r"(?<![\w-])\d{6}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the list."""

    label: str
    url: str
    current: bool
    count: str


@bp.get("/manage/<slug>/messages")
@requires("message.view")
def show_messages(slug: str) -> ResponseReturnValue:
    """List the event's mails within the person's scope, those of one state if asked for."""
    event, scope = get_event_by_id(current_place().event_id or 0), _scope()
    counts = count_mails(event.id, scope)
    asked = request.args.get("state", "")
    state = asked if asked in SHOWN_STATES else ""
    page: PageOf[OutboxMail] = paged(select_mails(event.id, scope, state), page_asked())
    return render_template(
        "homes/show_messages.html",
        event=event,
        page=page,
        tabs=tabs(slug, counts, state),
        failed=counts.get("failed", 0) if current_actor().may("message.retry") else 0,
        form=BaseForm(),
        **_words(),
    )


@bp.post("/manage/<slug>/messages/retry")
@requires("message.retry")
def retry(slug: str) -> ResponseReturnValue:
    """Send everything that failed, within the person's scope, once more."""
    event_id, form = current_place().event_id or 0, BaseForm()

    def act() -> str:
        return str(send_failed_again(event_id, actor=current_actor()))

    count = int(once(form.key.data, "homes.retry", act))
    say(ngettext("One mail is sent once more.", "%(n)s mails are sent once more.", count))
    return redirect(url_for("homes.show_messages", slug=slug))


@bp.get("/manage/<slug>/messages/<ref>")
@requires("message.view")
def show_message(slug: str, ref: str) -> ResponseReturnValue:
    """Show one mail in the words it has now, its private links and codes masked."""
    event = get_event_by_id(current_place().event_id or 0)
    mail = get_mail(event.id, ref, _scope())
    subject, text = worded(mail)
    return render_template(
        "homes/show_message.html",
        event=event,
        mail=mail,
        subject=subject,
        text=text,
        language=LANGUAGES[mail.language].own_name,
        text_direction=direction(mail.language),
        **_words(),
    )


def worded(mail: OutboxMail) -> tuple[str, str]:
    """Return subject and text as they would leave now, masked; "" where there is nothing to say."""
    wording = MESSAGES.get(mail.message)
    if wording is None:
        return "", ""
    try:
        with use(mail.language):
            letter = wording(mail.event_id, mail.ids)
    except DomainError:  # what it speaks of is gone
        return "", ""
    return (masked(letter.subject), masked(letter.text)) if letter else ("", "")


def masked(text: str) -> str:
    """Return the text with private links and one-time codes made unusable."""
    return _LINK.sub(_without_secret, _CODE.sub(MASK, text))


def tabs(slug: str, counts: Any, state: str) -> list[Tab]:
    """Return the views of the list: everything, then each state in which there is something."""
    every = Tab(
        _("All"), url_for("homes.show_messages", slug=slug), not state,
        number(sum(counts.values())),
    )  # fmt: skip
    return [every] + [
        Tab(
            str(MAIL_STATES[one]), url_for("homes.show_messages", slug=slug, state=one),
            one == state, number(counts.get(one, 0)),
        )
        for one in SHOWN_STATES
        if counts.get(one) or one == state
    ]  # fmt: skip


def _without_secret(found: re.Match[str]) -> str:
    """Return a link to a public page as it is, of any other the beginning alone."""
    address = urlsplit(found[0])
    return found[0] if is_public(address.path) and not address.query else (
        f"{address.scheme}://{address.netloc}/{MASK}"
    )  # fmt: skip


def _words() -> dict[str, Any]:
    return {
        "message_word": message_word,
        "mail_states": MAIL_STATES,
        "mail_kinds": MAIL_KINDS,
        "moment": moment,
    }


def _scope() -> Scope:
    return current_actor().scope("message.view")
