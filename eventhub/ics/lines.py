"""Content lines of a calendar file: safe values, escapes, folds."""

import re
from urllib.parse import quote

LINE_END = b"\r\n"
_MAX_OCTETS = 75
_LINE_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_URI_CHARACTERS = "%/:?#[]@!$&'()*+,;=-._~"


def clean(text: str) -> str:
    r"""Return the text with every line break as \n, tabs as spaces, control characters removed."""
    return _UNWRITABLE.sub("", _LINE_BREAKS.sub("\n", text).replace("\t", " "))


def text_value(text: str) -> str:
    """Return a value of type TEXT."""
    return clean(text).translate(_ESCAPES)


def uri_value(uri: str) -> str:
    """Return a value of type URI or CAL-ADDRESS; other letters than ASCII become percent codes."""
    return quote(clean(uri).replace("\n", "").encode(), safe=_URI_CHARACTERS)


def parameter(value: str) -> str:
    """Return a parameter's value in quotes; it can hold no quote, so ' stands for one."""
    flat = clean(value).replace("\n", " ").replace("^", "^^").replace('"', "'")
    return f'"{flat}"'


def fold(line: str) -> bytes:
    """Return the line in UTF-8, in pieces of at most 75 octets, with no character cut."""
    octets = line.encode()
    pieces = []
    start, room = 0, _MAX_OCTETS
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, _MAX_OCTETS - 1  # a continued line starts with a space
    pieces.append(octets[start:])
    return (LINE_END + b" ").join(pieces) + LINE_END
