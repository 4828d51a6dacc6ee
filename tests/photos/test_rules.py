"""What is cut from a picture, and what a reviewer is told."""

from itertools import product

import pytest

from eventhub.photos.rules import (
    HEIGHT,
    WIDTH,
    Crop,
    Doubt,
    crop_box,
    doubts,
    is_large_enough,
    is_too_long,
)


@pytest.mark.parametrize(("width", "height"), list(product((413, 900, 1000, 4000), repeat=2)))
def test_r1_23_every_crop_is_seven_to_nine_and_inside(width: int, height: int) -> None:
    left, top, right, bottom = crop_box(width, height)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert abs((right - left) * HEIGHT - (bottom - top) * WIDTH) <= 2 * HEIGHT


def test_wide_picture_is_cut_in_the_middle_and_high_one_near_the_top() -> None:
    left, top, right, bottom = crop_box(1200, 900)
    assert (top, bottom) == (0, 900)
    assert left == 1200 - right
    left, top, right, bottom = crop_box(900, 2000)
    assert (left, right) == (0, 900)
    assert 0 < top < 2000 - bottom


def test_chosen_crop_is_kept_and_moved_inside() -> None:
    assert crop_box(2000, 2000, Crop(0.25, 0.1, 0.5)) == (500, 200, 1500, 1486)
    left, _top, right, bottom = crop_box(2000, 2000, Crop(0.9, 0.9, 0.5))
    assert (right, bottom) == (2000, 2000)
    assert right - left == 1000
    assert crop_box(2000, 2000, Crop(-4, -4, 9)) == crop_box(2000, 2000, Crop(0, 0, 1))


def test_size_of_the_crop_counts_not_of_the_picture() -> None:
    assert is_large_enough(crop_box(413, 531))
    assert not is_large_enough(crop_box(4000, 530 - 2))
    assert not is_large_enough(crop_box(2000, 2000, Crop(0, 0, 0.1)))


def test_strips_are_no_portraits() -> None:
    assert is_too_long(4000, 1000)
    assert not is_too_long(3000, 4000)


def test_figures_only_make_the_reviewer_look() -> None:
    assert doubts(sharpness=300, brightness=240, spread=5) == []
    assert doubts(sharpness=1, brightness=40, spread=90) == [Doubt.BLURRED, Doubt.DARK_BACKGROUND]
    assert doubts(sharpness=300, brightness=200, spread=90) == [Doubt.UNEVEN_BACKGROUND]
