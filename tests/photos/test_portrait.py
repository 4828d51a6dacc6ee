"""Pictures of every kind become one kind of portrait, or are refused with a sentence."""

from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from eventhub.core.errors import Invalid
from eventhub.photos import portrait, rules
from eventhub.photos.portrait import portrait_of, square_of
from tests.photos.pictures import drawn, jpeg_bomb, opened, png_bomb, sent, text_bomb

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")
"""Pillow grumbles about damaged notes in a file; the photo is taken all the same."""


def refusal(data: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        portrait_of(data)
    assert caught.value.field == "photo"
    return caught.value.message


def test_r1_23_portrait_and_thumbnail_have_their_size_in_pixels_and_bytes() -> None:
    noise = Image.effect_noise((3000, 4000), 120).convert("RGB")
    made = portrait_of(sent(noise, quality=60))
    assert opened(made.jpeg).size == (413, 531)
    assert opened(made.thumb).size == (96, 123)
    assert opened(made.jpeg).format == "JPEG"
    assert len(made.jpeg) <= 150 * 1024
    assert len(made.thumb) < 8 * 1024


def test_square_for_pages_has_its_size_in_pixels_and_bytes_and_keeps_the_head() -> None:
    noise = Image.effect_noise((3000, 4000), 120).convert("RGB")
    made = square_of(sent(noise, quality=60))
    assert opened(made.jpeg).size == (400, 400)
    assert opened(made.thumb).size == (144, 144)
    assert len(made.jpeg) <= 60 * 1024
    assert len(made.thumb) <= 8 * 1024
    whole = opened(square_of(sent(drawn())).jpeg)
    assert sum(whole.getpixel((200, 60))[:3]) < 200, "the hair at the top is still there"  # type: ignore[index]


@pytest.mark.parametrize("bomb", [png_bomb(), jpeg_bomb(), b"GIF89a", b""])
def test_square_refuses_what_a_portrait_refuses(bomb: bytes) -> None:
    with pytest.raises(Invalid):
        square_of(bomb)


def test_smallest_portrait_is_accepted_and_one_smaller_refused() -> None:
    assert portrait_of(sent(drawn(413, 531)))
    assert "400 x 520 pixels" in refusal(sent(drawn(400, 520)))
    assert "at least 413 x 531" in refusal(sent(drawn(1000, 500)))


def test_nothing_of_the_first_file_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretMaker"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (15.0, 25.0, 0.0)
    made = portrait_of(sent(exif=exif, comment=b"hidden words"))
    for jpeg in (made.jpeg, made.thumb):
        assert not opened(jpeg).getexif()
        assert "comment" not in opened(jpeg).info
        assert b"SecretMaker" not in jpeg
        assert b"hidden words" not in jpeg


@pytest.mark.parametrize(
    ("orientation", "turn"),
    [
        (6, Image.Transpose.ROTATE_90),
        (8, Image.Transpose.ROTATE_270),
        (3, Image.Transpose.ROTATE_180),
    ],
)
def test_picture_is_turned_as_the_camera_said(orientation: int, turn: Image.Transpose) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    seen = opened(portrait_of(sent(drawn().transpose(turn), exif=exif, quality=95)).jpeg)
    red, green, _blue = seen.getpixel((120, 500))  # type: ignore[misc]
    assert red > 150 > green, "the red shoulder is at the lower left"


def test_broken_exif_does_not_break_the_photo() -> None:
    data = sent(exif=b"Exif\x00\x00MM\x00*\x00\x00\xff\xff")
    assert opened(portrait_of(data).jpeg).size == (413, 531)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_are_accepted(kind: str) -> None:
    assert opened(portrait_of(sent(kind=kind)).jpeg).format == "JPEG"


def test_cmyk_of_a_press_becomes_plain_colours() -> None:
    seen = opened(portrait_of(sent(drawn().convert("CMYK"))).jpeg)
    assert seen.mode == "RGB"
    assert min(seen.getpixel((5, 5))) > 235  # type: ignore[type-var]


def test_sixteen_bit_grey_keeps_its_greys() -> None:
    grey = Image.new("I;16", (826, 1062), 32768)
    seen = opened(portrait_of(sent(grey, "PNG")).jpeg)
    assert all(118 <= value <= 138 for value in seen.getpixel((200, 200)))  # type: ignore[union-attr]


def test_palette_and_transparency_stand_on_white() -> None:
    clear = Image.new("RGBA", (826, 1062), (0, 0, 0, 0))
    seen = opened(portrait_of(sent(clear, "PNG")).jpeg)
    assert min(seen.getpixel((200, 200))) > 250  # type: ignore[type-var]
    assert portrait_of(sent(drawn().convert("P"), "PNG"))


def test_jpeg_of_two_frames_is_a_photo_but_a_moving_picture_is_not() -> None:
    both = sent(drawn(), "MPO", save_all=True, append_images=[drawn(ground="grey")])
    assert opened(portrait_of(both).jpeg).size == (413, 531)
    frames = {"save_all": True, "append_images": [drawn(ground="grey")]}
    for kind in ("GIF", "PNG", "WEBP"):
        assert "not a moving picture" in refusal(sent(drawn(), kind, **frames))


def test_wrong_kinds_are_named() -> None:
    assert "HEIC" in refusal(b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100)
    for data in (
        b"%PDF-1.7 ...",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90\x00",
        b"\x00",
    ):
        assert "JPEG, PNG or WebP" in refusal(data)
    assert "empty" in refusal(b"")


def test_file_is_judged_by_its_content() -> None:
    assert "JPEG, PNG or WebP" in refusal(sent(drawn(), "TIFF"))
    assert "JPEG, PNG or WebP" in refusal(sent(drawn(), "BMP"))


@pytest.mark.parametrize("kept", [0.98, 0.9, 0.5, 0.1, 0.01])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_truncated_files_are_refused(kind: str, kept: float) -> None:
    data = sent(kind=kind)
    assert refusal(data[: int(len(data) * kept)])


def test_damaged_files_never_rise_as_bugs() -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        data = bytearray(sent(drawn(450, 600), kind))
        for place in range(2, len(data), max(1, len(data) // 150)):
            damaged = bytes(data[:place]) + bytes([data[place] ^ 0xFF]) + bytes(data[place + 1 :])
            try:
                made = portrait_of(damaged)
            except Invalid:
                continue
            assert opened(made.jpeg).size == (413, 531)


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    assert "too many pixels" in refusal(png_bomb())
    assert "too many pixels" in refusal(png_bomb(9000, 9000))
    assert "too many pixels" in refusal(png_bomb(5000, 4200)), "a PNG is decoded whole"
    assert "too many pixels" in refusal(jpeg_bomb())
    assert refusal(text_bomb())


def test_file_over_ten_megabytes_is_refused() -> None:
    assert "at most 10 MB" in refusal(sent() + b"\x00" * rules.MOST_BYTES)


def test_large_jpeg_is_decoded_small(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = []
    plain = portrait._in_eight_bits
    monkeypatch.setattr(
        portrait, "_in_eight_bits", lambda image: decoded.append(image.size) or plain(image)
    )
    portrait_of(sent(Image.new("RGB", (6000, 8000), "white"), quality=50))
    assert decoded == [(750, 1000)]


def test_strip_is_refused() -> None:
    assert "strip" in refusal(sent(Image.new("RGB", (5000, 600), "white")))


def test_crop_is_what_the_person_chose() -> None:
    made = portrait_of(sent(drawn(2000, 2000)), rules.Crop(0.0, 0.0, 0.25))
    assert min(opened(made.jpeg).getpixel((200, 20))) > 240  # type: ignore[type-var]
    with pytest.raises(Invalid):
        portrait_of(sent(drawn(2000, 2000)), rules.Crop(0.0, 0.0, 0.1))


def test_r1_23_blur_and_background_are_told_to_the_reviewer_only() -> None:
    assert portrait_of(sent(drawn())).doubts == ()
    blurred = drawn().filter(ImageFilter.GaussianBlur(25))
    assert rules.Doubt.BLURRED in portrait_of(sent(blurred)).doubts
    assert rules.Doubt.DARK_BACKGROUND in portrait_of(sent(drawn(ground="#222222"))).doubts


def test_colours_of_a_wide_space_are_brought_to_srgb() -> None:
    profiles = list(Path("/usr/share/color/icc").rglob("*.icc"))
    damaged = portrait_of(sent(drawn(), icc_profile=b"not a profile"))
    assert opened(damaged.jpeg).mode == "RGB"
    for path in profiles[:3]:
        assert opened(portrait_of(sent(drawn(), icc_profile=path.read_bytes())).jpeg).mode == "RGB"
