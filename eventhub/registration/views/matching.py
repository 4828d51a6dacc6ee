"""Many photos at once: sent together, matched by name or row, looked at before they count."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError, NotFound
from eventhub.i18n import _, lazy_gettext, ngettext
from eventhub.photos.models import Photo
from eventhub.photos.portrait import Portrait, portrait_of
from eventhub.photos.queries import find_photo, photos_by_id
from eventhub.photos.rules import MOST_BYTES, Doubt
from eventhub.photos.services import jpeg_of
from eventhub.registration.permissions import VOUCH
from eventhub.registration.queries.workspace import offers_of
from eventhub.registration.rules.missing import Missing
from eventhub.registration.rules.photo_names import is_picture
from eventhub.registration.services.photo_offers import offer_photos, settle_photos
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.desk import Desk, desk_of, name_of
from eventhub.sheets.zipped import Bounds, Zipped, entry_name
from eventhub.web.access import requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, is_sent
from eventhub.web.once import once

MOST_PHOTOS = 30
MOST_IN_ZIP = 60
_IN_ZIP = Bounds(files=500, each_bytes=MOST_BYTES, all_bytes=300 * 1024 * 1024)

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
        portraits, refused = _portraits()
        person = request.form.get("person", "")
        row_id = desk.member(person).row.id if person else None
        if portraits:
            once(
                form.key.data,
                f"registration.send_photos:{desk.sent.delegation.id}",
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


@bp.route("/manage/<slug>/delegations/<ref>/photos/check", methods=["GET", "POST"])
@requires(VOUCH, switch="delegations")
def check_photos(slug: str, ref: str) -> ResponseReturnValue:
    """Show each photo beside the person it seems to be of; keep what the eye confirmed."""
    desk, form = desk_of(ref, VOUCH), BaseForm()
    offers = offers_of(desk.sent.delegation, desk.actor)
    if not offers:
        return redirect(desk.url("registration.send_photos"))
    sentence = ""
    chosen = {one.ref: request.form.get(f"who-{one.ref}", "") for one in offers}
    if is_sent():
        try:
            answer = once(
                form.key.data,
                f"registration.check_photos:{desk.sent.delegation.id}",
                lambda: str(len(settle_photos(desk.sent.delegation, chosen, actor=desk.actor))),
            )
            n = int(answer)
            say(ngettext("%(n)s photo is kept.", "%(n)s photos are kept.", n))
            return redirect(desk.url("registration.show_delegation"))
        except NotFound:
            raise
        except DomainError as error:
            sentence = error.message
    members = [one for one in desk.members() if not one.has_ended]
    refs = {one.row.id: one.row.ref for one in members}
    photos = photos_by_id(desk.event.id, [one.photo_id for one in offers])
    shown = [
        Offer(
            one.ref,
            one.name,
            desk.url("registration.offered_photo", offer=one.ref),
            chosen[one.ref] if is_sent() else refs.get(one.registration_id or 0, ""),
            _doubts(photos[one.photo_id]),
        )
        for one in offers
    ]
    page = render_template(
        "registration/check_photos.html",
        event=desk.event,
        sent=desk.sent,
        form=form,
        offers=shown,
        people=[(one.row.ref, name_of(one), one.photo is not None) for one in members],
        sentence=sentence,
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


def _portraits() -> tuple[list[tuple[str, Portrait]], list[tuple[str, str]]]:
    """Return what was sent as portraits by the files' names, and why others cannot be used."""
    made: list[tuple[str, Portrait]] = []
    refused: list[tuple[str, str]] = []
    for file in request.files.getlist("photos")[:MOST_PHOTOS]:
        if not file.filename:
            continue
        data = file.read()
        file.close()
        for name, picture in _unpacked(file.filename, data, refused):
            try:
                made.append((name, portrait_of(picture)))
            except DomainError as error:
                refused.append((name, error.message))
    return made, refused


def _unpacked(
    name: str, data: bytes, refused: list[tuple[str, str]]
) -> Iterator[tuple[str, bytes]]:
    """Yield a picture, or one after the other those of a ZIP file; what cannot be read is told."""
    if not data.startswith(b"PK"):
        yield name, data
        return
    try:
        pictures = Zipped(data, _IN_ZIP)
        entries = [one for one in pictures.entries if is_picture(one.filename)]
        if not entries:
            refused.append((name, _("There is no JPEG, PNG or WebP picture in this file.")))
        for one in entries[:MOST_IN_ZIP]:
            yield entry_name(one), pictures.read(one)
        for one in entries[MOST_IN_ZIP:]:
            refused.append((entry_name(one), _("There were too many. Send this one again.")))
    except DomainError as error:
        refused.append((name, error.message))


def _doubts(photo: Photo) -> str:
    return _(", ").join(str(DOUBTS[Doubt(one)]) for one in photo.doubts)
