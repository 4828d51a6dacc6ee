"""Files that a session may carry: known by their content, never by their name."""

import io
import zipfile
from dataclasses import dataclass

PUBLIC, ADMITTED, ORGANISERS = "public", "admitted", "organisers"
VISIBILITIES = (PUBLIC, ADMITTED, ORGANISERS)
"""Everybody, those admitted to the session, those who make the programme."""
MOST_PARTS = 20_000
"""Files inside an Office file; more is no document."""
UNREADABLE = (zipfile.BadZipFile, NotImplementedError, ValueError)
"""What listing a stranger's ZIP raises: for none or a damaged one, for a version of the format
that is not known, for offsets and names that mean nothing."""

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its usual ending, its media type, whether a browser shows it by itself."""

    ending: str
    media_type: str
    is_shown: bool = False


PDF = FileKind("pdf", "application/pdf", is_shown=True)
PNG = FileKind("png", "image/png", is_shown=True)
JPEG = FileKind("jpg", "image/jpeg", is_shown=True)
WEBP = FileKind("webp", "image/webp", is_shown=True)
DOCX = FileKind("docx", f"{_OFFICE}.wordprocessingml.document")
PPTX = FileKind("pptx", f"{_OFFICE}.presentationml.presentation")
XLSX = FileKind("xlsx", f"{_OFFICE}.spreadsheetml.sheet")
KINDS = {kind.media_type: kind for kind in (PDF, PNG, JPEG, WEBP, DOCX, PPTX, XLSX)}

_MAIN_PARTS = {
    "word/document.xml": DOCX,
    "ppt/presentation.xml": PPTX,
    "xl/workbook.xml": XLSX,
}


def kind_of(data: bytes) -> FileKind | None:
    """Return what a file is by its content; None for anything else, programs in it included."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    return _office(data) if data.startswith(b"PK\x03\x04") else None


def _office(data: bytes) -> FileKind | None:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except UNREADABLE:
        return None
    if len(names) > MOST_PARTS or "[Content_Types].xml" not in names:
        return None
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js")) for name in names):
        return None
    found = [kind for part, kind in _MAIN_PARTS.items() if part in names]
    return found[0] if len(found) == 1 else None
