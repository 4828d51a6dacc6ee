"""Attendance: credited minutes, tests and surveys, and the level that follows from them.

A *stay* is time inside by scans and logs; a session *credits* minutes for it (R5.1). A *standing*
is where one person is on the way to participation or completion, and what is missing (R5.2).
Nothing of it is stored but what hands wrote: test scores and surveys.
"""
