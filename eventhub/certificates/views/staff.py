"""The staff's pages: the list, one person's versions, what is asked for, the file."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from eventhub.attendance.queries import Standing, policy_of, standings_of
from eventhub.attendance.words import level_word, missing_word
from eventhub.certificates import messages, queries, services
from eventhub.certificates.models import Certificate, Withdrawal
from eventhub.certificates.views.blueprint import answer_file, bp
from eventhub.certificates.views.withdrawing import within_reach
from eventhub.certificates.words import FILTERS, filter_word, state_word
from eventhub.core.text import fold
from eventhub.events.queries import get_event, get_event_by_id
from eventhub.registration.queries import get_registration, name_of
from eventhub.web.access import current_actor, current_place, requires
from eventhub.web.forms import BaseForm

IN_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list: where they stand, and the newest of what they have."""

    standing: Standing
    name: str
    newest: Certificate | None
    pending: Withdrawal | None

    def is_in(self, which: str) -> bool:
        """Tell whether a filter shows the person."""
        state = self.newest.state if self.newest else ""
        return {
            "all": True,
            "waiting": self.standing.verdict.level != "none" and state != "valid",
            "issued": state == "valid",
            "withdrawn": state == "revoked" or self.pending is not None,
            "short": self.standing.verdict.level == "none",
        }[which]


@bp.get("/manage/<slug>/certificates")
@requires("certificate.view", switch="certificates")
def show_certificates(slug: str) -> ResponseReturnValue:
    """Show who reached which level, who has a certificate, and what is missing."""
    event, actor = get_event_by_id(current_place().event_id or 0), current_actor()
    latest: dict[int | None, Certificate] = {}
    certificates = queries.certificates_of(event.id)
    for certificate in certificates:
        latest.setdefault(certificate.registration_id, certificate)
    pending = queries.pending_in(event.id)
    reach = actor.scope("certificate.view").categories
    lines = [
        _line(one, latest.get(one.registration.id), pending)
        for one in standings_of(event, policy_of(event))
        if reach is None or one.registration.category_id in reach
    ]
    levels = dict.fromkeys(("completion", "participation", "attendance", "none"), 0)
    for line in lines:
        levels[line.standing.verdict.level] += 1
    wanted, which = request.args.get("q", ""), request.args.get("show", "")
    which = which if which in FILTERS else "all"
    found = [line for line in lines if line.is_in(which) and _matches(line, wanted)]
    pages = max(1, -(-len(found) // IN_A_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "certificates/show_certificates.html", event=event, lines=found[
            (number - 1) * IN_A_PAGE : number * IN_A_PAGE
        ], levels=levels, form=BaseForm(), level_word=level_word, missing_word=missing_word,
        hours=messages.hours, wanted=wanted, which=which,
        filters=[(code, filter_word(code)) for code in FILTERS],
        total=len(found), number=number, pages=pages,
        waiting=sum(one.sha256 is None and one.state == "valid" for one in certificates),
        on_request=queries.design_of(event).on_request,
        may_issue=actor.may("certificate.issue"), may_revoke=actor.may("certificate.revoke"),
        speakers=sum(
            one.state == "valid" and one.level == "appreciation" for one in certificates
        ),
    )  # fmt: skip


def _line(
    standing: Standing, newest: Certificate | None, pending: dict[int, Withdrawal]
) -> Line:
    waits = pending.get(newest.id) if newest else None
    return Line(standing, name_of(standing.registration).full, newest, waits)


def _matches(line: Line, wanted: str) -> bool:
    texts = (line.name, line.standing.registration.name_local,
             line.newest.serial if line.newest else "")  # fmt: skip
    return not wanted.strip() or any(fold(wanted) in fold(text) for text in texts)


@bp.get("/manage/<slug>/certificates/people/<person>")
@requires("certificate.view", switch="certificates")
def show_person(slug: str, person: str) -> ResponseReturnValue:
    """Show one person's certificates, all versions, the newest first."""
    event, actor = get_event(slug), current_actor()
    row = get_registration(event.id, person, actor.scope("certificate.view"))
    versions = queries.versions_of(event.id, row.id)
    standing = next(
        (one for one in standings_of(event, policy_of(event)) if one.registration.id == row.id),
        None,
    )
    return render_template(
        "certificates/show_person.html", event=event, row=row, name=name_of(row).full,
        versions=versions, standing=standing, pending=queries.pending_in(event.id),
        codes={one.id: services.find_code(one) for one in versions}, form=BaseForm(),
        level_word=level_word, missing_word=missing_word, state_word=state_word,
        hours=messages.hours, may_issue=actor.may("certificate.issue"),
        may_revoke=actor.may("certificate.revoke"),
    )  # fmt: skip


@bp.get("/manage/<slug>/certificates/<ref>.pdf")
@requires("certificate.view", switch="certificates")
def fetch(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the stored file of a certificate, also of one that is no longer valid."""
    certificate = within_reach(get_event(slug), ref, "certificate.view")
    return answer_file(certificate)
