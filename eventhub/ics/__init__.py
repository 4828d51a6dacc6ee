"""Calendar files: frozen entries in, iCalendar (RFC 5545) bytes out.

An *entry* is one meeting, session or deadline as a reader's calendar shows it. Its *UID* never
changes; its *sequence* rises with each change of time, place or status; a cancelled entry stays
in the file with the status CANCELLED, because a reader's calendar keeps what merely vanishes.
A *method* makes a file a message: PUBLISH shows, REQUEST updates those who asked for updates,
CANCEL takes back. This package knows no feature, no database and no clock.
"""
