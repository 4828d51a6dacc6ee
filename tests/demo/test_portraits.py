"""Portraits are drawn, distinct, the same each time, and good enough for the photo check."""

import io
import time

from PIL import Image

from eventhub.demo import people
from eventhub.photos import portrait as photos
from eventhub.rehearsals.portraits import portrait_of


def test_portraits_are_distinct_and_of_the_size_of_an_official_photo() -> None:
    registrations = people.registrations_of("xiamen-2024")
    pictures = {portrait_of(one.id, one.gender) for one in registrations}
    assert len(pictures) == len(registrations)
    for picture in list(pictures)[:20]:
        image = Image.open(io.BytesIO(picture))
        assert (image.format, image.size, image.mode) == ("JPEG", (413, 531), "RGB")
        assert image.info["dpi"] == (300, 300)
        assert 8_000 < len(picture) < 32_000


def test_a_person_always_looks_the_same() -> None:
    assert portrait_of("P001", "woman") == portrait_of("P001", "woman")
    assert portrait_of("P001", "woman") != portrait_of("P002", "woman")


def test_drawing_takes_milliseconds() -> None:
    portrait_of("warm-up", "man")
    began = time.process_time()
    for number in range(20):
        portrait_of(f"person-{number}", "woman")
    assert (time.process_time() - began) / 20 < 0.05


def test_photo_check_takes_every_look_without_a_doubt() -> None:
    for number in range(60):
        gender = ("woman", "man", "undisclosed")[number % 3]
        found = photos.portrait_of(portrait_of(f"person-{number}", gender))
        assert not found.doubts
