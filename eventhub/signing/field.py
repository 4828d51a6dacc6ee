"""The signature field of a PDF: put in place, and filled without reading the PDF again.

The signature covers all of the file but its own digits (ISO 32000-1, 12.8.1). The field is
invisible, and tagged, so that a document for readers aloud stays one (ISO 14289-1, 7.18.4).
"""

import hashlib
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from eventhub.i18n import _
from eventhub.signing.key import SigningRefused

_RANGE = re.compile(rb"/ByteRange\s*\[([\s0-9]*)\]")
_CONTENTS = re.compile(rb"/Contents\s*<(0{64,})>")
_TO_COME = 9_999_999_999
"""Kept where numbers come: a file has fewer bytes."""
_PRINTED_AND_LOCKED = 132
_SIGNED_AND_APPEND_ONLY = 3
FIELD_NAME = "Signature"


def with_field(pdf: bytes, *, room: int, signed_at: datetime, label: str) -> bytes:
    """Return a tagged PDF with an empty signature field on its first page.

    `room` is the number of bytes kept, `label` what readers aloud say of the field, in the
    document's language. ValueError where the PDF is not tagged. Equal input gives equal bytes.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        if "/StructTreeRoot" not in root:
            raise ValueError("the document has no structure to put the field in")
        page = document.pages[0].obj
        signature = document.make_indirect(
            Dictionary(
                Type=Name.Sig, Filter=Name("/Adobe.PPKLite"),
                SubFilter=Name("/ETSI.CAdES.detached"),
                M=String(signed_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")),
                ByteRange=Array([0, _TO_COME, _TO_COME, _TO_COME]),
                Contents=String(bytes(room)),
            )
        )  # fmt: skip
        widget = document.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(FIELD_NAME),
                TU=String(label), Contents=String(label), F=_PRINTED_AND_LOCKED,
                Rect=Array([0, 0, 0, 0]), P=page, V=signature,
            )
        )  # fmt: skip
        page.Annots = Array([*page.get("/Annots", Array()), widget])
        page.Tabs = Name.S
        root.AcroForm = Dictionary(SigFlags=_SIGNED_AND_APPEND_ONLY, Fields=Array([widget]))
        _tag(document, widget, page)
        out = io.BytesIO()
        document.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=True,
        )  # fmt: skip
        return out.getvalue()


def _tag(document: pikepdf.Pdf, widget: pikepdf.Object, page: pikepdf.Object) -> None:
    """Give the widget a place in the structure: a form element at its end."""
    root = document.Root.StructTreeRoot
    parent = _top(root)
    held = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page)
    element = document.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Form, P=parent, K=held, Pg=page)
    )
    parent.K = Array([*_listed(parent.get("/K")), element])
    if "/ParentTree" not in root:
        root.ParentTree = document.make_indirect(Dictionary(Nums=Array()))
    tree = pikepdf.NumberTree(root.ParentTree)
    number = max(tree, default=-1) + 1
    tree[number] = element
    root.ParentTreeNextKey = number + 1
    widget.StructParent = number


def _top(root: pikepdf.Object) -> pikepdf.Object:
    """Return the element of the whole document, or the root where there is none."""
    kids = _listed(root.get("/K"))
    if len(kids) == 1 and kids[0].get("/S") == Name.Document:
        return kids[0]
    return root


def _listed(kids: pikepdf.Object | None) -> list[pikepdf.Object]:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def fill(pdf: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """Return a PDF with its empty signature field filled, of the same length.

    `sign` is given the SHA-256 digest of all but the field's digits and returns a CMS. ValueError
    where the PDF holds not exactly one empty field; SigningRefused where the CMS has no room.
    """
    contents, ranges = list(_CONTENTS.finditer(pdf)), list(_RANGE.finditer(pdf))
    if len(contents) != 1 or len(ranges) != 1:
        raise ValueError(f"{len(contents)} empty signatures in the document, not one")
    start, end = contents[0].start(1) - 1, contents[0].end(1) + 1
    whole = bytearray(pdf)
    numbers = b"0 %d %d %d" % (start, end, len(pdf) - end)
    since, until = ranges[0].span(1)
    if len(numbers) > until - since:
        raise ValueError("the document keeps no room for the range of the signature")
    whole[since:until] = numbers.ljust(until - since)
    digest = hashlib.sha256(memoryview(whole)[:start])
    digest.update(memoryview(whole)[end:])
    signature = sign(digest.digest()).hex().encode()
    if len(signature) > end - start - 2:
        raise SigningRefused(_("The signature is larger than the room kept for it."))
    whole[start + 1 : start + 1 + len(signature)] = signature
    return bytes(whole)
