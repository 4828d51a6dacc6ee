"""What happens to the agenda."""

from blinker import Signal

published = Signal("A programme version was published: send(event, version=ProgrammeVersion).")
