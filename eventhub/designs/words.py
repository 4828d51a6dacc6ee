"""Elements, sizes and faults of designs in words."""

from collections.abc import Mapping
from typing import Any

from eventhub.designs.rules import Element, Fault
from eventhub.designs.rules.findings import Finding
from eventhub.i18n import _, lazy_gettext

SIZES = {
    "a6": lazy_gettext("A6, 105 × 148 mm"),
    "86x120": lazy_gettext("86 × 120 mm"),
    "cr80": lazy_gettext("Plastic card (CR80), 85.6 × 54 mm"),
    "cr80_upright": lazy_gettext("Plastic card (CR80), upright"),
    "a5_folded": lazy_gettext("A5, folded to A6"),
    "label_80x50": lazy_gettext("Labels 80 × 50 mm, 10 on A4"),
    "label_99x38": lazy_gettext("Labels 99.1 × 38.1 mm, 14 on A4"),
    "tent_a4": lazy_gettext("Name plate: A4, folded"),
    "tent_a5": lazy_gettext("Name plate: 210 × 148 mm, folded"),
}
READY = {
    "forum": lazy_gettext("Forum: photo, zones, A6"),
    "forum_small": lazy_gettext("Forum: photo, zones, 86 × 120 mm"),
    "side_event": lazy_gettext("Side event: plastic card, or 10 on A4"),
    "seminar": lazy_gettext("Seminar: large first name, 86 × 120 mm"),
    "label": lazy_gettext("Name label, 10 on A4"),
    "name_plate": lazy_gettext("Name plate, A4 folded"),
    "name_plate_small": lazy_gettext("Name plate, half of A4"),
}
KINDS = {"badge": lazy_gettext("Badge"), "name_plate": lazy_gettext("Name plate")}
FACES = {
    "front": lazy_gettext("Front of the card"), "back": lazy_gettext("Back of the card"),
}  # fmt: skip
PICTURES = {"logo": lazy_gettext("Logo"), "plan": lazy_gettext("Floor plan")}
TYPES = {
    "text": lazy_gettext("Text"), "stack": lazy_gettext("Texts below one another"),
    "photo": lazy_gettext("Photo"), "qr": lazy_gettext("QR code"),
    "band": lazy_gettext("Colour area"), "mark": lazy_gettext("Mark of the category"),
    "zones": lazy_gettext("Boxes of zones"), "picture": lazy_gettext("Picture"),
    "line": lazy_gettext("Line"), "seal": lazy_gettext("Rosette"),
}  # fmt: skip
SHOWN = {
    "name": lazy_gettext("Whole name"), "name_first": lazy_gettext("Name, first line"),
    "name_rest": lazy_gettext("Name, second line"),
    "local_name": lazy_gettext("Name in its own script"),
    "entity": lazy_gettext("State or organization"),
    "entity_other": lazy_gettext("State or organization, second language"),
    "post": lazy_gettext("Post"), "number": lazy_gettext("Number"),
    "serial": lazy_gettext("Number and issue"), "category": lazy_gettext("Category"),
    "category_other": lazy_gettext("Category, second language"),
    "event": lazy_gettext("Title of the event"),
    "event_other": lazy_gettext("Title of the event, second language"),
    "institution": lazy_gettext("Host institution"), "dates": lazy_gettext("Dates"),
    "place": lazy_gettext("City"), "free": lazy_gettext("Own words"),
}  # fmt: skip
ALIGNS = {
    "left": lazy_gettext("Left"), "center": lazy_gettext("Centre"),
    "right": lazy_gettext("Right"),
}  # fmt: skip
VERTICALS = {
    "top": lazy_gettext("Top"), "middle": lazy_gettext("Middle"),
    "bottom": lazy_gettext("Bottom"),
}  # fmt: skip
COLOURS = {
    "ink": lazy_gettext("Ink"), "muted": lazy_gettext("Grey"),
    "hairline": lazy_gettext("Light grey"), "white": lazy_gettext("White"),
    "accent": lazy_gettext("Accent of the event"), "band": lazy_gettext("Category’s colour"),
    "band_text": lazy_gettext("Text on the category’s colour"),
}  # fmt: skip
LINES = {
    "single": lazy_gettext("Single"), "double": lazy_gettext("Double"),
    "dashed": lazy_gettext("Dashed"),
}  # fmt: skip
HELP = {
    "emergency": lazy_gettext("Emergency number"), "hotline": lazy_gettext("Delegates’ hotline"),
    "wifi": lazy_gettext("Wi-Fi: name and password"), "lost": lazy_gettext("Lost and found"),
}  # fmt: skip


def element_name(element: Element) -> str:
    """Say what an element is."""
    return str(SHOWN[element.show] if element.type == "text" else TYPES[element.type])


def fault(one: Fault) -> str:
    """Say what is wrong with a value of a design."""
    given: Mapping[str, Any] = one.given
    said = {
        "no_design": _("This file is no design of badges."),
        "unknown": _("This name is not known here."),
        "no_faces": _("A design has a front and a back."),
        "empty": _("Put something on the front."),
        "too_many": _("At most %(most)s are possible.", most=given.get("most", "")),
        "no_element": _("This is no element."),
        "no_id": _("A name here has small letters, digits and hyphens only."),
        "twice": _("There are two of this name."),
        "no_stack": _("The texts it shall stand among are not there."),
        "no_picture": _("This picture is not there."),
        "no_extent": _("Write a width and a height above 0."),
        "least": _("The smallest size is at most the size."),
        "name_least": _("Names are never smaller than %(least)s points.", least=_g(given)),
        "no_words": _("Write the words, in one language at least."),
        "bad_picture": _("This is no PNG, JPEG or SVG."),
        "large_picture": _("A picture has at most 300 KB."),
        "number": _("Write a number from %(least)s to %(most)s.", least=given.get("least", ""),
                    most=given.get("most", "")),
        "choice": _("Choose one of: %(choices)s.", choices=given.get("choices", "")),
        "flag": _("Write true or false."),
        "text": _("Write at most %(longest)s characters.", longest=given.get("longest", "")),
        "missing": _("Fill this in."),
        "texts": _("Write the words by language."),
        "language": _("This is no code of a language."),
        "colour": _("Write a colour like #0F4C5C."),
    }  # fmt: skip
    return said[one.code]


def _g(given: Mapping[str, Any]) -> str:
    return f"{given.get('least', 0):g}" if isinstance(given.get("least"), float) else ""


def finding(one: Finding) -> str:
    """Say what to look at in a design."""
    return {
        "leaves": _("It leaves the card."),
        "over_code": _("It lies over the QR code: scanners may not read it."),
        "small_code": _("The QR code is under 22 mm: scanners may not read it."),
        "picture_missing": _("It has no picture yet and prints nothing."),
        "too_long": _("“%(name)s” does not fit at %(least)s points.", name=one.name,
                      least=f"{one.least:g}"),
    }[one.code]  # fmt: skip
