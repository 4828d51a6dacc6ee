"""Tables in files: XLSX, ODS and CSV read whatever wrote them, XLSX and CSV written safely.

`reading.read_table` takes bytes that a stranger sent and gives rows of text, each with its number
in the file; it opens nothing before sizes were counted. `writing` never writes a formula.
"""
