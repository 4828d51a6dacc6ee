"""The delegation on paper, for the ambassador to initial: persons in order, a box, made once."""

from collections.abc import Mapping, Sequence
from typing import Any

from eventhub.core import clock
from eventhub.core.actor import EVERYTHING
from eventhub.core.db import db
from eventhub.delegations.queries import get_delegation, get_delegation_by_id
from eventhub.events.words import where_of
from eventhub.files.services import store_file
from eventhub.i18n import _, direction, use
from eventhub.i18n.times import moment, span
from eventhub.institutions.models import Institution
from eventhub.printing.html_pdf import render_pdf
from eventhub.registration.queries import name_of, reference, setup_of
from eventhub.registration.queries.remote import remote_settings_of
from eventhub.registration.queries.workspace import Member, members_of
from eventhub.registration.rules import title_in
from eventhub.web.site import rendered

PAPER_CLASS = "delegation_paper"
"""The class of the files: each names the people of a delegation."""

LANGUAGES = ("en", "fr", "zh", "ar")
"""Languages in which the paper is made."""


def delegation_paper(event_id: int, delegation_id: int, language: str) -> tuple[bytes, str]:
    """Return the PDF of a delegation in a language, and the name of its file.

    Persons stand in the delegation's order under their roles, with titles, the entity's name
    above; those who ended, and who were invited and have not answered, are left out.
    """
    setup = setup_of(event_id)
    delegation = get_delegation_by_id(event_id, delegation_id)
    event = setup.event
    institution = db.session.get_one(Institution, event.institution_id)
    with use(language):
        sent = get_delegation(event_id, delegation.ref, EVERYTHING)
        members = [
            one
            for one in members_of(setup, sent, EVERYTHING)
            if not (one.has_ended or one.is_prepared)
        ]
        values: Mapping[str, Any] = {
            "lang": language,
            "dir": direction(language),
            "institution": institution.names.pick(language, event.languages),
            "reference": event.code,
            "data_time": _("As of %(time)s", time=moment(clock.now(), event.zone)),
            "title": _("Delegation of %(entity)s", entity=sent.name),
            "entity": sent.name,
            "event": event.title(language),
            "days": span(event.starts_on, event.ends_on),
            "place": where_of(event),
            "groups": _groups(members, setup.categories, sent.entity.code, language),
            "marks_remote": event.mode == "hybrid" and remote_settings_of(event_id).is_marked,
            "count": len(members),
        }
        html = rendered("print/registration/delegation.html", **values)
        title = str(values["title"])
    pdf = render_pdf(html, lang=language, title=title, created_at=clock.now())
    return pdf, f"{event.slug}-{sent.entity.code.lower()}-{language}.pdf"


def keep_paper(event_id: int, pdf: bytes, name: str) -> int:
    """Keep the PDF with the event's files, and return the file's id."""
    file = store_file(
        pdf,
        event_id=event_id,
        data_class=PAPER_CLASS,
        name=name,
        media_type="application/pdf",
    )
    return file.id


def _groups(
    members: Sequence[Member], categories: Mapping[int, Any], code: str, language: str
) -> list[tuple[str, list[dict[str, Any]]]]:
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    for at, one in enumerate(members, start=1):
        row = one.row
        word = categories[row.category_id].name(language)
        if not groups or groups[-1][0] != word:
            groups.append((word, []))
        groups[-1][1].append(
            {
                "number": at,
                "name": name_of(row).printed(language),
                "title": title_in(language, row.functional_title, row.title_en),
                "organisation": row.organisation,
                "is_remote": row.mode == "remote",
                "reference": reference(row, code) if row.number else "",
            }
        )
    return groups
