"""The operator's lists of words that tell of a risk: read from YAML, and looked for in texts as whole
words of any script, whatever their case and accents."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palermo.decode.mapping import MappingError, read_yaml
from palermo.values.text import plain

KINDS = ("life", "child")


class ListError(ValueError):
    """What is wrong with a list of words."""


def read(path: Path) -> dict[str, Any]:
    """Read a list from a YAML file; raise `ListError` where it is none."""
    try:
        return parse(read_yaml(path.read_text("utf-8-sig")))
    except (MappingError, ListError, OSError, UnicodeDecodeError) as error:
        raise ListError(f"{path.name}: {error}") from error


def parse(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return a list as it is kept, ``{"risk": "life" or "child", "words": [...]}``; an empty list of
    words is a list that nothing is on. Raises `ListError`."""
    if unknown := sorted(raw.keys() - {"risk", "words"}):
        raise ListError(f"knows no {', '.join(map(repr, unknown))}: only risk and words")
    if raw.get("risk") not in KINDS:
        raise ListError(f"says under risk what its words tell of: {' or '.join(KINDS)}")
    words = raw.get("words") or []
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ListError("has its words as a list of texts")
    for word in words:
        if not any(c.isalnum() for c in word.translate(LETTERS)):
            raise ListError(f"has {word!r}, in which there is no letter or figure")
    return {"risk": raw["risk"], "words": [" ".join(word.split()) for word in words]}


class _Letters(dict[int, str]):
    """Folds one letter at a time, for `str.translate`: no case, no accents; spaces and hyphens are
    one, and what is not seen (marks of direction, soft hyphens) is gone."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        category = unicodedata.category(letter)
        if category == "Cf":
            folded = ""
        elif letter.isspace() or category == "Pd":
            folded = " "
        else:
            folded = unicodedata.normalize("NFKD", plain(letter))
        self[code] = folded
        return folded


LETTERS = _Letters()
# Thai, Lao, Burmese, Khmer, Chinese and Japanese write no spaces between words.
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A list's word or words, ready to be looked for in folded texts."""

    name: str  # of its list
    to: str
    written: str
    needle: str  # its longest word
    pattern: re.Pattern[str]


def phrases(lists: Mapping[str, Mapping[str, Any]]) -> list[Phrase]:
    found = []
    for name, content in sorted(lists.items()):
        for written in content["words"]:
            words = written.translate(LETTERS).split()
            pattern = re.compile(r"\s+".join(map(re.escape, words)))
            longest = max(words, key=len)
            found.append(Phrase(name, content["risk"], written, longest, pattern))
    return found


def _in_word(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter)[0] in "LMN"


def whole(folded: str, start: int, end: int) -> bool:
    """Whether a stretch of folded text is not a part of a longer word; in scripts without spaces a
    word stands wherever it is written."""
    ends = ((folded[start - 1 : start], folded[start]), (folded[end : end + 1], folded[end - 1]))
    return not any(
        _in_word(outer) and _in_word(inner) and not _SPACELESS.match(inner) for outer, inner in ends
    )


def spans(text: str, phrase: Phrase) -> list[tuple[int, int]]:
    """Return where a text has a phrase in whole words, in code points of the text."""
    folded = text.translate(LETTERS)
    found = [m.span() for m in phrase.pattern.finditer(folded) if whole(folded, *m.span())]
    if not found:
        return []
    ends, total = [], 0  # by code point of the text: where its folded form ends
    for letter in text:
        total += len(letter.translate(LETTERS))
        ends.append(total)
    return [(bisect_left(ends, a + 1), bisect_left(ends, b) + 1) for a, b in found]
