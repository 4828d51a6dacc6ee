"""QR codes, drawn as one path."""

import io
import re
from functools import lru_cache
from html import escape
from operator import getitem

import segno

from eventhub.printing.qr_rows import qr_modules, qr_rows

_QUIET_MODULES = 4
_DARK = re.compile("1+")
_BITS = 4
_ALL = (1 << _BITS) - 1
# Where dark modules begin and how many there are, for each digit of four modules.
_RUNS = [
    [(run.start(), run.end() - run.start()) for run in _DARK.finditer(f"{digit:0{_BITS}b}")]
    for digit in range(1 << _BITS)
]


def qr_svg(
    text: str, *, label: str, module_mm: float | None = None, size_mm: float | None = None
) -> str:
    """Return an inline SVG with its quiet zone, of modules or of a whole width of so many mm.

    Error correction is level M. Give exactly one of module_mm and size_mm; label is what a
    screen reader says. Raises ValueError for a text too long for any QR code.
    """
    if (module_mm is None) == (size_mm is None):
        raise ValueError("give module_mm or size_mm")
    rows = qr_rows(text)
    modules = len(rows) + 2 * _QUIET_MODULES
    width = modules * module_mm if module_mm is not None else size_mm
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:g}mm" '
        f'height="{width:g}mm" viewBox="0 0 {modules} {modules}" shape-rendering="crispEdges">'
        f"<title>{escape(label)}</title>"
        f'<path fill="#fff" d="M0 0h{modules}v{modules}H0z"/>'
        f'<path d="{_path(rows)}"/></svg>'
    )


def qr_operators(text: str, x: float, y: float, side: float) -> bytes:
    """Return PDF operators that draw the QR code with its quiet zone.

    x and y are its lower left corner in points, side its width. Raises ValueError like qr_svg.
    """
    modules, bits = qr_modules(text)
    count, spare = _groups(modules)
    # One path: parts that are filled one by one show hair lines where they touch.
    path = b"".join(map(getitem, _parts(modules), format(bits << spare, f"0{count}x")))
    module = side / (modules + 2 * _QUIET_MODULES)
    left, top = x + _QUIET_MODULES * module, y + side - _QUIET_MODULES * module
    return b"q 1 g %.3f %.3f %.3f %.3f re f 0 g %.5f 0 0 %.5f %.3f %.3f cm\n%bf Q\n" % (
        x,
        y,
        side,
        side,
        module,
        -module,
        left,
        top,
        path,
    )


def _groups(side: int) -> tuple[int, int]:
    """Return how many hexadecimal digits hold a symbol's modules, and the bits to spare."""
    count = -(-side * side // _BITS)
    return count, count * _BITS - side * side


@lru_cache(maxsize=8)
def _parts(side: int) -> list[dict[str, bytes]]:
    """Return for each group of four modules, row by row, the rectangles that each digit draws."""
    count, _ = _groups(side)
    return [
        {f"{digit:x}": _rectangles(_BITS * group, digit, side) for digit in range(1 << _BITS)}
        for group in range(count)
    ]


def _rectangles(first: int, digit: int, side: int) -> bytes:
    """Return the rectangles of four modules, the first of which is known by its number."""
    y, x = divmod(first, side)
    until = min(_BITS, side - x)  # the rest stands on the next row
    rows = _RUNS[digit >> (_BITS - until) << (_BITS - until)], _RUNS[digit << until & _ALL]
    return b"".join(
        b"%d %d %d 1 re\n" % (left + start, y + down, width)
        for down, (left, runs) in enumerate(zip((x, 0), rows, strict=True))
        for start, width in runs
    )


def qr_png(text: str, *, pixels_a_module: int = 8) -> bytes:
    """Return the QR code as a PNG with its quiet zone, black on white, for mails and phones."""
    out = io.BytesIO()
    _symbol(text).save(out, kind="png", scale=pixels_a_module, border=_QUIET_MODULES)
    return out.getvalue()


def qr_version(text: str) -> int:
    """Return the version (1 to 40) of the text's QR code; version v has 17 + 4v modules a side."""
    version = _symbol(text).version
    return int(version)


def _symbol(text: str) -> segno.QRCode:
    # segno takes the densest mode that the text allows: digits, upper case, else bytes.
    try:
        return segno.make_qr(text, error="m", boost_error=False, eci=not text.isascii())
    except segno.DataOverflowError as error:
        raise ValueError("the text is too long for a QR code") from error


def _path(rows: list[str]) -> str:
    """Return rectangles for the runs of dark modules, row by row."""
    return "".join(
        f"M{run.start() + _QUIET_MODULES} {y}h{run.end() - run.start()}v1"
        f"h{run.start() - run.end()}z"
        for y, row in enumerate(rows, _QUIET_MODULES)
        for run in _DARK.finditer(row)
    )
