"""What PDF/UA asks for and WeasyPrint leaves out."""

from collections.abc import Iterator
from typing import Any

_PRINTED = 4  # the flag of an annotation that is on paper too (ISO 32000-1, 12.5.3)


def mend_tags(pdf: Any) -> None:
    """Say of each header cell whether it heads a column or a row, and print every link."""
    import pydyf  # noqa: PLC0415  (heavy: only the worker makes PDFs)

    dictionaries = [each for each in pdf.objects if isinstance(each, pydyf.Dictionary)]
    by_reference = {each.reference: each for each in dictionaries}
    for each in dictionaries:
        if each.get("S") == "/TH":
            above = {parent.get("S") for parent in _parents(each, by_reference)}
            each["A"]["Scope"] = "/Column" if "/THead" in above else "/Row"
        elif each.get("Subtype") == "/Link":
            each["F"] = _PRINTED


def _parents(element: Any, by_reference: dict[bytes, Any]) -> Iterator[Any]:
    """Yield the elements above, up to the table's."""
    parent = by_reference.get(element["P"])
    while parent is not None and parent.get("S") != "/Table":
        yield parent
        parent = by_reference.get(parent.get("P"))
