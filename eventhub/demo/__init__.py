"""The demo: four events of the past, told through the services, and two rehearsals to try.

The content lies in `content/` as plain files; `people` makes the list of registrations from the
counts in them; `portraits` draws a picture for each person. The same on every machine.
"""
