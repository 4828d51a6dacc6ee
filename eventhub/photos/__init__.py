"""Photos: decoding, turning, cropping to 7:9, and what an officer said of them.

A photo is *pending* until somebody looked at it, then *ok* or *redo* with a reason (R1.24). A
missing photo never blocks a registration; it blocks the badge, unless the category waives it.
"""
