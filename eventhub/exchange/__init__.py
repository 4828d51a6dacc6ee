"""The programme in the formats of others.

A *schedule* is the published programme as conference apps, signs and video crews read it: the XML
and JSON that Pentabarf and frab began and pretalx writes, described by the public schema of
voc/schedule (June 2026). Closed sessions give their title alone; private and cancelled ones are
left out, since the formats know no word for them.
"""
