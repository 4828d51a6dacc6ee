"""The key ring: keys in a folder outside the database, its back-ups and the version control.

A *purpose* names what a key is for (links, passes, certificates ...); a purpose may have several
keys, known by their *key id*, the newest of which is used for what is made now. *Event keys*
belong to one event and one class of data: destroying one makes that data unreadable for ever.
"""
