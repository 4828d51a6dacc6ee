"""What this feature asks for."""

RUN = "floor.run"
"""Make lists, enter and arrange requests, give the floor."""
INSCRIBE = "delegation.vouch"
"""Ask for the floor for a delegation (R3.7)."""
SWITCH = "floor"
