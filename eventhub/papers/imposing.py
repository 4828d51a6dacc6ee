"""Pages put on sheets in the order in which a folded booklet is read."""

import io

from eventhub.papers.rules import sides


def impose(pages: bytes, *, is_rtl: bool, title: str) -> bytes:
    """Return a PDF with two pages beside each other on each side; equal input, equal bytes."""
    import pikepdf  # noqa: PLC0415  (heavy: only the worker makes booklets)

    with pikepdf.open(io.BytesIO(pages)) as source, pikepdf.new() as booklet:
        width, height = (float(one) for one in source.pages[0].mediabox[2:])
        for pair in sides(len(source.pages), is_rtl=is_rtl):
            drawn, forms = [], pikepdf.Dictionary()
            for place, index in enumerate(pair):
                if index is not None:
                    name = f"/Page{index}"
                    forms[name] = booklet.copy_foreign(source.pages[index].as_form_xobject())
                    drawn.append(f"q 1 0 0 1 {place * width:g} 0 cm {name} Do Q")
            side = booklet.add_blank_page(page_size=(2 * width, height))
            side.Resources = pikepdf.Dictionary(XObject=forms)
            side.Contents = booklet.make_stream("\n".join(drawn).encode())
        booklet.docinfo["/Title"] = title
        out = io.BytesIO()
        booklet.save(out, deterministic_id=True)
    return out.getvalue()
