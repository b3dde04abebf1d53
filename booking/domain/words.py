"""Words as people compare them: without case, accents and other marks, in any script."""

import unicodedata
from functools import lru_cache

ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "’": "'"}
)
"""Letters that people type otherwise and that Unicode does not take apart, and a phone's apostrophe."""
MARKS = ("Mn", "Me", "Cf")
"""Accents, points below letters, and what only steers how a text is drawn."""
PARTS_OF_WORDS = ("L", "N", "M")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """``text`` as a search compares it: "São" and "SAO" are one."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(each for each in apart if unicodedata.category(each) not in MARKS)
    return bare.casefold().translate(ALIKE)


@lru_cache(maxsize=1024)
def handle(name: str) -> str:
    """``name`` as a link spells it: "Cut & colour" is "cut-colour". "" if it has no letter or digit."""
    whole = unicodedata.normalize("NFKC", name).casefold()
    parts = (each if unicodedata.category(each)[0] in PARTS_OF_WORDS else " " for each in whole)
    return "-".join("".join(parts).split())


def first_line(text: str, most: int = 160) -> str:
    """The first line that says something, cut between two words where it is longer than ``most``."""
    line = next((" ".join(each.split()) for each in text.splitlines() if each.strip()), "")
    if len(line) <= most:
        return line
    cut = line[:most]
    words, _, _ = cut.rpartition(" ")
    # Not every script has spaces, and a single long word is cut where it is too long.
    return f"{words if len(words) > most // 2 else cut}…"
