"""Names of what may be done with arrivals; `access.rules` says which role may."""

VIEW = "arrival.view"
EDIT = "arrival.edit"
ARRANGE = "arrival.arrange"
"""Vehicles, liaison officers and courtesies: the host's part."""
SWITCH = "arrivals"
