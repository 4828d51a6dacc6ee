"""The page of the sessions that a reader chose, carried by its address."""

from typing import Any

from flask import url_for
from markupsafe import Markup

from eventhub.agenda.made.source import NOTHING, Asked, Source, values
from eventhub.agenda.recalled import recall
from eventhub.agenda.rules import Choice, FrozenSession, clashing
from eventhub.agenda.seams import CHOICE_WAYS
from eventhub.agenda.showing import Line, clock_sentence, show_list, show_session
from eventhub.i18n import _, current
from eventhub.printing.qr import qr_svg
from eventhub.web.made_once import render
from eventhub.web.urls import absolute

MOST_IN_QR = 30
"""Sessions in a code that a phone still reads from a screen."""
QR_MM = 44


def chosen_sessions(source: Source, choice: Choice) -> list[FrozenSession]:
    """Return the chosen sessions that the public may know of, in the order of time."""
    recalled = recall(source.event, source.number)
    return [session for session in recalled.sessions if session.ref in choice]


def choice_page(source: Source, asked: Asked = NOTHING) -> bytes:
    """Return the chosen sessions in order, what clashes, and how to take them elsewhere."""
    recalled, view = recall(source.event, source.number), asked.view(source.event)
    chosen = chosen_sessions(source, asked.choice)

    def line(session: FrozenSession) -> Line:
        return show_session(recalled.programme, session, view)

    days = show_list(recalled.programme, chosen, view)
    where: dict[str, Any] = {"lang": current(), "slug": source.event.slug}
    address = absolute("agenda.show_choice", **where, s=asked.choice.text or None)
    return render(
        "agenda/choice.html",
        **values(source, recalled.programme, "agenda.show_choice", asked),
        days=days,
        count=len(chosen),
        clashes=[(line(one), line(other)) for one, other in clashing(chosen)],
        missing=len(asked.choice) - len(chosen),
        clock=clock_sentence(recalled.programme, days[0].date, view) if days else "",
        address=address,
        qr=_qr(address) if 0 < len(asked.choice) <= MOST_IN_QR else "",
        ways=[way(source.event, asked.choice.text) for way in CHOICE_WAYS] if chosen else [],
        programme_url=url_for("agenda.public", **where, **asked.query),
    )


def _qr(address: str) -> Markup:
    label = _("Code that opens this choice on another device")
    return Markup(qr_svg(address, label=label, size_mm=QR_MM))  # noqa: S704  (drawn by us)
