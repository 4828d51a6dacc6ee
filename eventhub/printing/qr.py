"""QR codes, drawn as one path."""

import io
import re
from functools import lru_cache
from html import escape

import segno

from eventhub.printing.qr_rows import qr_rows

_QUIET_MODULES = 4
_CHUNK = 12
_DARK = re.compile("1+")


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


def qr_operators(text: str, x: float, y: float, side: float) -> str:
    """Return PDF operators that draw the QR code with its quiet zone.

    x and y are its lower left corner in points, side its width. Raises ValueError like qr_svg.
    """
    rows = qr_rows(text)
    module = side / (len(rows) + 2 * _QUIET_MODULES)
    squares = "".join(
        "".join(
            [_squares(row[start : start + _CHUNK], start) for start in range(0, len(row), _CHUNK)]
        ).replace("y", str(y_down))
        for y_down, row in enumerate(rows)
    )
    left, top = x + _QUIET_MODULES * module, y + side - _QUIET_MODULES * module
    return (
        f"q 1 g {x:.3f} {y:.3f} {side:.3f} {side:.3f} re f 0 g "
        f"{module:.5f} 0 0 {-module:.5f} {left:.3f} {top:.3f} cm\n{squares}f Q\n"
    )


@lru_cache(maxsize=32_768)
def _squares(modules: str, start: int) -> str:
    """Return rectangles for some modules of a row, "y" standing for their row.

    Those that touch become one: all of a symbol is filled as one path.
    """
    return "".join(
        f"{start + run.start()} y {run.end() - run.start()} 1 re\n"
        for run in _DARK.finditer(modules)
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
