"""Names of what may be done with places; `access.rules` says which role may."""

EDIT = "event.edit"
"""Whoever sees people reads the limits and rules, the event's owner changes them until it is
archived."""
