"""Many photos at once: sent together, matched by name or row, looked at before they count."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError, NotFound
from eventhub.i18n import _, current, lazy_gettext, ngettext
from eventhub.jobs.queries import find_job
from eventhub.jobs.services import queue
from eventhub.photos.models import Photo
from eventhub.photos.portrait import Portrait, portrait_of
from eventhub.photos.queries import find_photo, photos_by_id
from eventhub.photos.rules import Doubt
from eventhub.photos.services import jpeg_of
from eventhub.registration.jobs import TAKE_PHOTOS
from eventhub.registration.permissions import VOUCH
from eventhub.registration.queries.workspace import offers_of
from eventhub.registration.rules.missing import Missing
from eventhub.registration.services.photo_files import MOST_IN_ZIP, Pictures
from eventhub.registration.services.photo_offers import (
    keep_upload,
    offer_photos,
    settle_photos,
)
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.desk import Desk, desk_of, name_of
from eventhub.web.access import requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, is_sent
from eventhub.web.once import once

MOST_PHOTOS = 30
AT_ONCE = 8
"""More pictures than these are left to the worker."""

MOST_SEEN = 60
"""On one page of those to look at."""

DOUBTS = {
    Doubt.BLURRED: lazy_gettext("looks blurred"),
    Doubt.DARK_BACKGROUND: lazy_gettext("dark background"),
    Doubt.UNEVEN_BACKGROUND: lazy_gettext("uneven background"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A photo to look at: where it is seen, whose it seems to be, what is doubtful."""

    ref: str
    name: str
    url: str
    whose: str
    doubts: str


@bp.route("/manage/<slug>/delegations/<ref>/photos", methods=["GET", "POST"])
@requires(VOUCH, switch="delegations")
def send_photos(slug: str, ref: str) -> ResponseReturnValue:
    """Take many photos at once, or one for a row; what cannot be used is told by file."""
    desk, form = desk_of(ref, VOUCH), BaseForm()
    refused: list[tuple[str, str]] = []
    if is_sent():
        pictures = Pictures(_files())
        if len(pictures) > AT_ONCE:
            ref = _queue(desk, pictures, form.key.data or "")
            return redirect(desk.url("registration.show_photo_work", job=ref))
        portraits = list(_portraits(pictures))
        refused = pictures.refused
        person = request.form.get("person", "")
        row_id = desk.member(person).row.id if person else None
        if portraits:
            once(
                form.key.data,
                f"registration.send_photos:{desk.sent.delegation.id}:{person}",
                lambda: str(
                    len(
                        offer_photos(
                            desk.sent.delegation,
                            portraits,
                            code=desk.sent.entity.code,
                            registration_id=row_id if len(portraits) == 1 else None,
                            actor=desk.actor,
                        )
                    )
                ),
            )
            for name, sentence in refused:
                say(_("%(file)s: %(sentence)s", file=name, sentence=sentence), "stop")
            return redirect(desk.url("registration.check_photos"))
        if not refused:
            refused = [("", _("Choose at least one photo."))]
    members = [one for one in desk.members() if not one.has_ended]
    page = render_template(
        "registration/send_photos.html",
        event=desk.event,
        sent=desk.sent,
        form=form,
        refused=refused,
        lacking=[
            (one.row.ref, name_of(one))
            for one in members
            if {Missing.PHOTO, Missing.NEW_PHOTO} & set(one.missing)
        ],
        people=[(one.row.ref, name_of(one)) for one in members],
        waiting=len(offers_of(desk.sent.delegation, desk.actor)),
        most=MOST_PHOTOS,
        most_in_zip=MOST_IN_ZIP,
    )
    return page, 422 if refused else 200


@bp.get("/manage/<slug>/delegations/<ref>/photos/work/<job>")
@requires(VOUCH, switch="delegations")
def show_photo_work(slug: str, ref: str, job: str) -> ResponseReturnValue:
    """Show how far the photos are; the page loads itself again until they are ready."""
    desk = desk_of(ref, VOUCH)
    work = find_job(job, event_id=desk.event.id)
    if work is None or work.name != TAKE_PHOTOS or work.args["account_id"] != desk.actor.id:
        raise NotFound
    if work.args["delegation_id"] != desk.sent.delegation.id:
        raise NotFound
    page = render_template(
        "registration/show_photo_work.html", event=desk.event, sent=desk.sent, job=work
    )
    again: dict[str, str] = {"Refresh": "2"} if work.state in ("waiting", "running") else {}
    return page, 200, again


@bp.route("/manage/<slug>/delegations/<ref>/photos/check", methods=["GET", "POST"])
@requires(VOUCH, switch="delegations")
def check_photos(slug: str, ref: str) -> ResponseReturnValue:
    """Show each photo beside the person it seems to be of; keep what the eye confirmed."""
    desk, form = desk_of(ref, VOUCH), BaseForm()
    offers = offers_of(desk.sent.delegation, desk.actor)
    if not offers:
        return redirect(desk.url("registration.send_photos"))
    sentence = ""
    fields = {one.ref: request.form.get(f"who-{one.ref}") for one in offers}
    chosen = {ref: who for ref, who in fields.items() if who is not None}
    if is_sent():
        try:
            answer = once(
                form.key.data,
                f"registration.check_photos:{desk.sent.delegation.id}",
                lambda: str(len(settle_photos(desk.sent.delegation, chosen, actor=desk.actor))),
            )
            n = int(answer)
            say(ngettext("%(n)s photo is kept.", "%(n)s photos are kept.", n))
            left = offers_of(desk.sent.delegation, desk.actor)
            page = "registration.check_photos" if left else "registration.show_delegation"
            return redirect(desk.url(page))
        except NotFound:
            raise
        except DomainError as error:
            sentence = error.message
    members = [one for one in desk.members() if not one.has_ended]
    refs = {one.row.id: one.row.ref for one in members}
    seen = offers[:MOST_SEEN]
    photos = photos_by_id(desk.event.id, [one.photo_id for one in seen])
    shown = [
        Offer(
            one.ref,
            one.name,
            desk.url("registration.offered_photo", offer=one.ref),
            chosen.get(one.ref, "") if is_sent() else refs.get(one.registration_id or 0, ""),
            _doubts(photos[one.photo_id]),
        )
        for one in seen
    ]
    page = render_template(
        "registration/check_photos.html",
        event=desk.event,
        sent=desk.sent,
        form=form,
        offers=shown,
        people=[(one.row.ref, name_of(one), one.photo is not None) for one in members],
        sentence=sentence,
        later=len(offers) - len(seen),
        unsure=sum(not one.whose for one in shown),
    )
    return page, 422 if sentence else 200


@bp.get("/manage/<slug>/delegations/<ref>/photos/<offer>.jpg")
@requires(VOUCH, switch="delegations")
def offered_photo(slug: str, ref: str, offer: str) -> ResponseReturnValue:
    """Show a photo that waits to be looked at, to whoever sent it."""
    desk = desk_of(ref, VOUCH)
    mine = offers_of(desk.sent.delegation, desk.actor)
    found = next((one for one in mine if one.ref == offer), None)
    photo = find_photo(desk.event.id, found.photo_id) if found else None
    if photo is None:
        raise NotFound
    return Response(jpeg_of(photo), mimetype="image/jpeg")


@bp.get("/manage/<slug>/delegations/<ref>/people/<person>/photo.jpg")
@requires(VOUCH, switch="delegations")
def member_photo(slug: str, ref: str, person: str) -> ResponseReturnValue:
    """Show the photo of somebody of the delegation."""
    desk: Desk = desk_of(ref, VOUCH)
    photo = desk.member(person).photo
    if photo is None:
        raise NotFound
    return Response(jpeg_of(photo, thumb="small" in request.args), mimetype="image/jpeg")


def _files() -> list[tuple[str, bytes]]:
    files = []
    for file in request.files.getlist("photos")[:MOST_PHOTOS]:
        if file.filename:
            files.append((file.filename, file.read()))
            file.close()
    return files


def _portraits(pictures: Pictures) -> Iterator[tuple[str, Portrait]]:
    """Yield the pictures as portraits by the files' names; what cannot be used is refused."""
    for name, picture in pictures:
        try:
            yield name, portrait_of(picture)
        except DomainError as error:
            pictures.refused.append((name, error.message))


def _queue(desk: Desk, pictures: Pictures, key: str) -> str:
    """Let the worker make the portraits; return the ref of its job."""
    delegation = desk.sent.delegation

    def ask() -> str:
        return queue(
            TAKE_PHOTOS,
            event_id=desk.event.id,
            delegation_id=delegation.id,
            file_id=keep_upload(delegation, pictures.packed()),
            account_id=desk.actor.id,
            slug=desk.event.slug,
            language=current(),
        ).ref

    return once(key, f"registration.take_photos:{delegation.id}", ask)


def _doubts(photo: Photo) -> str:
    return _(", ").join(str(DOUBTS[Doubt(one)]) for one in photo.doubts)
