"""Paper: HTML in, PDF out, the same bytes on every machine.

A *document* is one PDF file; its *assets* are the pictures and stylesheets it may use, given by
name, and nothing else is ever fetched. The *fonts* are our own copies of Noto, one family for
each script that names come in; a *missing glyph* is a character none of them can draw. A *QR code*
is drawn as a path, sharp at any size. This package knows no feature, no database and no clock.
"""
