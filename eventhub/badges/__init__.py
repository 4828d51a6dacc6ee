"""Badges: the printed form of a pass, one by one or in runs.

A *print run* is a job over a filter, with progress and one file to download. The *print gate*
says why somebody's badge cannot be printed yet (R4.3).
"""
