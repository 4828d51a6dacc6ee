"""Calendars: the feeds of an event, of a session, and of one person's own agenda.

Public feeds are made once for each published version; a personal feed has a secret address that
its owner can reset, and holds the sessions the person is admitted to or has *starred*.
"""
