"""In what order pages of a booklet stand on its sheets."""

Side = tuple[int | None, int | None]


def sides(pages: int, *, is_rtl: bool) -> list[Side]:
    """Return the two pages (from 0; None is blank) of each side, left and right, sheet by sheet.

    Sheets lie on one another, are folded once in the middle and read from the first page on; a
    booklet that is read from the right has left and right changed.
    """
    count = -(-pages // 4) * 4
    found: list[Side] = []
    for sheet in range(count // 4):
        outer = (count - 1 - 2 * sheet, 2 * sheet)
        inner = (2 * sheet + 1, count - 2 - 2 * sheet)
        for first, second in (outer, inner):
            left, right = (second, first) if is_rtl else (first, second)
            found.append((left if left < pages else None, right if right < pages else None))
    return found
