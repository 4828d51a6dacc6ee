"""The borders of certificates as SVG: interlaced curves as on banknotes, a band, plain rules."""

from collections.abc import Iterator

STEP = 3.0
"""Half a wave of a curve, in mm."""


def border(look: str, width: float, height: float, colour: str) -> str:
    """Return the border of a page of this size in mm: plain, guilloche or band."""
    draw = {"plain": _plain, "guilloche": _guilloche, "band": _band}[look]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}mm" height="{height:g}mm"'
        f' fill="none" stroke="{colour}">{"".join(draw(width, height, colour))}</svg>'
    )


def _plain(width: float, height: float, _colour: str) -> Iterator[str]:
    yield _frame(width, height, 9, 1.1)
    yield _frame(width, height, 11.2, 0.25)


def _guilloche(width: float, height: float, _colour: str) -> Iterator[str]:
    yield _frame(width, height, 7, 0.35)
    yield _frame(width, height, 14.6, 0.35)
    yield _frame(width, height, 15.6, 0.9)
    centre, since = 10.8, 13.8
    for length, place in ((width, height), (height, width)):
        waves = round((length - 2 * since) / (2 * STEP))
        half = (length - 2 * since) / (2 * waves)
        for far in (centre, place - centre):
            for reach in (5.2, 3.4, 1.6):
                for sign in (1, -1):
                    yield _wave(since, far, half, waves, sign * reach, down=length == height)
    for x in (centre, width - centre):
        for y in (centre, height - centre):
            yield from _corner(x, y)


def _band(width: float, height: float, colour: str) -> Iterator[str]:
    yield f'<rect x="0" y="0" width="15" height="{height:g}" fill="{colour}" stroke="none"/>'
    waves = round(height / (2 * STEP))
    half = height / (2 * waves)
    for reach in (9, 6, 3):
        for sign in (1, -1):
            path = _wave(0, 7.5, half, waves, sign * reach, down=True)
            yield path.replace("<path", '<path stroke="#FFFFFF" stroke-opacity="0.55"', 1)
    yield f'<path stroke-width="0.6" d="M17 0V{height:g}"/>'
    yield f'<path stroke-width="0.25" d="M18.4 0V{height:g}"/>'


def _frame(width: float, height: float, inset: float, stroke: float) -> str:
    return (
        f'<rect x="{inset:g}" y="{inset:g}" width="{width - 2 * inset:g}"'
        f' height="{height - 2 * inset:g}" stroke-width="{stroke:g}"/>'
    )


def _wave(
    since: float, centre: float, half: float, waves: int, reach: float, *, down: bool
) -> str:  # fmt: skip
    """Return a row of waves from `since`, across or down the page, around `centre`."""
    turn = f"t{_pair(half, 0, down)}" * (2 * waves - 1)
    start = f"M{_pair(since, centre, down)}q{_pair(half / 2, reach, down)} {_pair(half, 0, down)}"
    return f'<path stroke-width="0.18" d="{start}{turn}"/>'


def _pair(along: float, across: float, down: bool) -> str:
    along, across = round(along, 3), round(across, 3)
    return f"{across:g} {along:g}" if down else f"{along:g} {across:g}"


def _corner(x: float, y: float) -> Iterator[str]:
    """Yield a small rosette that holds two borders together."""
    yield f'<circle cx="{x:g}" cy="{y:g}" r="3.4" fill="#FFFFFF" stroke-width="0.35"/>'
    for angle in range(0, 180, 30):
        yield (
            f'<ellipse cx="{x:g}" cy="{y:g}" rx="3.1" ry="1.1" stroke-width="0.18"'
            f' transform="rotate({angle} {x:g} {y:g})"/>'
        )
