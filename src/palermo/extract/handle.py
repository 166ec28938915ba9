"""Finds accounts on messengers and networks: links, and names that a service's word announces."""

import re
from collections.abc import Iterator

from palermo.extract.claims import Hit
from palermo.extract.names import BRIDGE, NAME, said_name
from palermo.extract.services import EVERYDAY, FIRSTS, LATIN, LINK, OTHERS, PAGES, service_of
from palermo.extract.shown import ShownExtractor
from palermo.extract.unmarked import is_coined_here, speaks
from palermo.values import handle
from palermo.values.coined import is_coined
from palermo.values.text import words
from palermo.vocabulary import Kind

_ALPHABET = "[\u0370-\u05ff\u0620-\u06ff]"  # scripts that write spaces and put endings on words
# With the ending of its case: Telegramda, Facebookon, в телеграме.
_ENDED = (
    r"(?:(?:(?<=gram)|(?<=book)|(?<=viber)|(?<=pchat)|(?<=tele))['’]?"
    r"(?:d[ae]n?|t[ae]n?|[oe]n|b[ae]n|in|ie|em|u|a|om|e|ul|i?ssä|i?ssa))?"
)
_WORD = re.compile(
    rf"(?<![A-Za-z0-9_])(?P<latin>{LATIN}){_ENDED}(?![A-Za-z0-9_]|-(?!id|profil|name|nick|acc|konto|user))"
    rf"|(?<![\u0370-\u052f])(?P<other>{OTHERS})(?:(?<={_ALPHABET}{{4}}){_ALPHABET}{{1,3}})?(?!{_ALPHABET})",
    re.I,
)
_START = re.compile(rf"(?<![A-Za-z0-9_])[A-Za-z0-9!|$@+]|[Vv](?=信)|[{FIRSTS}]", re.I)
_GLUED = re.compile(r"(?<![A-Za-z0-9_])(?:ig|fb|vx|wx|tg|vk)(?=[:：@])", re.I)
_AFTER_NAME = re.compile(r"@(?!\s|\Z)|[/\\](?![\s/])|\s?[(\[]?(?:at|dot)[)\]]|:\d|%")
_BARE = re.compile(r"@(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]{2,31})")
_X = re.compile(r"(?<![\w&])X(?:\s?\([^)]{0,20}\))?\s?[:：]\s?\Z")
_DOMAIN = re.compile(
    r"\.(?:com|org|net|info|me|ru|io|eu|uk|de|fr|es|pl|ro|example|pdf|jpe?g|png|html?|docx?)\Z",
    re.I,
)
_SERVICE_AFTER = re.compile(
    r"[\s,(\[/–—-]{0,3}(?:(?:on|in|en|no|na|sur|auf|pe|su|via|в|у|на|w|trên|ใน|của)\s{1,2})?(?:my\s|the\s)?[(\[]?",
    re.I,
)
_NAME_BEFORE = re.compile(
    r"(?<![\w@./])(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]{2,40})\s{1,2}(?:on|en|no|na|sur|auf|pe|su|в|у|на|w|trên)\s{1,2}\Z",
    re.I,
)
_WITH = re.compile(r"\s?(?:[/&+,|]|\b(?:and|y|e|et|und|и|та|ve|or)\b)\s?")  # between two services
_LISTED = re.compile(r"(?:[/&+,|]|\b(?:and|y|e|et|und|и|та|ve|or))\s?\Z")
_ENDS = re.compile(r"[.!?;,]\Z")
_BETWEEN = re.compile(r"[^\d@.!?;)]{0,30}\Z")  # a service's word and an @name
_RULES_OF_STYLE = words(
    "media import font-face keyframes charset supports namespace layer container param return override"
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
        r"(?i)(?:(?:t|telegram|instagr|instagram|facebook|fb|m|messenger|line|snapchat|tiktok|twitter|x|vk|ok|"
        r"kik|onlyfans|cash|zalo|kakao|wechat|threads|signal|threema|discord|discordapp|wire|ig)\s?(?:[.,]|(?:dot|punto|точка)\s|[\[({]\s?(?:\.|dot|punto|точка|点)\s?[\])}])\s?"
        r"(?:me|dog|am|com|ru|app|net|id)\s?(?:/|%2F|slash)|[a-z][a-z0-9_]{3,31}\.t\.me|(?:tg|weixin|viber|line)://|skype:)[^\s<>]*"
        rf"|(?:^|[^a-z0-9_])(?:{LATIN})|{OTHERS}"
        r"|@[a-z0-9_][a-z0-9_.-]{2,31}"
    )

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
        r"(?<![\w.])(?:www|m|mobile|web|touch|l|account|open|pf|story|u|[a-z]{2}-[a-z]{2})\.\Z",
        lead,
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
    bridge = BRIDGE.match(text, word.end())
    said = said_name(text, bridge.end()) if bridge else None
    hit = _named(text, word, bridge, *said) if bridge and said else None
    hit = hit or _further(text, word)
    if hit:
        yield hit
        yield from _shared(text, word, hit)


def _named(
    text: str, word: re.Match[str], bridge: re.Match[str], name: str, end: int, spelt: bool
) -> Hit | None:
    """Read the name that follows a service's word, with nothing but a sign or a word between."""
    written = (word["latin"] or word["other"]).lower()
    service = service_of(written)
    if service is None or (word["latin"] and not bridge.group() and text[word.end() - 1].isalnum()):
        return None  # "linear"; but 微信 may touch the name
    if text.startswith("://", word.end()):
        return None
    if service != "discord":
        end -= len(name) - len(name.partition("#")[0])
        name = name.partition("#")[0]
    kept = name.rstrip(".-*")
    if _AFTER_NAME.match(text, end) or kept.lower() in _NOT_NAMES or service_of(kept):
        return None
    if not any(c.isalpha() for c in kept) and service != "qq":
        return None
    named = bool(bridge["at"] or bridge["id"])
    sign = bool(bridge["sign"].strip(" /|,")) or spelt
    if named and kept.lower() in _RULES_OF_STYLE:
        return None
    sure = named or speaks(written, service, kept, sign)
    place = (bridge.end(), bridge.end() + len(kept))
    if not sure and not (sign and is_coined(kept)) and not is_coined_here(text, place, word):
        return None
    if not named and _DOMAIN.search(kept):
        return None
    value = handle.normalise(f"{service}:{kept}")
    if value is None or len(kept) < 3:
        return None
    start = bridge.end()
    start -= 1 if bridge["at"] and text[start - 1] == "@" else 0
    confidence = 0.92 if named or sign else 0.75 if sure else 0.6
    reason = f"announced by “{word.group()}”" + ("" if sure else "; no word of a language")
    return Hit(Kind.HANDLE, value, start, end - (len(name) - len(kept)), confidence, reason)


def _further(text: str, word: re.Match[str]) -> Hit | None:
    """A name that its own signs tell, some words after the service: "insta, there I am a.b_c"."""
    written = (word["latin"] or word["other"]).lower()
    service = service_of(written)
    if service is None or service == "whatsapp" or (written in EVERYDAY and written != "snap"):
        return None
    for count, token in enumerate(re.finditer(r"\S+", text[word.end() : word.end() + 70])):
        part = token.group()
        match = NAME.match(part.strip("(\"'“:"))
        name = match["name"].rstrip(".-*") if match else ""
        inner = name.strip("._-")
        if count and name and any(c in inner for c in "_." + "-" * (service == "snapchat")):
            start = word.end() + token.start() + part.index(name)
            value = handle.normalise(f"{service}:{name}")
            if not value or _DOMAIN.search(name) or _AFTER_NAME.match(text, start + len(name)):
                return None
            reason = f"some words after “{word.group()}”"
            return Hit(Kind.HANDLE, value, start, start + len(name), 0.65, reason)
        if count > 3 or any(c.isdecimal() or c == "@" for c in part) or _ENDS.search(part):
            return None
        if _WORD.match(part):
            return None
    return None


def _shared(text: str, word: re.Match[str], hit: Hit) -> Iterator[Hit]:
    """The same name at the services that are listed before the one which announces it."""
    lead = text[max(0, word.start() - 40) : word.start()]
    if not _LISTED.search(lead):
        return
    name = hit.value.partition(":")[2]
    found = _words(lead, 0, len(lead))
    end = len(lead)
    for other in reversed(found):
        service = service_of(other["latin"] or other["other"])
        if not _WITH.fullmatch(lead, other.end(), end) or service in (None, "whatsapp"):
            return
        value = handle.normalise(f"{service}:{name}")
        if value:
            yield hit._replace(value=value, confidence=0.8)
        end = other.start()


def _before(text: str, word: re.Match[str]) -> Iterator[Hit]:
    """A name before the service: "example_travel on Telegram"."""
    match = _NAME_BEFORE.search(text[max(0, word.start() - 60) : word.start()])
    service = service_of(word["latin"] or word["other"])
    if match is None or service is None:
        return
    at = max(0, word.start() - 60) + match.start("name")
    place = (at, at + len(match["name"]))
    if not speaks("", service, match["name"], False) and not is_coined_here(text, place, word):
        return
    value = handle.normalise(f"{service}:{match['name']}")
    if value and not _DOMAIN.search(match["name"]):
        reason = f"“{word.group()}” is named after it"
        yield Hit(Kind.HANDLE, value, *place, 0.7, reason)


def _words(text: str, first: int, last: int) -> list[re.Match[str]]:
    """Return what `_WORD` finds between two places, tried only where a word for a service can begin."""
    found: list[re.Match[str]] = []
    for start in _START.finditer(text, first, last):
        if not found or start.start() >= found[-1].end():
            word = _WORD.match(text, start.start(), last)
            if word:
                found.append(word)
    return found


def _announces(text: str, word: re.Match[str], start: int) -> bool:
    """Whether a service's word announces the @name at `start`, and so has found it already."""
    bridge = BRIDGE.match(text, word.end())
    return bridge is not None and bool(bridge["at"]) and bridge.end() > start


def _bare(text: str, start: int) -> Iterator[Hit]:
    """An @name: of the service that is named after it, or ``unknown``, which keeps it apart."""
    before = text[start - 1 : start]
    match = _BARE.match(text, start)
    if match is None or (before and (before.isalnum() or before in "._/-")):
        return
    name = match["name"].rstrip(".-")
    end = match.start("name") + len(name)
    if _DOMAIN.search(name) or name.lower() in _NOT_NAMES:
        return
    if not name[0].isalpha() and name[0] != "_":
        return
    if name.lower() in _RULES_OF_STYLE or re.match(r"/\w", text[end : end + 2]):
        return
    words = _words(text, max(0, start - 45), start)
    if any(_announces(text, word, start) for word in words):
        return
    if _X.search(text, max(0, start - 30), start):
        yield Hit(Kind.HANDLE, f"x:{name.lower()}", start, end, 0.85, "announced by “X”")
        return
    after = _SERVICE_AFTER.match(text, end)
    word = _WORD.match(text, after.end()) if after else None
    if word is not None and not re.match(r"\s?[:：=@]|\s@", text[word.end() : word.end() + 3]):
        hits = list(_after(text, word, Hit(Kind.HANDLE, name, start, end, 0.85, "")))
        yield from hits
        if hits:
            return
    word = words[-1] if words else None
    value = None
    if word and _BETWEEN.fullmatch(text, word.end(), start):
        written = word["latin"] or word["other"]
        if written.lower() not in EVERYDAY or not text[word.end() : start].strip(" \n:"):
            value = handle.normalise(f"{service_of(written)}:{name}")
    if value and word:
        hit = Hit(Kind.HANDLE, value, start, end, 0.8, f"some words after “{word.group()}”")
        yield hit
        yield from _shared(text, word, hit)
        return
    value = handle.normalise(f"unknown:{name}")
    if value:
        yield Hit(Kind.HANDLE, value, start, end, 0.4, "an @name; the service is not named")


def _after(text: str, word: re.Match[str] | None, hit: Hit) -> Iterator[Hit]:
    """The services that are named one after another behind a name; `hit` holds the bare name."""
    while word is not None:
        service = service_of(word["latin"] or word["other"])
        value = handle.normalise(f"{service}:{hit.value}") if service else None
        if value:
            yield hit._replace(value=value, reason=f"“{word.group()}” is named after it")
        link = _WITH.match(text, word.end())
        word = _WORD.match(text, link.end()) if link else None
