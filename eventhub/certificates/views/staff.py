"""The staff's pages: who reached which level, the policy, issuing, the file, withdrawing."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.attendance.queries import policy_of, standings_of
from eventhub.attendance.words import level_word, missing_word
from eventhub.certificates import messages, queries, services
from eventhub.certificates.forms import PolicyForm
from eventhub.certificates.models import Certificate
from eventhub.certificates.rules import Design
from eventhub.certificates.views.blueprint import answer_file, bp
from eventhub.certificates.views.withdrawing import within_reach
from eventhub.core.db import transaction
from eventhub.events.queries import get_event
from eventhub.i18n import _, ngettext
from eventhub.registration.queries import get_registration, name_of
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm
from eventhub.web.once import once

MOST_SIGNATORIES = 3


@bp.get("/manage/<slug>/certificates")
@requires("certificate.view", switch="certificates")
def show_certificates(slug: str) -> ResponseReturnValue:
    """Show who reached which level, who has a certificate, and what is missing."""
    event = get_event(slug)
    policy = policy_of(event)
    certificates = queries.certificates_of(event.id)
    latest: dict[int | None, Certificate] = {}
    for certificate in certificates:
        latest.setdefault(certificate.registration_id, certificate)
    reach = current_actor().scope("certificate.view").categories
    standings = [
        one
        for one in standings_of(event, policy)
        if reach is None or one.registration.category_id in reach
    ]
    levels = dict.fromkeys(("completion", "participation", "attendance", "none"), 0)
    for standing in standings:
        levels[standing.verdict.level] += 1
    return render_template(
        "certificates/show_certificates.html", event=event, policy=policy, latest=latest,
        standings=standings, levels=levels, form=BaseForm(), level_word=level_word,
        missing_word=missing_word, hours=messages.hours, name_of=name_of,
        pending=queries.pending_in(event.id), waiting=services.count_waiting(event.id),
        may_issue=current_actor().may("certificate.issue"),
        may_revoke=current_actor().may("certificate.revoke"),
    )  # fmt: skip


@bp.route("/manage/<slug>/certificates/policy", methods=["GET", "POST"])
@requires("certificate.issue", switch="certificates")
def edit_policy(slug: str) -> ResponseReturnValue:
    """Say who signs."""
    event = get_event(slug)
    form = PolicyForm(data=_as_typed(queries.design_of(event)))
    if form.is_good():
        signatories = [
            [part.strip() for part in line.partition(",")[::2]]
            for line in (form.signatories.data or "").splitlines()
            if line.strip()
        ]
        if len(signatories) > MOST_SIGNATORIES:
            form.signatories.errors = [_("Up to three people sign.")]
        else:
            with transaction():
                services.change_design(event, {"signatories": signatories}, actor=current_actor())
            say(_("Saved. Certificates issued from now on follow it."))
            return redirect(url_for("certificates.show_certificates", slug=slug))
    page = render_template("certificates/edit_policy.html", event=event, form=form)
    return page, 422 if form.errors else 200


@bp.post("/manage/<slug>/certificates/issue")
@requires("certificate.issue", switch="certificates")
def issue(slug: str) -> ResponseReturnValue:
    """Issue certificates to everybody who reached a level and has none yet, or to one by name."""
    event, form, actor = get_event(slug), BaseForm(), current_actor()
    ref = request.form.get("person", "")
    reach = actor.scope("certificate.issue")
    ids = [get_registration(event.id, ref, reach).id] if ref else None

    def act() -> str:
        return str(len(services.issue_certificates(event, ids, actor=actor)))

    count = int(once(form.key.data, f"certificates.issue:{ref}", act))
    say(
        ngettext("%(n)s certificate is being made.", "%(n)s certificates are being made.", count)
        if count
        else _("Everybody who reached a level has a certificate already."),
        "good" if count else "note",
    )
    return redirect(url_for("certificates.show_certificates", slug=slug))


@bp.get("/manage/<slug>/certificates/<ref>.pdf")
@requires("certificate.view", switch="certificates")
def fetch(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the stored file of a certificate."""
    event = get_event(slug)
    certificate = within_reach(event, ref, "certificate.view")
    return answer_file(certificate)


def _as_typed(design: Design) -> dict[str, Any]:
    return {"signatories": "\n".join(f"{name}, {title}" for name, title in design.signatories)}
