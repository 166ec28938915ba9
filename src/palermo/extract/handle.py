"""Finds accounts on messengers and networks: links, and names that a service's word announces."""

import re
from collections.abc import Iterator
from itertools import pairwise

from palermo.extract.claims import Hit
from palermo.extract.services import EVERYDAY, LATIN, LINK, OTHERS, PAGES, service_of
from palermo.extract.shown import ShownExtractor
from palermo.values import handle
from palermo.values.text import words
from palermo.vocabulary import Kind

_WORD = re.compile(rf"(?:(?<![A-Za-z0-9_])(?:{LATIN})(?![A-Za-z0-9_-])|{OTHERS})", re.I)
_GLUED = re.compile(r"(?<![A-Za-z0-9_])(?:ig|fb|vx|wx|tg|vk)(?=[:：@])", re.I)
_ID = (
    r"(?:id|user\s?name|user|uname|name|nome|nombre|nom|nume|account|acc|handle|usuario|usuário|perfil|nick|nik|"
    r"ник|логин|имя|号码?|號碼?|账号|帳號|id号|ไอดี|아이디|アカウント|معرفي|معرف|حساب|يوزر|آیدی|ایدی|آی\s?دی|आईडी|আইডি|"
    r"kullanıcı adı|ID)"
)
_LINKING = (
    r"(?:is|es|me|on|at|as|como|add|page|profile|channel|канал|group|bot|find us|us|my|our|mein|mi|mon|meu|:|и|или|"
    r"加|添加|搜索?|追加|추가)"
)
_BRIDGE = re.compile(
    rf"(?:\s?[(\[]?\s?(?:(?P<id>{_ID})|{_LINKING})(?![A-Za-z]))*"
    r"\s{0,2}(?P<sign>(?:[:：=➡→>👉\-–—~/|]|\s[-–—]\s){0,3})[\s(\[\"'«“]{0,3}(?P<at>@?)\s?",
    re.I,
)
_NAME = re.compile(r"(?P<name>(?:live:)?[A-Za-z0-9_][A-Za-z0-9_.*-]{1,63})")
_AFTER_NAME = re.compile(r"@|[/\\](?![\s/])|\s?[(\[]?(?:at|dot)[)\]]|:\d|%")
_BARE = re.compile(r"@(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]{2,31})")
_DOMAIN = re.compile(r"\.(?:com|org|net|info|me|ru|example)\Z", re.I)
_LEAST = re.compile(r"[^\s:=@()/|,\[\]]+")
_SERVICE_AFTER = re.compile(
    r"[\s,(\[/–—-]{0,3}(?:(?:on|in|en|no|na|sur|auf|pe|su|via|в|у|на|w|trên|ใน|của)\s{1,2})?(?:my\s|the\s)?[(\[]?",
    re.I,
)
_NAME_BEFORE = re.compile(
    r"(?<![\w@./])(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]{2,40})\s{1,2}(?:on|en|no|na|sur|auf|pe|su|в|у|на|w|trên)\s{1,2}\Z",
    re.I,
)
_NOT_NAMES = words(
    "only or and me us for any anytime now yes no available call calls text sms phone number chat group "
    "channel channels message messages msg contact same the my is on at to in with please ok also id user "
    "username viber whatsapp telegram signal wechat line skype instagram facebook zalo here below above "
    "link bio https http www o y si sau și или и только e ou et numero número tel email mail app apps "
    "group. video t.me wa.me"
)


class Handle(ShownExtractor):
    """Finds accounts on messengers and networks, and links to them."""

    name = "handle"
    version = "2"
    pattern = (
        r"(?i)(?:(?:\bt|telegram|instagr|instagram|facebook|fb|\bm|messenger|line|snapchat|tiktok|twitter|\bx|vk|ok|"
        r"kik|onlyfans|cash|zalo|kakao|wechat|threads|signal)\s?(?:\.|[\[({]\s?(?:\.|dot|punto|точка|点)\s?[\])}])\s?"
        r"(?:me|dog|am|com|ru|app|net)\s?(?:/|%2F)|(?:tg|weixin|viber|line)://|skype:)[^\s<>]*"
        rf"|(?:^|[^a-z0-9_])(?:{LATIN})|{OTHERS}"
        r"|@[a-z0-9_][a-z0-9_.-]{2,31}"
    ).replace(r"\b", "")

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        if text[start] == "@":
            yield from _bare(text, start)
            return
        # A Latin word's candidate begins with the sign before it.
        link = LINK.match(text, start) or LINK.match(text, start + 1)
        if link:
            yield from _linked(text, link)
            return
        word = _WORD.match(text, start) or _WORD.match(text, start + 1)
        if word:
            hits = list(_announced(text, word))
            yield from hits or _before(text, word)


def _linked(text: str, link: re.Match[str]) -> Iterator[Hit]:
    start = link.start()
    lead = text[max(0, start - 12) : start].lower()
    if lead and (lead[-1].isalnum() or lead[-1] in "-_") and not lead.endswith("%2f"):
        return  # the end of another host: example-x.com
    if lead.endswith(".") and not re.search(
        r"(?<![\w.])(?:www|m|mobile|web|touch|l|[a-z]{2}-[a-z]{2})\.\Z", lead
    ):
        return
    for service, name in link.groupdict().items():
        if name:
            kept = name.rstrip(".-~*")
            value = handle.normalise(f"{service.rstrip('_')}:{kept}")
            if value and kept.lower() not in PAGES and not kept.startswith("+"):
                end = link.end(service) - (len(name) - len(kept))
                yield Hit(Kind.HANDLE, value, start, end, 0.97, "link to the account")


def _announced(text: str, word: re.Match[str]) -> Iterator[Hit]:
    written = word.group().lower()
    bridge = _BRIDGE.match(text, word.end())
    match = _NAME.match(text, bridge.end()) if bridge else None
    if bridge is None or match is None:
        return
    service = service_of(word.group())
    name = match["name"].rstrip(".-*")
    spelt = written[-1] < "\u0e00"
    if service is None or (spelt and not bridge.group() and text[word.end() - 1].isalnum()):
        return  # "linear"; but 微信 may touch the name
    if _AFTER_NAME.match(text, match.end()) or name.lower() in _NOT_NAMES or service_of(name):
        return
    if not any(c.isalpha() for c in name) and service != "qq":
        return
    named = bool(bridge["at"] or bridge["id"])
    sign = bool(bridge["sign"].strip(" /|"))
    if not named and not _speaks(written, service, name, sign):
        return
    if not named and _DOMAIN.search(name):
        return
    value = handle.normalise(f"{service}:{name}")
    if value and len(name) > 2:
        start = match.start() - (1 if bridge["at"] and text[match.start() - 1] == "@" else 0)
        confidence = 0.92 if named or sign else 0.75
        reason = f"announced by “{word.group()}”"
        yield Hit(Kind.HANDLE, value, start, match.start() + len(name), confidence, reason)


def _speaks(word: str, service: str, name: str, sign: bool) -> bool:
    """Whether a name that neither an @ nor a word announces can be one."""
    telling = any(c in name for c in "_.") or (
        any(c.isdigit() for c in name)
        and sum(c.isalpha() for c in name) > 2
        and not name[0].isdigit()
    )
    if service == "qq":
        return name.isdigit()
    if service == "whatsapp":
        return telling and sign
    if service == "signal":
        return re.search(r"\.\d\d+\Z", name) is not None
    if service == "snapchat" and "-" in name:
        return True
    if word in EVERYDAY:
        return telling and (sign or "_" in name or "." in name.strip(".") or not word.isascii())
    return telling or sign


def _before(text: str, word: re.Match[str]) -> Iterator[Hit]:
    """A name before the service: "example_travel on Telegram"."""
    match = _NAME_BEFORE.search(text[max(0, word.start() - 60) : word.start()])
    service = service_of(word.group())
    if match is None or service is None or not _speaks("", service, match["name"], False):
        return
    value = handle.normalise(f"{service}:{match['name']}")
    if value and not _DOMAIN.search(match["name"]):
        start = max(0, word.start() - 60) + match.start("name")
        reason = f"“{word.group()}” is named after it"
        yield Hit(Kind.HANDLE, value, start, start + len(match["name"]), 0.7, reason)


def _is_announced(text: str, start: int) -> bool:
    """Whether a service's word before an @ announces what follows it."""
    lead = text[max(0, start - 40) : start]
    near = _LEAST.findall(lead)[-5:]
    pairs = [f"{a} {b}" for a, b in pairwise(near)]
    if lead.isascii() and not any(service_of(word) for word in (*near, *pairs)):
        return False  # most are told from their words alone, which costs little
    for word in _WORD.finditer(text, max(0, start - 40), start):
        bridge = _BRIDGE.match(text, word.end())
        if bridge and bridge["at"] and bridge.end() > start:
            return True
    return False


def _bare(text: str, start: int) -> Iterator[Hit]:
    """An @name: of the service that is named after it, or ``unknown``, which keeps it apart."""
    before = text[start - 1 : start]
    match = _BARE.match(text, start)
    if match is None or (before and (before.isalnum() or before in "._/-")):
        return
    name = match["name"].rstrip(".-")
    end = match.start("name") + len(name)
    if _DOMAIN.search(name) or name.lower() in _NOT_NAMES or _is_announced(text, start):
        return
    if not name[0].isalpha() and name[0] != "_":
        return
    after = _SERVICE_AFTER.match(text, end)
    word = _WORD.match(text, after.end()) if after else None
    service = service_of(word.group()) if word else None
    own = word and re.match(r"\s?[:：=@]|\s@", text[word.end() :])
    value = handle.normalise(f"{service}:{name}") if service and not own else None
    if value and word:
        reason = f"“{word.group()}” is named after it"
        yield Hit(Kind.HANDLE, value, start, end, 0.85, reason)
        return
    value = handle.normalise(f"unknown:{name}")
    if value:
        yield Hit(Kind.HANDLE, value, start, end, 0.4, "an @name; the service is not named")
