"""The document of a certificate: its design laid out once, filled from what is frozen in each."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from eventhub.certificates import messages
from eventhub.certificates.models import Certificate
from eventhub.certificates.ornaments import border
from eventhub.core.db import db
from eventhub.events.rules import ACCENTS, DEFAULT_ACCENT
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.i18n import LANGUAGES, Translated, _, use
from eventhub.printing.designs import Design, read_design
from eventhub.printing.paper import Signature
from eventhub.printing.sheets import print_sheets
from eventhub.printing.values import Qr, Sheet, Text, Value
from eventhub.web.rosette import rosette
from eventhub.web.site import rendered

ONE_OF_A_PERSON = frozenset(
    {"name", "name_local", "name_local_language", "entity", "sessions", "quarter_hours",
     "issued_on"}
)  # fmt: skip
"""What differs by person; all else of what is frozen is the same on all of a run."""

LOOKS = {"attendance": "plain", "participation": "plain", "completion": "guilloche",
         "appreciation": "band"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a page begin, in mm from its upper left corner, and type in points."""

    width: float
    height: float
    start: float
    end: float
    emblem: float
    heads: float
    who: float
    what: float
    what_height: float
    signs: float
    signs_width: float
    proof: float
    proof_width: float
    title: float
    name: float
    event: float
    sessions: float


LANDSCAPE = Places(
    width=297, height=210, start=22, end=22, emblem=19, heads=42, who=70, what=107, what_height=34,
    signs=146, signs_width=165, proof=161, proof_width=84, title=21, name=28, event=13, sessions=12,
)  # fmt: skip
PORTRAIT = Places(
    width=210, height=297, start=20, end=20, emblem=24, heads=50, who=88, what=134, what_height=54,
    signs=198, signs_width=170, proof=248, proof_width=100, title=17, name=26, event=13,
    sessions=24,
)  # fmt: skip
LAYOUTS = {"landscape": LANDSCAPE, "portrait": PORTRAIT}
WIDEST_SIGNATURE = 74.0
GAP = 5.0
"""Between the languages and the line that parts them."""
LONGEST_IN_A_LINE = 90

Said = tuple[str, dict[str, str]]
"""A language, and what the document says in it."""


def make_pdf(
    certificate: Certificate, *, url: str, signature: Signature | None = None,
    page_path: bool = False,
) -> bytes:  # fmt: skip
    """Return the unsigned PDF: the same bytes each time, from what is frozen (R5.8).

    url is the address of its verification page; with `signature` there is room for one.
    """
    shown = certificate.shown
    out = io.BytesIO()
    said = {}
    for language in shown["languages"]:
        with use(language):
            said[language] = messages.own_words(certificate)
    first = shown["languages"][0]
    with use(first):
        title = messages.title_of(certificate.level)
    print_sheets(
        design_of(certificate.level, shown), [_sheet(certificate, said, url)], out,
        title=f"{title} {certificate.serial}", lang=first,
        created_at=certificate.issued_at, signature=signature, page_path=page_path,
    )  # fmt: skip
    return out.getvalue()


def design_of(level: str, shown: Mapping[str, Any]) -> Design:
    """Return the design of a run, laid out when it is first asked for."""
    same = {name: value for name, value in shown.items() if name not in ONE_OF_A_PERSON}
    same["has_hours"] = bool(shown["by_hours"])
    same["has_sessions"] = bool(shown.get("sessions"))
    return _laid_out(level, json.dumps(same, sort_keys=True))


@lru_cache(maxsize=16)
def _laid_out(level: str, frozen: str) -> Design:
    shown = json.loads(frozen)
    files: dict[str, bytes] = {}
    pages: list[Said] = []
    for language in shown["languages"]:
        with use(language):
            pages.append((language, messages.same_words(level, shown)))
    colour = shown.get("colour") or ACCENTS[DEFAULT_ACCENT].light
    places = LAYOUTS[shown.get("layout", "landscape")]
    if LOOKS[level] == "band":
        places = replace(places, start=28, end=16)
    # As a background, what is ornament alone is not read aloud.
    files["border.svg"] = border(LOOKS[level], places.width, places.height, colour).encode()
    columns = _columns(places, pages)
    html = rendered(
        "print/certificates/document.html", pages=columns, sheet=places, frame=colour,
        middle=places.start + (places.width - places.start - places.end) / 2,
        rosette=rosette(shown["event_code"], 120, label=shown["event_code"], colour=colour),
        logo=_asset("logo", shown.get("logo"), files),
        signatories=_signatories(shown["signatories"], places, pages, files),
        has_hours=shown["has_hours"], has_sessions=shown["has_sessions"],
    )  # fmt: skip
    return read_design(html, files)


def _columns(places: Places, pages: Sequence[Said]) -> list[dict[str, Any]]:
    """Place the languages side by side, the first where its reader begins."""
    width = (places.width - places.start - places.end) / len(pages)
    order = list(range(len(pages)))
    if LANGUAGES[pages[0][0]].direction == "rtl":
        order.reverse()
    return [
        {"language": language, "words": words, "width": width - 2 * GAP,
         "left": places.start + order[number] * width + GAP}
        for number, (language, words) in enumerate(pages)
    ]  # fmt: skip


def _signatories(
    found: Sequence[Any], places: Places, pages: Sequence[Said], files: dict[str, bytes]
) -> list[dict[str, Any]]:
    """Place who signs side by side, evenly over the width that is theirs."""
    if not found:
        return []
    each = places.signs_width / len(found)
    width = min(each, WIDEST_SIGNATURE)
    return [
        {**_signatory(number, one, pages, files), "width": width,
         "left": places.start + number * each + (each - width) / 2}
        for number, one in enumerate(found)
    ]  # fmt: skip


def _signatory(
    number: int, one: Any, pages: Sequence[Said], files: dict[str, bytes]
) -> dict[str, Any]:
    """Return name and title by language, a name that is the same in both only once."""
    if not isinstance(one, Mapping):  # as they were frozen before each language had its own
        one = {"names": {"en": one[0]}, "titles": {"en": one[1]}}
    lines, before = [], ("", "")
    for language, _said in pages:
        name = Translated(one["names"]).pick(language)
        title = Translated(one["titles"]).pick(language)
        fresh = (name if name != before[0] else "", title if title != before[1] else "")
        if any(fresh):
            lines.append((language, *fresh))
        before = (name, title)
    picture = _asset(f"signature-{number}", one.get("picture"), files)
    alt = _("Signature of %(name)s", name=lines[0][1] if lines else "")
    return {"lines": lines, "picture": picture, "alt": alt}


def _asset(name: str, file_id: int | None, files: dict[str, bytes]) -> str:
    """Read a stored picture for the design and return its name there, "" where there is none."""
    row = db.session.get(StoredFile, file_id) if file_id else None
    if row is None:
        return ""
    asset = f"{name}.{'png' if row.media_type == 'image/png' else 'jpg'}"
    files[asset] = read_whole(row)
    return asset


def _in_capitals(url: str) -> str:
    """Return the address as its QR code has it: a smaller code, of the kind made beforehand.

    An address below a path of its own stays as it is: capitals would lead elsewhere.
    """
    return url.upper() if urlsplit(url).path.startswith("/c/") else url


def _sheet(certificate: Certificate, said: Mapping[str, Mapping[str, str]], url: str) -> Sheet:
    shown = certificate.shown
    values: dict[str, Value] = {
        "name": Text((shown["name"],)),
        "serial": Text((certificate.serial,), "en"),
        "url": Text((url,), "en"),
        "qr": Qr(_in_capitals(url), f"{certificate.serial}, {url}"),
    }
    if shown["name_local"] and shown["name_local"] != shown["name"]:
        values["local"] = Text((shown["name_local"],), shown["name_local_language"] or "")
    if entities := tuple(dict.fromkeys(each["entity"] for each in said.values() if each["entity"])):
        one_line = " · ".join(entities)
        values["entity"] = Text(
            (one_line,) if len(one_line) <= LONGEST_IN_A_LINE else entities,
            next(iter(said)) if len(entities) == 1 else "",
        )
    for number, (language, words) in enumerate(said.items()):
        for name in ("hours", "issued", "sessions"):
            if paragraphs := tuple(words[name].splitlines()):
                values[f"{name}_{number}"] = Text(paragraphs, language)
    return Sheet("certificate", values)
