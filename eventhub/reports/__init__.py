"""Figures: who took part, from where, over one event or a series.

A *participant* attended and is in a category that counts (R6.1). A *country* is a State that a
participant represents, never a nationality. The *headline* is the sentence a minister quotes:
numbers rounded down and said so (R6.6). Over a series, persons and States are counted once (R6.7).
"""
