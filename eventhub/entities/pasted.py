"""Reading names that somebody pasted: lines and pieces, articles, formal names."""

import re
from collections.abc import Iterable

from eventhub.core.text import fold, has_no_blanks

_NUMBERING = re.compile(r"^\s*(?:[-–—•*·]+|\(?\d{1,3}[.)、]|\d{1,3}\t)\s*")
_BETWEEN = re.compile(r"[,;，；、،؛\t|]")
_ARTICLES = re.compile(r"^(?:the|la|le|les|l|el|los|las|o|a|os|as) ")


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_FORMAL = _folded("""
the of and republic kingdom state states union commonwealth principality federation federal
federative democratic people people's s islamic arab hashemite sultanate grand duchy socialist
plurinational bolivarian oriental co-operative cooperative co operative independent confederation
government
la le les l de du des d et république royaume état états principauté fédération fédérale fédérative
démocratique populaire islamique arabe hachémite duché socialiste bolivarienne orientale
coopérative confédération
el los las del y república reino estado estados principado federación federativa democrática
popular islámica árabe hachemita sultanato gran ducado socialista bolivariana cooperativa
confederación do da dos das e
республика королевство государство княжество федерация федеративная демократическая народная
исламская арабская султанат великое герцогство социалистическая
جمهورية مملكة المملكة دولة إمارة سلطنة اتحاد الديمقراطية الشعبية الإسلامية العربية الاتحادية
دوقية الكبرى
""")
"""Words that make a formal name of a short one."""

_FORMAL_CHINESE = (
    *("人民共和国", "民主共和国", "联邦共和国", "伊斯兰共和国", "共和国", "王国", "大公国", "公国"),
    *("苏丹国", "国", "联邦", "民主", "人民", "社会主义", "伊斯兰"),
)

_OF_SEVERAL = _folded("""
congo конго الكونغو 刚果 china chine китай الصين 中国 korea coree corea корея كوريا
""")
"""Names that words such as Republic tell apart: only what the table holds of them is certain."""


def lines_in(text: str) -> list[str]:
    """Return the lines of a text without their numbering, empty ones left out."""
    bare = (_NUMBERING.sub("", line).strip().strip(".") for line in text.splitlines())
    return [line for line in bare if line]


def pieces_in(line: str) -> list[str]:
    """Return what stands between commas, semicolons, tabs and bars of any script."""
    return [piece.strip() for piece in _BETWEEN.split(line) if piece.strip()]


def without_article(folded: str) -> str:
    """Return a folded name without the article before it."""
    return _ARTICLES.sub("", folded)


def is_formal(folded: str, names: Iterable[str]) -> bool:
    """Tell whether a folded text is a formal name: one of the names and words such as Republic."""
    for name in names:
        if name in _OF_SEVERAL or (len(name) < 3 and not has_no_blanks(name)):
            continue
        if has_no_blanks(name):
            rest = folded.replace(name, "", 1) if name in folded else folded
            if rest != folded and _chinese_rest(rest) == "":
                return True
        elif f" {name} " in f" {folded} ":
            rest = f" {folded} ".replace(f" {name} ", " ", 1)
            if all(word in _FORMAL for word in rest.split()):
                return True
    return False


def _chinese_rest(rest: str) -> str:
    for word in _FORMAL_CHINESE:
        rest = rest.replace(word, "")
    return rest
