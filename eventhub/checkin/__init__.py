"""Check-in: gates, scans, and the attendance that follows from them.

A *gate* is a door, or a session's tick list, in one direction. A *scan* is one event at a gate
with an id made by the device, so that sending it twice counts once (R4.8). *Attendance* is never
stored: it is what the scans say.
"""
