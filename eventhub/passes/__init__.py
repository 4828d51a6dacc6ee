"""Passes: the entry credential of one accredited person, and the signed token in its QR code.

A *pass* is made at accreditation, *issued*, perhaps *activated*, and ends *void*. Its token names
event, pass, issue, expiry and zones, and carries a signature that a door checks without a network
(R4.4). Raising the *issue* makes every older badge of the pass worthless.
"""
