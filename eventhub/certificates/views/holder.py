"""What holders and delegations fetch: the own file, the one asked for, a ZIP of a delegation."""

from collections.abc import Sequence

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.models import Speaker
from eventhub.certificates import queries, services
from eventhub.certificates.messages import SPEAKERS_LINK
from eventhub.certificates.models import Certificate
from eventhub.certificates.views.blueprint import answer_file, bp
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.delegations.permissions import VIEW
from eventhub.delegations.queries import focal_points_of, get_delegation
from eventhub.events.queries import get_event, get_event_by_id
from eventhub.files.models import StoredFile
from eventhub.files.services import read_file
from eventhub.i18n import _
from eventhub.keys import links
from eventhub.registration.queries import by_token, name_of
from eventhub.web.access import BY_LINK, current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm
from eventhub.web.once import once
from eventhub.web.zip_answer import send_zip


@bp.route("/my/<token>/certificate", methods=["GET", "POST"])
@requires(BY_LINK)
def show_own(token: str) -> ResponseReturnValue:
    """Show the holder the own certificate, what became of it, or let them ask for it (R5.3)."""
    person, form = by_token(token), BaseForm()
    event = get_event_by_id(person.event_id)
    may_ask = services.may_ask(event, person, now=clock.now())
    if form.is_good() and may_ask:
        actor = Actor("registrant", person.id, name_of(person).full)
        once(
            form.key.data, f"certificates.ask:{person.ref}",
            lambda: str(len(services.issue_certificates(event, [person.id], actor=actor))),
        )  # fmt: skip
        say(_("Your certificate is being made. You get a mail when it is there."))
        return redirect(url_for("certificates.show_own", token=token))
    versions = queries.versions_of(event.id, person.id)
    return render_template(
        "certificates/show_own.html", event=event, token=token, form=form, may_ask=may_ask,
        newest=versions[0] if versions else None,
        code=services.find_code(versions[0]) if versions else "",
    )  # fmt: skip


@bp.get("/my/<token>/certificate.pdf")
@requires(BY_LINK)
def fetch_own(token: str) -> ResponseReturnValue:
    """Answer the holder with the own certificate in force; where there is none, say why."""
    registration = by_token(token)
    certificate = queries.valid_of(registration.event_id, registration.id)
    if certificate is None:
        if queries.versions_of(registration.event_id, registration.id):
            return redirect(url_for("certificates.show_own", token=token))
        raise NotFound
    return answer_file(certificate)


@bp.get("/speaker/<token>/certificate.pdf")
@requires(BY_LINK)
def fetch_as_speaker(token: str) -> ResponseReturnValue:
    """Answer a speaker with the certificate of appreciation in force."""
    speaker = db.session.scalar(db.select(Speaker).where(Speaker.ref == links.ref_in(token)))
    if speaker is None or not links.holds(token, SPEAKERS_LINK, speaker.ref):
        raise NotFound
    certificate = queries.valid_of_speaker(speaker.event_id, speaker.id)
    if certificate is None:
        raise NotFound
    return answer_file(certificate)


@bp.get("/manage/<slug>/certificates/all.zip")
@requires("certificate.view", switch="certificates")
def fetch_all(slug: str) -> ResponseReturnValue:
    """Answer with one ZIP of all certificates in force that the actor's right reaches."""
    event = get_event(slug)
    found = queries.files_of(
        event.id, categories=current_actor().scope("certificate.view").categories
    )
    if not found:
        say(_("No certificate is there yet."), "note")
        return redirect(url_for("certificates.show_certificates", slug=slug))
    return _zip(f"{slug}-certificates.zip", found)


@bp.get("/manage/<slug>/delegations/<ref>/certificates.zip")
@requires(VIEW, switch="certificates")
def fetch_delegation(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the ZIP of one delegation, for its focal point or who sees all (R5.9)."""
    event, actor = get_event(slug), current_actor()
    scope = actor.scope(VIEW)
    sent = get_delegation(event.id, ref, scope)
    name = f"{slug}-{sent.entity.code.lower()}-certificates.zip"
    categories = None
    points = focal_points_of(event.id, [sent.delegation.id])[sent.delegation.id]
    is_own = scope.delegations is not None or any(one.account.id == actor.id for one in points)
    if not is_own:
        if not actor.may("certificate.view"):
            raise NotFound
        categories = actor.scope("certificate.view").categories
    found = queries.files_of(event.id, delegation_id=sent.delegation.id, categories=categories)
    if not found:
        say(_("No certificate is there yet."), "note")
        return redirect(url_for("registration.show_delegation", slug=slug, ref=ref))
    return _zip(name, found)


def _zip(name: str, found: Sequence[tuple[Certificate, StoredFile]]) -> ResponseReturnValue:
    return send_zip(name, ((f"{one.serial}.pdf", read_file(file)) for one, file in found))
