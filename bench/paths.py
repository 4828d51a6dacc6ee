"""The ways to register, walked as a delegate walks them; each answers the private token."""

import io
import random
from collections.abc import Callable, Sequence

from PIL import Image

from bench.visitor import Page, Upload, Visitor, Wrong

Way = Callable[[Visitor, str, int], str]
"""Walks the registration of one person, by number, at the event of a slug."""

Entity = tuple[str, str]
"""Code and English name of a State."""

PHOTO_SIZE = (4000, 3000)
PHOTO_QUALITY = 85


def on_one_page(states: Sequence[Entity]) -> Way:
    """Return the side event's way: one form read, one form sent."""

    def walk(visitor: Visitor, slug: str, number: int) -> str:
        page = visitor.get(f"/en/{slug}/register")
        typed = {
            "given_names": "Chanda",
            "family_name": f"Mwila {number}",
            "entity_name": states[number % len(states)][1],
            "email": _email(number),
            "admission": "valid_pass",
        }
        return _token(visitor.post(page, typed))

    return walk


def step_by_step(states: Sequence[Entity], photo: bytes = b"") -> Way:
    """Return the forum's way: four steps and the check, each read and sent, and the receipt."""

    def walk(visitor: Visitor, slug: str, number: int) -> str:
        person = _person(states[number % len(states)][0], number)
        page = visitor.get(f"/en/{slug}/register")
        person["who"]["category"] = page.choices("category")[2]
        for step in ("who", "names", "contact"):
            page = visitor.get(visitor.post(page, person[step]))
        upload = Upload("photo", "portrait.jpg", "image/jpeg", photo) if photo else None
        page = visitor.get(visitor.post(page, {}, upload=upload))
        receipt: Page = visitor.get(visitor.post(page, {"list_of_participants": "y"}))
        return _token(receipt.path)

    return walk


def camera_photo() -> bytes:
    """Return a JPEG of 12 megapixels with a camera's share of detail, some 3 MB."""
    chance = random.Random(12)
    wide, high = PHOTO_SIZE
    small = Image.new("RGB", (wide // 4, high // 4))
    small.putdata(
        [(140 + chance.randrange(70), 130 + chance.randrange(60), 120 + chance.randrange(60))
         for _pixel in range(wide * high // 16)]
    )  # fmt: skip
    out = io.BytesIO()
    small.resize(PHOTO_SIZE, Image.Resampling.BICUBIC).save(out, "JPEG", quality=PHOTO_QUALITY)
    return out.getvalue()


def _person(state: str, number: int) -> dict[str, dict[str, str]]:
    return {
        "who": {"entity": state},
        "names": {
            "family_name": f"Mwila {number}",
            "given_names": "Chanda",
            "name_order": "given_first",
            "honorific": "Ms.",
        },
        "contact": {
            "email": _email(number),
            "phone": "+260 211 123456",
            "functional_title": "Director of International Cooperation",
            "organisation": "Ministry of Digital Affairs",
            "gender": "woman",
            "language": "en",
        },
    }


def _email(number: int) -> str:
    return f"person{number}@example.org"


def _token(path: str) -> str:
    """Return the token in the address of the receipt (`/en/<slug>/register/<token>/sent`)."""
    parts = path.split("/")
    if parts[-1] != "sent":
        raise Wrong(f"ended at {path}")
    return parts[-2]
