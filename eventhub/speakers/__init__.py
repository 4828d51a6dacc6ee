"""Speakers as people of the event: invited by link, answering for each part, saying when they can.

A speaker's *part* is one role in one session (`agenda.models.Slot`). An *invitation* is what was
arranged with one speaker: the link, when it was sent, what the speaker said of zone, presence and
needs. A *window* is a time in which somebody can, or cannot, speak.
"""
