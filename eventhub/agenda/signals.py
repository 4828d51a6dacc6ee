"""What happens to the agenda."""

from blinker import Signal

published = Signal("A programme version was published: send(event, version=ProgrammeVersion).")
in_force = Signal(
    "A version is what everybody reads from now on: send(event, version=ProgrammeVersion). At the "
    "moment of publishing, or when the embargo has ended."
)
