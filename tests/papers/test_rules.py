"""The order of pages in a booklet, folded as it will be read."""

import pytest

from eventhub.papers.rules import Side, sides


def read(found: list[Side], *, is_rtl: bool) -> list[int | None]:
    """Return the pages as a reader turns them: fold the sheets, open, read side after side."""
    sheets = [found[n : n + 2] for n in range(0, len(found), 2)]
    first = 0 if is_rtl else 1
    front = [page for outer, inner in sheets for page in (outer[first], inner[1 - first])]
    back = [page for outer, inner in reversed(sheets) for page in (inner[first], outer[1 - first])]
    return [*front, *back]


@pytest.mark.parametrize("is_rtl", [False, True])
@pytest.mark.parametrize("pages", [1, 3, 4, 5, 8, 13])
def test_folded_booklet_reads_from_the_first_page_to_the_last(pages: int, is_rtl: bool) -> None:
    found = sides(pages, is_rtl=is_rtl)
    assert len(found) % 2 == 0
    order = read(found, is_rtl=is_rtl)
    assert [page for page in order if page is not None] == list(range(pages))
    assert order[:pages] == list(range(pages)), "blank pages come last"


def test_front_cover_stands_where_the_reader_opens() -> None:
    assert sides(4, is_rtl=False) == [(3, 0), (1, 2)]
    assert sides(4, is_rtl=True) == [(0, 3), (2, 1)]
