"""Names of what may be done about attendance; `access.rules` says which role may."""

VIEW = "attendance.view"
CORRECT = "attendance.correct"
"""Correct minutes, excuse absences, write test scores."""
DECIDE = "attendance.decide"
"""Say what participation and completion take."""
