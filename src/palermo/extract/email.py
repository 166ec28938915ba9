"""Finds e-mail addresses in text, also when spelt out: name (at) example dot org."""

import re
from collections.abc import Iterator

from palermo.extract.claims import Hit, TextExtractor
from palermo.values import email
from palermo.values.text import words
from palermo.vocabulary import Kind

_LOCAL = r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}"
_AT = r"(?:\s{0,2}[@＠﹫]\s{0,2}|\s{0,2}[\[({<]\s?(?:@|at|arroba|a)\s?[\])}>]\s{0,2}|\s(?:at|arroba)\s)"
_DOT = r"(?:\s?[.。．]\s?|\s{0,2}[\[({<]\s?(?:\.|dot|punto|point|punkt)\s?[\])}>]\s{0,2}|\s(?:dot|punto|point|punkt)\s)"
_LABEL = r"[\p{L}\p{N}][\p{L}\p{N}-]{0,62}"
_PARTS = re.compile(
    rf"({_LOCAL}?)({_AT})([^\W_](?:[\w-]*[^\W_])?(?:{_DOT}[^\W_](?:[\w-]*[^\W_])?)+)\Z", re.I
)
_SPLIT = re.compile(_DOT, re.I)
_LONGEST = 400  # characters: a name has 64, a host 253, and disguise makes them longer
_SPELT = re.compile(r"[A-Za-z]")
# Words that stand before a plain "at" without being anyone's name: "look at example dot org".
_NOBODY = words(
    "me us you him her them it look looks looking visit call here live living work working "
    "available "
    "online site website web mail email now only and or is are am be see meet go stay night today "
    "based page info. details"
)


class Email(TextExtractor):
    """Finds e-mail addresses, also when @ and dots are written as words."""

    name = "email"
    version = "1"
    pattern = rf"(?i){_LOCAL}{_AT}{_LABEL}(?:{_DOT}{_LABEL})+"

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        if start and (
            text[start - 1] in "._%+-'" or (text[start - 1].isascii() and text[start - 1].isalnum())
        ):
            return
        end = min(end, start + _LONGEST)
        match = _PARTS.match(text, start, end)
        while match:
            value = _value(match)
            if value:
                yield _hit(match, value)
                return
            end = _shorter(text, match.start(3), match.end())
            match = _PARTS.match(text, start, end)


def _value(match: re.Match[str]) -> str | None:
    local, at, domain = match.groups()
    if at.strip().lower() in ("at", "arroba") and (
        local.lower() in _NOBODY or not _SPELT.search("".join(_SPLIT.findall(domain)))
    ):
        return None
    if at.strip() in ("@", "＠", "﹫") and at != at.strip() and not at.startswith(" "):
        return None
    return email.normalise(f"{local}@{_SPLIT.sub('.', domain)}")


def _shorter(text: str, first: int, end: int) -> int:
    """Cut the last label's tail that is not ASCII, or the last label: "example.org. Call"."""
    tail = re.search(r"(?<=[\x00-\x7f])[^\x00-\x7f]+\Z", text[first:end])
    if tail:
        return first + tail.start()
    dots = list(_SPLIT.finditer(text, first, end))
    return dots[-1].start() if dots else first


def _hit(match: re.Match[str], value: str) -> Hit:
    disguised = match.group(2).strip() != "@" or "." not in match.group(3) or " " in match.group(3)
    bare = match.group(2).strip().lower() in ("at", "arroba")
    confidence = 0.7 if bare else 0.9 if disguised else 0.98
    reason = "written with words for signs" if disguised else "written plainly"
    return Hit(Kind.EMAIL, value, *match.span(), confidence, reason)
