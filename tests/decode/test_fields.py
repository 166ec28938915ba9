"""What a line shows, found by the quick way and by the plain one."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.decode.web import fields, posted

WAYS = [way for way in fields.REACHED_BY if way]
WORDS = st.sampled_from(
    [*WAYS, "WhatsApp", "whaTſapp", "VİBER", "vıber", "TELEGRAM", "Kakao", "@name", "a @ b.org",
     "a(AT)b(dot)org", "x [at] y [dot] org", "line", "id", "ВАТСАП", "K", "ß", "é", "中文", "ไทย", "٣", "_", "9"]
)  # fmt: skip
LINES = st.lists(WORDS | st.text(max_size=3), max_size=8).map(" ".join)


# As `fields.REACH`, giving back what it has taken.
PLAIN = re.compile(fields.REACH.pattern.replace("}+", "}"), re.IGNORECASE)


@given(LINES, st.integers(1, 70))
def test_no_way_to_reach_somebody_is_passed_over(line: str, long: int) -> None:
    line = line.replace("x", "x" * long)
    assert fields._contacts(line, fields.small(line)) == [
        found[0].strip() for found in PLAIN.finditer(line)
    ]


LABELS = st.sampled_from([*fields.PLACE_WORDS.split("|"), "CİTY", "cıty", "\u212aonum", "ſtadt"])
MARKS = st.sampled_from(
    [":", " :", "：", "\u3000 ：", " " * 70 + ":", "📍", ": ", "x", "_", "\u0307"]
)


@given(st.lists(LABELS | MARKS | LABELS.map(str.upper), max_size=6).map("".join))
def test_no_label_of_a_place_is_passed_over(line: str) -> None:
    assert fields._may_name_place(line) or not fields.PLACE.search(line)


@given(LINES)
def test_letters_are_counted_as_one_by_one(line: str) -> None:
    letters = re.findall(r"[^\W\d_]", line)
    wide = [letter for letter in letters if fields.WIDE.match(letter)]
    others = len(fields.WIDE.findall("".join(re.findall(r"[\W\d_]", line))))
    if not others:
        assert fields._letters(line) == len(letters) + (fields.WIDE_WORTH - 1) * len(wide)


NOTICES = st.sampled_from(
    [*fields.NOTED, "(C) ", "\u24b8", "2025", "COO\u212aIE", "COOK\u0130E", "cook\u0131e", "КУКИ", "copy", "right"]
)  # fmt: skip


@given(st.lists(NOTICES, max_size=4).map("".join))
def test_no_notice_is_passed_over(line: str) -> None:
    assert fields.gives_notice(line) == (fields.NOTICE.search(line) is not None)


SAID = st.sampled_from(
    [phrase for phrases in posted.relative_forms()[2].values() for _, phrase, *_ in phrases]
    + [after for after in posted.relative_forms()[0]]
    + [before for rows in posted.relative_forms()[0].values() for before, _ in rows]
    + ["3", "12", " 5 ", "x", "ago", " "]
)


def slow_ago(text: str) -> posted.Reading | None:
    forms, _, phrases = posted.relative_forms()
    for match in posted.NUMBER.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        for end in range(min(len(after), 32), -1, -1):
            if after[:end] in forms and posted._ends_word(after, end):
                for prefix, unit in forms[after[:end]]:
                    if before.endswith(prefix) and (prefix or posted._begins_word(before)):
                        return posted.Reading(
                            int(match[0]) * posted.UNITS[unit], posted.UNITS[unit]
                        )
    for _, phrase, ago, length in sorted(p for same in phrases.values() for p in same):
        at = text.find(phrase)
        whole = posted._ends_word(text, at + len(phrase)) and posted._begins_word(text[:at])
        if len(text) <= 80 and at >= 0 and whole:
            return posted.Reading(ago, length)
    return None


@given(st.lists(SAID, max_size=5).map("".join))
def test_how_long_ago_is_read_as_by_trying_every_form(text: str) -> None:
    folded = posted._fold(text)
    assert posted._ago(folded) == slow_ago(folded)


MONEY = st.sampled_from(
    [*fields.CODES.split("|"), *fields.SIGNS, "5", "1 000", "1.250,50", "20", "٣", " ", ".", ",", "\n",
     "lEI", "leı", "USſ", "x", "é", "-", "GBP.", "per week"]
)  # fmt: skip


@given(st.lists(MONEY, max_size=9).map("".join))
@settings(max_examples=500)
def test_a_price_is_found_where_a_search_of_all_the_line_finds_it(line: str) -> None:
    plain, quick = fields.PRICE.search(line), fields._price(line)
    assert (quick and quick.span()) == (plain and plain.span())
