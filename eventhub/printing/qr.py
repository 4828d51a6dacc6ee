"""QR codes, drawn as one path."""

import io
from html import escape

import segno

_QUIET_MODULES = 4


def qr_svg(
    text: str, *, label: str, module_mm: float | None = None, size_mm: float | None = None
) -> str:
    """Return an inline SVG with its quiet zone, of modules or of a whole width of so many mm.

    Error correction is level M. Give exactly one of module_mm and size_mm; label is what a
    screen reader says. Raises ValueError for a text too long for any QR code.
    """
    if (module_mm is None) == (size_mm is None):
        raise ValueError("give module_mm or size_mm")
    symbol = _symbol(text)
    modules = symbol.symbol_size(border=_QUIET_MODULES)[0]
    width = modules * module_mm if module_mm is not None else size_mm
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:g}mm" '
        f'height="{width:g}mm" viewBox="0 0 {modules} {modules}" shape-rendering="crispEdges">'
        f"<title>{escape(label)}</title>"
        f'<path fill="#fff" d="M0 0h{modules}v{modules}H0z"/>'
        f'<path d="{_path(symbol)}"/></svg>'
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


def _path(symbol: segno.QRCode) -> str:
    """Return rectangles for the runs of dark modules, row by row."""
    pieces = []
    for y, row in enumerate(symbol.matrix, start=_QUIET_MODULES):
        start = None
        for x, dark in enumerate((*row, 0), start=_QUIET_MODULES):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                pieces.append(f"M{start} {y}h{x - start}v1h{start - x}z")
                start = None
    return "".join(pieces)
