"""Names and numbers, looked for in texts as people and banks write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.safeguards.masking import numbers, without_numbers
from palermo.safeguards.names import Lone, Names

NODE = "name:x"
WRITTEN = [
    ("Elena Popa", "rent ELENA POPA", "ELENA POPA", "capitals"),
    ("Elena Popa", "from Popa, Elena.", "Popa, Elena", "surname first"),
    ("Elena Popa", "Elena\nPopa", "Elena\nPopa", "a line break"),
    ("Elena Popa", "?32Elena Po?33pa", "Elena Po?33pa", "a subfield's code inside a word"),
    ("Elena Popa", "ELENA PO\r\n?21PA", "ELENA PO\r\n?21PA", "a line break before the code"),
    ("Elena Popa", "ELENAPOPA", "ELENAPOPA", "no blank"),
    ("Elena Popa", "Elena Maria Popa", "", "a name between that is not hers"),
    ("Elena Maria Popa", "Popa Elena Maria", "Popa Elena Maria", "all three, surname first"),
    ("Elena Maria Popa", "elena popa", "elena popa", "without her second name"),
    ("Dragoș Ionescu", "dragos-ionescu", "dragos-ionescu", "no marks, a hyphen"),
    ("Nguyễn Thị Hà", "NGUYEN THI HA", "NGUYEN THI HA", "marks that Unicode composes"),
    ("Mara-Lou Quill", "Mara Lou Quill", "Mara Lou Quill", "a blank for the hyphen"),
    ("Анна Иванова", "Иванова Анна", "Иванова Анна", "Cyrillic"),
    ("محمد الأحمد", "الأحمد محمد", "الأحمد محمد", "Arabic"),
    ("王小明", "请给王小明", "王小明", "a script that writes no spaces"),
    ("Li An", "Lian said", "", "a short name is no part of a word"),
    ("Elena Popa", "Elena, popular", "", "the beginning of another word"),
    ("Elena Popa", "Helena Popa", "", "the end of another word"),
    ("Elena Popa", "elena", "", "one word is no full name"),
    ("Mira Volkova", "Mіra Vоlkova", "Mіra Vоlkova", "Cyrillic letters in Latin words"),
    ("Mira Volkova", "МIRA VOLKOVА", "МIRA VOLKOVА", "capitals of both scripts"),
    ("Mіra Vоlkova", "Mira Volkova", "Mira Volkova", "the name itself written so"),
    ("Elena Popa", "Εlena Pοpa", "Εlena Pοpa", "Greek letters"),
    ("Анна Иванова", "Aннa Ивaноva", "", "a word that is both has no one reading"),
    ("Анна Иванова", "Aннa Ивaнoва", "Aннa Ивaнoва", "Latin letters in Cyrillic words"),
    ("Сара Росс", "Capa Pocc", "", "a word of one script is as it is"),
]


@pytest.mark.parametrize(("name", "text", "found", "why"), WRITTEN)
def test_a_name_is_found_however_it_is_written(name: str, text: str, found: str, why: str) -> None:
    spans = Names([(name, NODE)]).spans(text)
    assert {text[s.start : s.end] for s in spans} == ({found} if found else set()), why


@given(
    st.text(max_size=20),
    st.permutations(["Elena", "Popa"]),
    st.sampled_from([" ", "\n", "-", ", ", "  ", "?21", "\r\n?33"]),
    st.sampled_from([str.upper, str.lower, str.title]),
)
def test_no_text_around_a_name_hides_it(text, words, between, case) -> None:
    whole = f"{text} {between.join(map(case, words))} {text}"
    covered = {
        at for s in Names([("Elena Popa", NODE)]).spans(whole) for at in range(s.start, s.end)
    }
    first = len(text) + 1
    assert covered >= {*range(first, len(whole) - len(text) - 1)}


def test_a_place_in_a_firms_name_is_not_the_firm() -> None:
    names = Names(
        [("Market Cafe New Orleans", NODE), ("New York", NODE)], ["New Orleans", "New York"]
    )
    text = "in New Orleans, at MARKET CAFE, New Orleans, said New York"
    assert {text[s.start : s.end] for s in names.spans(text)} == {
        "MARKET CAFE, New Orleans",
        "New York",
    }


def test_one_word_of_a_participants_name_is_found_but_not_every_ordinary_word() -> None:
    def found(text: str) -> list[str]:
        people = [("Hope Ionescu", NODE)]
        return sorted({text[s.start : s.end] for s in Lone(people).spans(text)})

    assert found("Hope, IONESCU and ionescu hope so") == ["Hope", "IONESCU", "ionescu"]
    assert found("call Hоpe or Iоnescu") == ["Hоpe", "Iоnescu"]


PIECES = [
    "Mira",
    "MIRA",
    "mira",
    "Miranda",
    "Li",
    "An",
    "Li An",
    "小明",
    "王小明去",
    "M-R",
    "7",
    " ",
    ", ",
    "อรุณี",
]


@given(
    st.lists(
        st.sampled_from(["Mira Li An", "王小明", "M-R", "อรุณี", "7", "Miranda Mira"]), max_size=4
    ),
    st.lists(st.sampled_from(PIECES), max_size=8),
)
def test_people_looked_for_at_once_are_found_as_one_by_one(names: list[str], pieces: list[str]):
    """A name as written stands anywhere, by its words of four letters or as a whole."""
    text = "".join(pieces)
    found = {(s.start, s.end) for s in Lone((name, NODE) for name in names).spans(text)}
    for word in {w for name in names for w in (name, *name.split()) if w == name or len(w) > 3}:
        at = text.find(word)
        while at >= 0:
            assert (at, at + len(word)) in found
            at = text.find(word, at + len(word))


NUMBERS = [
    ("call 020 7946 0123", "call [number]", "blanks"),
    ("0207/946.01-23", "[number]", "signs"),
    ("06.12.34.56.78", "[number]", "pairs, of which three look like a date"),
    ("612 345 678", "[number]", "groups of three, as amounts have"),
    ("٠٢٠٧٩٤٦٠١٢٣", "[number]", "other digits"),
    ("020\n7946\n0123", "[number]", "line by line"),
    ("+44 20250613", "[number]", "what would be a date"),
    ("13.06.2025 020 7946 0123", "13.06.2025 [number]", "after a date"),
    ("id 12345678, 1234567", "id [number], 1234567", "eight digits and seven"),
    ("2025-06-13 14:06", "2025-06-13 14:06", "a date and a time"),
    ("13/06/2025 and 20250613", "13/06/2025 and 20250613", "dates"),
    ("12.345.678,00 or 1234567.89", "12.345.678,00 or 1234567.89", "amounts"),
]


@pytest.mark.parametrize(("text", "told", "why"), NUMBERS)
def test_long_numbers_are_taken_out_and_dates_and_amounts_stay(text, told, why) -> None:
    assert without_numbers(text) == told, why


def test_in_a_record_no_number_goes_on_in_the_next_cell() -> None:
    text = "26.69\t4815.18\t020 7946 0123"
    assert [text[s.start : s.end] for s in numbers(text, cells=True)] == ["020 7946 0123"]


def test_what_is_read_as_something_else_is_no_number() -> None:
    assert numbers("mmsi 235012345", [(5, 14)]) == []
