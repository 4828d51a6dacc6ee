"""What an institution may be."""

KINDS = ("ministry", "mission", "institute", "organization")
