"""Names that people coin for their accounts, beside words of languages."""

import pytest

from palermo.values.coined import is_coined, is_coined_among_words

NAMES = [
    ("examplerowan", True, "two words as one"),
    ("examplelarch77", True, "with figures at its end"),
    ("marketplace", False, "English"),
    ("Randevu", False, "Turkish, with a capital"),
    ("disponible", False, "Spanish and French"),
    ("manager2", False, "a word with a figure"),
    ("abcd", False, "too short to be told"),
    ("вакансия", False, "no Latin letters"),
]


@pytest.mark.parametrize(("name", "coined", "why"), NAMES)
def test_coined(name: str, coined: bool, why: str) -> None:
    assert is_coined(name) == coined, why


def test_a_language_without_a_list_makes_no_word_a_name() -> None:
    assert is_coined_among_words("wasiliana", "")
    assert is_coined_among_words("wasiliana", "the rooms are near the station")
    assert not is_coined_among_words("wasiliana", "tunapatikana kwenye mtandao wakati wowote")
