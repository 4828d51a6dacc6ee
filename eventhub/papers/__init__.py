"""The published programme on paper: A4, booklet, posters, door signs, Word.

Papers are made by the worker after the pages, for each version and language, and kept beside
them; no table is needed, since a paper that is missing is made again.
"""
