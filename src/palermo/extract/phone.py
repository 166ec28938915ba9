"""Finds phone numbers in text, as they are written to be read by people and missed by programs.

A pattern over the whole batch finds runs that could hold a number; each run is read into groups of
digits, and those groups are divided into numbers of the event's region or with a country code.
"""

import re
from collections.abc import Iterator
from functools import cache

import polars as pl

from palermo.extract.around import is_amount, is_announced, is_another_thing, is_in_url, is_linked
from palermo.extract.claims import Batch, Hit, TextExtractor
from palermo.values.digits import ALIKE, FIGURE, LOOK, WITHIN, spoken_runs
from palermo.values.dividing import FEWEST, Manner, Reading
from palermo.values.numerals import HINTS
from palermo.values.phone import Form, Number
from palermo.values.runs import divide
from palermo.vocabulary import Kind

# What may stand between two digits of one number: no letter, figure, sign of currency or measure.
_SIGN = r"(?:[^\p{L}\p{N}\p{Sc}%@=?°'’″′\x22]|[ーの加转轉])"
_DIGIT = rf"[{WITHIN}]{{0,2}}[{FIGURE}{LOOK}]"
# What says, in the same text, that a number is to be read from its end.
_REVERSED = [
    "backward", "reverse", "inverse", "invers", "inverso", "inversé", "invertid", "rovescio",
    "contrario", "contrário", "наоборот", "навпаки", "обърнат", "معكوس", "بالعكس", "بالمقلوب",
    "مقلوب", "برعکس", "ngược", "倒", "反着", "反过来", "反過來", "反写", "逆から", "กลับหลัง", "ย้อน",
    "กลับด้าน", "rückwärts", "rueckwaerts", "achterstevoren", "tersten", "거꾸로", "उल्टा",
    "উল্টো", "ανάποδα", "terbalik", "baligtad", "visszafel", "odzadu", "pozpátku", "unazad",
    "naopako", "îndărăt", "al revés", "al reves", "l'envers", "l’envers", "de trás para",
    "de tras para", "задом наперед", "задом наперёд", "od tyłu", "od tylu", "right to left",
]  # fmt: skip
_PLUS = re.compile(
    r"(?:[+＋﹢➕][\s(\[️\u200b-\u200f]*|\b(?:plus|más|mais|плюс|زائد|cộng|加)\s+|%2B)\Z", re.I
)
_NAME_BEFORE = re.compile(r"(?<![\w@#/.:=-])[^\W\d_]{2,}[a-zà-ž]-?\Z")
_GLUED = re.compile(r"(?:[^\W\d_][-_]?|[\w@#]|\d[-./])\Z")
_CUE_GLUED = re.compile(
    r"(?:tel|phone|call|ph|cell?|mob|mobile|wh?ats?app|wa|text|sms|fon|no|t|m|p)[-_.:]?\Z", re.I
)
_GLUED_AFTER = re.compile(
    r"[A-Z]|[a-z](?![a-z]{2})|@[\w]|[-_][^\W\d_]|\.\d|\.(?:jpe?g|png|html?|php|pdf|gif)\b"
)
# What links a number with the next one where no space parts them.
_LINK_BEFORE = re.compile(r"\d(?:or|and|ou|et|oder|und|и|или|或)\Z", re.I)
_LINK_AFTER = re.compile(r"(?:or|and|ou|et|oder|und|и|или|或)[+0]?\d{4}", re.I)
_ACCOUNT_BEFORE = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){1,7} ?\Z")  # the rest of an IBAN
_EXTENSION = re.compile(r"\s*(?:ext|x\d)", re.I)
# A teaser breaks its text off like this, also inside a number: what is left can be valid, and not
# the number that was written.
_CUT = re.compile(r"\d*\s?(?:…|\.\.\.)")
_COUNTING = re.compile(  # what a form shows as its example, to the tenth where it is in groups
    "0?" + "".join(rf"\W{{0,3}}{d}" for d in range(1, 10)) + r"(\W{0,3}0)?"
)
_SURE = {
    Form.INTERNATIONAL: 0.98,
    Form.NATIONAL: 0.95,
    Form.TRUNKLESS: 0.75,
    Form.CODE: 0.7,
    Form.SHARED: 0.8,
}
_DETAILS = {form: {"form": form.value} for form in Form}
_LEAD = 60  # characters before a number that can speak of it


class Phone(TextExtractor):
    """Finds phone numbers, also when they are written with letters, words, signs or emoji."""

    name = "phone"
    version = "2"
    pattern = rf"[{FIGURE}{LOOK}](?:(?:{_SIGN}*|[xX]{{2,3}}){_DIGIT}[AET]?){{6,}}"

    def hits(self, batch: Batch) -> Iterator[tuple[int, Hit]]:
        spoken = pl.Series([False]).new_from_index(0, len(batch.texts))
        for hint in HINTS:
            spoken |= batch.texts.str.contains(hint)
        turned = set(
            batch.texts.str.contains_any(_REVERSED, ascii_case_insensitive=True)
            .arg_true()
            .to_list()
        )
        written = batch.candidates(self.pattern, ~spoken)
        said = ((i, batch.texts[i], spoken_runs(batch.texts[i])) for i in spoken.arg_true())
        for runs, in_words in ((written, False), (said, True)):
            for index, text, spans in runs:
                region = batch.regions[index]
                manner = Manner(False, in_words, index in turned)
                for first, last in spans:
                    if last - first >= FEWEST:
                        for hit in self.read(text, first, last, region, manner):
                            yield index, hit

    def read(
        self, text: str, start: int, end: int, region: str | None, manner: Manner = Manner()
    ) -> Iterator[Hit]:
        for first, last, number, how in numbers(text, start, end, region, manner):
            confidence, reason = _judge(number.form, number.valid, how)
            if ("…" in text[last : last + 9] or "..." in text[last : last + 9]) and _CUT.match(
                text, last
            ):
                confidence, reason = min(confidence, 0.3), f"{reason}; cut off, may be another's"
            yield Hit(
                Kind.PHONE, number.value, first, last, confidence, reason, _DETAILS[number.form]
            )


def numbers(
    text: str, start: int, end: int, region: str | None, manner: Manner
) -> Iterator[Reading]:
    """Yield the numbers of a run of `text` that what stands around lets be some, with their places in
    the text."""
    start, end = _trim(text, start, end, manner.spoken)
    if end - start < FEWEST:
        return
    if _plus(text, start) < start:
        manner = Manner(True, manner.spoken, manner.backwards)
    done = start
    for first, last, number, how in divide(text[start:end], region, manner):
        first, last = first + start, last + start
        # What an accepted number ends with says nothing of the next: 0123/646 ...
        lead = text[max(done if done > start else 0, first - _LEAD) : first]
        if not _stands_alone(lead, text[last : last + 20], number, text, first):
            continue
        if number.form is Form.INTERNATIONAL:
            first = _plus(text, first)
        while last < len(text) and text[last] in "\ufe0f\u20e3":
            last += 1
        done = last
        yield Reading(first, last, number, how)


def _plus(text: str, at: int) -> int:
    """Return where the plus that leads a number at `at` begins, or `at` where there is none."""
    near = text[max(0, at - 8) : at]
    if near.isascii() and "+" not in near and "lus" not in near.lower() and "%2B" not in near:
        return at
    match = _PLUS.search(near)
    return at - len(near) + match.start() if match else at


# At a run's edges: letters that are likelier words than digits, "i 020 ...", "020 ..., still".
_WORD_FIRST = re.compile(
    r"(?:(?![ol]{2,})[A-Z]?[a-z]+[^\w+]+)+(?=\S{2})|(?![ol]+\d)[a-z]{3,}(?=\d)"
)
_WORD_LAST = re.compile(
    r"(?<=\S\S)(?:\W*[,/;|.]\s*(?![OoОоl]+\b)[^\W\d_]+|\W+(?![ol]{2,}\b)[A-Z]?[a-z]+)+\Z"
)


def _trim(text: str, start: int, end: int, spoken: bool) -> tuple[int, int]:
    """Take off what is no digit, and look-alike letters that are words or a part of one: "fee[s
    020 ...]"."""
    if start and text[start - 1] < "\u0600" and text[start - 1].isalpha():
        while start < end and text[start] in ALIKE and text[start].isalpha():
            start += 1
    if end < len(text) and text[end].isalpha():
        while start < end and text[end - 1] in ALIKE and text[end - 1].isalpha():
            end -= 1
    if not spoken and text[start : start + 1].isalpha():
        word = _WORD_FIRST.match(text, start, end)
        start = word.end() if word else start
    if not spoken and start < end and text[end - 1].isalpha():
        word = _WORD_LAST.search(text, start, end)
        end = word.start() if word else end
    while start < end and not text[start].isalnum() and text[start] not in ALIKE:
        start += 1
    while start < end and not text[end - 1].isalnum() and text[end - 1] not in ALIKE:
        end -= 1
    if text.startswith("2B", start) and text[max(0, start - 1) : start] == "%":
        start += 2  # a plus in a URL
    return start, end


def _stands_alone(lead: str, rest: str, number: Number, text: str, at: int) -> bool:
    """Whether what stands around a number lets it be one."""
    if is_linked(lead):
        return True
    if number.form is Form.INTERNATIONAL and _plus(text, at) < at:
        return not rest.startswith("@")
    if number.form is Form.INTERNATIONAL and not number.valid:
        return False
    touching = bool(lead) and not lead[-1].isspace()
    if touching and is_in_url(text[max(0, at - 200) : at].rsplit(maxsplit=1)[-1]):
        return False
    national = number.valid and number.form is Form.NATIONAL
    bare = not (national and text[at] == "0")
    unbroken = bare and text[at : at + 9].isdecimal()
    if is_another_thing(lead, unbroken) or is_amount(lead, rest, bare):
        return False
    if touching and _GLUED.search(lead[-2:]) and not _may_touch(lead, number):
        return False
    if _GLUED_AFTER.match(rest) and not (_EXTENSION.match(rest) or _LINK_AFTER.match(rest)):
        return False
    if lead[-2:].strip()[-1:].isdigit() and _ACCOUNT_BEFORE.search(lead):
        return False
    counting = _COUNTING.match(text, at)
    if counting and (unbroken or counting.group(1)):
        return is_announced(lead, rest)
    if national or number.form is Form.SHARED:
        return True
    if number.form is Form.CODE and (number.home or unbroken):
        return number.home or is_announced(lead, rest)
    if number.valid and (number.form is Form.INTERNATIONAL or number.mobile):
        return True
    return is_announced(lead, rest)


def _may_touch(lead: str, number: Number) -> bool:
    """Whether a word may touch a number: tel020 ..., Anna020 ..., and 电话020 ... without spaces."""
    if _CUE_GLUED.search(lead[-10:]) or (lead[-1].isalpha() and ord(lead[-1]) >= 0x0E00):
        return True
    if _LINK_BEFORE.search(lead[-6:]):
        return True
    plain = number.valid and number.form is Form.NATIONAL
    return plain and _NAME_BEFORE.search(lead[-20:]) is not None


@cache
def _judge(form: Form, valid: bool, how: tuple[str, ...]) -> tuple[float, str]:
    """Return a confidence and the reason in words."""
    confidence = _SURE[form]
    reasons = [form.value]
    disguises = [w for w in how if w != "figures"]
    if disguises:
        confidence -= 0.08
        reasons.append("written with " + ", ".join(disguises))
    if not valid:
        confidence = 0.4
        reasons.append("its length fits, but no assigned range")
    return round(confidence, 2), "; ".join(reasons)
