"""What PDF/UA asks for and WeasyPrint leaves out.

This rests on functions of WeasyPrint that are not public; pyproject.toml pins the version that has
them, and tests/printing/test_structure.py notices when they change.
"""

from collections.abc import Iterator
from typing import Any

_PRINTED = 4  # the flag of an annotation that is on paper too (ISO 32000-1, 12.5.3)
_NO_ELEMENTS = ("html", "body")
_FIGURES = ("picture", "qr")


def mend_tree() -> None:
    """Let WeasyPrint tell the language of each element, and for which field of a design it is."""
    import pydyf  # noqa: PLC0415  (heavy: only the worker makes PDFs)
    import weasyprint.pdf.tags  # noqa: PLC0415

    tags = weasyprint.pdf.tags
    original = tags._build_box_tree
    if hasattr(original, "mends_tree"):
        return

    def build(box: Any, *rest: Any) -> Iterator[Any]:
        source = getattr(box, "_box", box)  # an absolute one is wrapped
        element = None if source.element_tag in _NO_ELEMENTS else source.element
        for made in original(box, *rest):
            if element is not None and (lang := element.get("lang")):
                made["Lang"] = pydyf.String(lang)
            if element is not None and (name := element.get("data-field")):
                made["EventHubField"] = pydyf.String(name)
                made["EventHubFigure"] = str(element.get("data-kind") in _FIGURES).lower()
            yield made

    build.mends_tree = True  # type: ignore[attr-defined]
    tags._build_box_tree = build


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
