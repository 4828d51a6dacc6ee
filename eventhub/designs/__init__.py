"""Designs of badges and name plates: elements placed in millimetres, front and back.

A layout is the JSON that is edited, exported and frozen into a print run; from it come the HTML
with named fields that `eventhub.printing` sets, and the preview on screen. An element is one
thing on a card: a text, the photo, the QR code, the colour band. A face is one side of the card.
"""
