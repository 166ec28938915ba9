"""Lists as people keep them: charsets, comments, tables; each row says why it is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.look.listed import Entry, decode, entries

PHONE, OTHER = "020 7946 0018", "+44 20 7946 0999"
TEXT = f"{PHONE}\r\nМара\r\n"
CHARSETS = [
    ("utf-8", TEXT.encode(), "plain"),
    ("utf-8 with a mark", b"\xef\xbb\xbf" + TEXT.encode(), "as Windows' editor saves"),
    ("utf-16 with a mark", TEXT.encode("utf-16"), "as a spreadsheet saves Unicode text"),
    ("utf-16-be with a mark", b"\xfe\xff" + TEXT.encode("utf-16-be"), "the other order"),
    ("utf-16-le without one", (PHONE + "\r\n").encode("utf-16-le"), "cut out of a larger file"),
    ("utf-16-be without one", (PHONE + "\r\n").encode("utf-16-be"), "the other order"),
    ("utf-32 with a mark", TEXT.encode("utf-32"), "its mark begins with that of UTF-16"),
    ("cp1252", f"{PHONE}\nMuñoz\n".encode("cp1252"), "an old export"),
]


@pytest.mark.parametrize(("name", "content", "why"), CHARSETS)
def test_a_list_is_read_in_its_charset(name: str, content: bytes, why: str) -> None:
    lines = decode(content).splitlines()
    assert lines[0] == PHONE, (name, why)
    assert lines[1:] in ([], ["Мара"], ["Muñoz"])


def surely(text: str) -> bool:
    return text.startswith(("020", "+", "07", "@"))


def told(text: str) -> list[tuple[int, str, str]]:
    return [tuple(entry) for entry in entries(text.splitlines(), surely)]


LISTS = [
    (f"# heading\n\n{PHONE}\n  \n{OTHER}\n", [(3, "", PHONE), (5, "", OTHER)],
     "comments and blank lines; lines count as in the editor"),
    (f"\ufeff{PHONE}\n", [(1, "", PHONE)], "a mark left at the beginning"),
    (f"{PHONE}  # seen in Leeds\n", [(1, "", PHONE)], "a remark after the value"),
    ("#work\n", [(1, "", "#work")], "a tag is no comment"),
    (f"name,phone\nMara,{PHONE}\nAna,\n", [(2, "name", "Mara"), (2, "phone", PHONE),
                                            (3, "name", "Ana")],
     "columns that their heads call identifiers"),
    (f"id;phone;note\n1;{PHONE};x, y\n2;;z\n3;{OTHER};w\n",
     [(2, "phone", PHONE), (3, "phone", ""), (4, "phone", OTHER)],
     "one column of identifiers; an empty cell is answered too"),
    (f"when\twer\twas\n1 May\t{PHONE}\tx\n2 May\t{OTHER}\ty\n", [(2, "wer", PHONE), (3, "wer", OTHER)],
     "a head that says nothing: the cells do"),
    (f'who,contact\n"Quill, Mara","{PHONE}"\nAna,{OTHER}\n',
     [(2, "contact", PHONE), (3, "contact", OTHER)], "quoted cells"),
    (f"{PHONE},Leeds\n{OTHER},York\n", [(1, "column 1", PHONE), (2, "column 1", OTHER)],
     "a table without a head"),
    (f"{PHONE}, called on Monday\n{OTHER}\nMara\n",
     [(1, "", f"{PHONE}, called on Monday"), (2, "", OTHER), (3, "", "Mara")],
     "a comma makes no table"),
    ("number,phone\n1,x\n2,y\n", [(2, "phone", "x"), (3, "phone", "y")],
     "a head is believed where the cells are odd; a count of rows is none"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), LISTS)
def test_the_lines_of_a_list(text: str, expected: list[tuple[int, str, str]], why: str) -> None:
    assert told(text) == expected, why


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list(content: bytes) -> None:
    lines = decode(content).splitlines()
    found = entries(lines, surely)
    assert all(isinstance(entry, Entry) and 1 <= entry.line <= len(lines) for entry in found)


@given(st.lists(st.text(alphabet="abc+0123456789 ", min_size=1).filter(str.strip), min_size=1))
def test_no_line_of_a_plain_list_is_lost(lines: list[str]) -> None:
    assert [entry.line for entry in entries(lines, surely)] == list(range(1, len(lines) + 1))
