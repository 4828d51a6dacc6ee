"""The static copy of an event's public pages: a ZIP that any web server, or none, can show.

Pages are asked for as a stranger would, one after another, so that the copy holds what is public
and nothing else. Links lead from file to file; scripts, forms and what only a running
installation can do are left out; one line at the foot of each page says where it comes from and
when it was made.
"""
