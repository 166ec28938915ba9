"""Finds URLs and domains in text, also when written so as not to be clicked."""

import re
from collections.abc import Iterator

from palermo.extract.claims import Hit
from palermo.extract.shown import ShownExtractor
from palermo.values import url
from palermo.values.text import words
from palermo.values.url import DOT_WORDS
from palermo.vocabulary import Kind

_DOT = rf"(?:\.|\s?[\[({{]\s?(?:\.|{DOT_WORDS})\s?[\])}}]\s?)"
_PATH = r"(?::\d{2,5})?(?:[/?#][^\s<>\x22'`{}|\\^，。；：、！？（）《》「」“”‘’…]*)?"
_HOST = rf"\w[\w-]*(?:{_DOT}\w[\w-]*)+"
_SCHEME = r"(?:h(?:tt|xx|tx|xt)ps?\s?(?:\[:\]|:)\s?//)"
_PARTS = re.compile(
    rf"(?P<scheme>{_SCHEME})?(?P<user>[^\s@/]{{1,64}}@)?(?P<host>\w[\w-]*(?:{_DOT}\w[\w-]*){{1,12}})(?P<path>[^\x00]*)",
    re.I,
)
_WHOLE = re.compile(rf"{_SCHEME}?(?:[\w.+-]{{1,64}}@)?{_HOST}{_PATH}", re.I)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_MESSENGERS = words(
    "t.me telegram.me zalo.me ok.ru tg.me telegram.dog wa.me api.whatsapp.com chat.whatsapp.com m.me line.me signal.me "
    "kik.me "
    "viber.me u.wechat.com wechat.com instagram.com facebook.com snapchat.com tiktok.com vk.com "
    "twitter.com "
    "x.com onlyfans.com cash.app"
)
# Endings that are domains of their own but mostly end the names of files.
_FILES = words("zip mov md py sh pl rs ps ai cab bin so")


class Url(ShownExtractor):
    """Finds URLs and domains, also written as hxxp or example[.]org."""

    name = "url"
    version = "2"
    pattern = (
        r"[^\s]*(?:://|[^\s.]\.[^\s0-9.,)]|[^\s]\s?[\[({]\s?(?:\.|"
        rf"{DOT_WORDS}|DOT|Dot)\s?[\])}}]\s?[^\s])[^\s]*"
    )

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        for match in _WHOLE.finditer(text, start, end):
            yield from _read(text, *match.span())


def _read(text: str, start: int, end: int) -> Iterator[Hit]:
    match = _PARTS.match(text, start, _trim(text, start, end))
    if match is None or (start and text[start - 1] in "@＠"):
        return
    scheme, user, path = match["scheme"], match["user"], match["path"]
    if user and not scheme:
        return  # an e-mail address
    first, last = match.span("host")
    while (named := url.host(text[first:last])) is None:
        shorter = _shorter(text, first, last)
        if shorter == last:
            return
        last, path = shorter, ""
    stop = match.end() if path else last
    whole = url.normalise(text[start:stop])
    plain = scheme or path or named.startswith("www.")
    if whole is None or not (plain or _is_domain(text[first:last], named)):
        return
    disguised = (
        "." not in text[first:last] or "[" in text[start:last] or "xx" in (scheme or "").lower()
    )
    reason = "written so as not to be clicked" if disguised else "written plainly"
    if plain:
        yield Hit(Kind.URL, whole, start, stop, 0.95 if disguised else 0.98, reason)
    owner = url.domain(named)
    if owner and named.removeprefix("www.") not in _MESSENGERS:
        yield Hit(Kind.DOMAIN, owner, first, last, 0.95 if plain else 0.8, reason)


def _trim(text: str, start: int, end: int) -> int:
    """Leave out closing signs that belong to the sentence."""
    while end > start:
        c = text[end - 1]
        opening = _CLOSING.get(c)
        if c not in ".,;:!?*_~\u00bb>" and (
            opening is None or text.count(c, start, end) <= text.count(opening, start, end)
        ):
            break
        end -= 1
    return end


def _shorter(text: str, first: int, last: int) -> int:
    """Cut a tail in another script glued to the host, or the last label."""
    tail = re.search(r"(?<=[\x00-\x7f])[^\x00-\x7f]+\Z", text[first:last])
    if tail:
        return first + tail.start()
    dots = list(re.finditer(_DOT, text[first:last], re.I))
    return first + dots[-1].start() if dots else last


def _is_domain(written: str, named: str) -> bool:
    """Whether a bare host is likelier a domain than the end of one sentence and the next's start."""
    *_, label, ending = re.split(_DOT, written, flags=re.I)
    named_label = named.split(".")[-2]
    if named.replace(".", "").isdecimal() or len(named_label) < 2 or named_label.isdecimal():
        return False
    if ending.lower() in _FILES or (len(ending) == 2 and len(label) < 3):
        return False
    return ending.islower() or written.isupper() or not ending.isascii()
