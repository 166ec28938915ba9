"""Tells whether words beside a phrase deny it, in many languages; read from `words/denial.yaml`."""

from functools import cache

from palermo.values.lines import APART, STOPS
from palermo.values.phrases import literals, load, written

_NEAR = 24  # characters before a phrase in which it is denied


@cache
def _deniers() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Words that deny what follows, those that stand joined to it, and those after what they deny."""
    before: set[str] = set()
    joined: set[str] = set()
    after: set[str] = set()
    for words, phrase in written(load("denial")):
        for literal in literals(words, " "):
            if phrase.value == "after":
                after.add(literal)
            else:
                (joined if APART.search(literal) else before).add(literal)
    return frozenset(before), tuple(sorted(joined)), tuple(sorted(after))


def denied(text: str, start: int, end: int) -> bool:
    """Whether words beside a phrase of a folded text deny it: "no ...", "no such ...", "... not
    needed"."""
    before, joined, after = _deniers()
    if text[end : end + 3 * _NEAR].lstrip().startswith(after):
        return True
    words = text[max(0, start - _NEAR) : start].split()
    if not words:
        return False
    if start > _NEAR and text[start - _NEAR - 1].isalnum():
        words[0] = STOPS[0]  # cut in two
    last = words[-1]
    if last[-1] in STOPS:
        return False
    if last in before or last.endswith(joined):
        return True
    second = words[-2] if len(words) > 1 else STOPS[0]
    if second[-1] in STOPS:
        return False
    third = words[-3] if len(words) > 2 else ""
    return second in before or f"{second} {last}" in before or f"{third} {second}" in before
