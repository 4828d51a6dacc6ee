"""Paper: HTML in, PDF out, the same bytes on every machine.

A *document* is one PDF file; its *assets* are the pictures and stylesheets it may use, given by
name, and nothing else is ever fetched. The *fonts* are our own copies of Noto, one family for
each script that names come in; a *missing glyph* is a character none of them can draw. A *QR code*
is drawn as a path, sharp at any size.

A *design* is HTML with named *fields*, one page for each *variant*; a *sheet* is one page of it
filled for one person. Sheets go the *stream path*: the design is laid out once, each person's
layer is shaped by HarfBuzz and written over it; what that cannot set goes the *page path*, whole
through WeasyPrint, by itself. Both draw the same, pixel by pixel.

This package knows no feature, no database and no clock.
"""
