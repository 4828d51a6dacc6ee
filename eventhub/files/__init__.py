"""Stored files: a row in the database, and bytes enciphered under a random name in a folder.

A file belongs to an event (or to the installation) and to a *class* (photo, letter, badge_run,
certificate, public ...), which decides its key and, later, how long it is kept. Bytes are
written before the transaction commits; what no row knows is an *orphan* and swept after a day.
"""
