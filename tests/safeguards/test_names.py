"""Names in texts: the search by their ends against one that tries every name everywhere."""

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from palermo.safeguards.names import Names
from palermo.values.text import fold

_WORDS = ["Ana", "Anna", "Maria", "Mariana", "Li", "Lia", "Pop", "Popa", "Ion"]
_GAPS = [" ", "", "\n", ", ", "-", "?21", " and ", "; ...... ", "  "]
_SPACELESS = ["王芳芳", "王芳芳芳", "芳芳王", "李王"]


def covered(found: list[tuple[int, int, str]]) -> set[tuple[int, str]]:
    return {(at, node) for start, end, node in found for at in range(start, end)}


def slowly(people: list[tuple[str, str]], text: str) -> set[tuple[int, str]]:
    """Two words of a name, in any order, whole and with no more than a name's gap between."""
    gap = r"(?:[\s\-,.;]{0,5}|\s{0,4}\?\d\d\s{0,4})"
    found = []
    for name, node in people:
        if not name.isascii():
            found += [(m.start(), m.start() + len(name), node)
                      for m in re.finditer(f"(?={name})", text)]  # fmt: skip
            continue
        for order in itertools.permutations(name.split(), 2):
            words = gap.join(gap.join(word) for word in order)
            for m in re.finditer(rf"(?<![^\W\d_])(?={words}(?![^\W\d_]))", text, re.I):
                end = re.compile(words, re.I).match(text, m.start()).end()  # type: ignore[union-attr]
                if (
                    len(fold(text[m.start() : end])) > len("".join(order))
                    or len("".join(order)) > 6
                ):
                    found.append((m.start(), end, node))
    return covered(found)


@given(
    st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_WORDS)), min_size=1, max_size=6),
    st.lists(st.tuples(st.sampled_from(_WORDS + _SPACELESS), st.sampled_from(_GAPS)), max_size=10),
)
def test_what_a_slow_search_finds_is_found(
    names: list[tuple[str, str]], written: list[tuple[str, str]]
) -> None:
    people = [(f"{a} {b}", f"name:{a} {b}") for a, b in names]
    people += [(name, f"name:{name}") for name in _SPACELESS[:3]]
    text = "".join(word + between for word, between in written)
    spans = [(s.start, s.end, s.node) for s in Names(people).spans(text)]
    assert slowly(people, text) <= covered(spans), text


def test_a_name_within_another_is_found_too() -> None:
    people = [("王芳芳", "name:a"), ("王芳芳王", "name:b"), ("芳芳王", "name:c")]
    spans = {(s.start, s.end, s.node) for s in Names(people).spans("见王芳芳王")}
    assert spans == {(1, 4, "name:a"), (1, 5, "name:b"), (2, 5, "name:c")}
