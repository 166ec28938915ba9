"""Finds e-mail addresses in text, also when spelt out: name (at) example dot org.

What stands for the @ is looked for first; then the name before it and the domain after it are read.
"""

import re
from collections.abc import Iterator

from palermo.extract.claims import Hit
from palermo.extract.services import service_of
from palermo.extract.shown import ShownExtractor
from palermo.values import email
from palermo.values.text import words
from palermo.values.url import CLOSE, DOT_WORDS, OPEN
from palermo.vocabulary import Kind

# How @ is said. Those that are everyday words too need a dot that is spelt out as well.
_EVERYDAY = r"at|chez|et|a|ät|ад|на"
_AT_WORDS = (
    r"arroba|arrobase|arobase|arobas|arond|coad[aă] de maimu[tț][aă]|собака|собачка|ат|эт|равлик|песик|"
    r"кльомба|ma[lł]pa|zavin[aá][cč]|kukac|apenstaartje|klammeraffe|snabel-a|chiocciola|afna|majmunsko a|"
    r"snabela|kr[øo]llalfa|alfakr[øo]ll|ludo a|лудо а|маймунско а|sobaka|sobachka|arob[aă]|at znak|at[- ]teken|"
    r"(?:at|ät|et)-merkki|ätt|at the rate(?: of)?|at mark|güzel a|שטרודל|כרוכית|ეთი|ձեվ|"
    r"[एऐ]ट द रेट|এট দ্য রেট|ایٹ|ات ساین|آت ساین|แอ็ท|แอต|แอ๊ด|"
    r"παπάκι|a c[oò]ng|a m[oó]c|ऐट|एट|অ্যাট|แอท|แอด|艾特|圈a|アットマーク|アット|골뱅이|앳|آت|ات|آتساین|at sign|"
    r"at-sign|et işareti|kuyruklu a|miukumauku|manki"
)
_AT_SPACELESS = r"艾特|圈a|アットマーク|アット|골뱅이"  # in scripts that write no spaces
_INSTEAD = "[#★☆●■&$!^%]"  # signs that stand for an @ where the text says so
_DOT_SIGN = r"[.。]"
_DOT_MARKED = rf"\s{{0,2}}{OPEN}\s?(?:\.|{DOT_WORDS})\s?{CLOSE}\s{{0,2}}"
_DOT_WORD = rf"\s{{1,2}}(?:{DOT_WORDS})\s{{1,2}}|\s?(?:点|點|ドット|점|닷)\s?"
_DOT_GLUED = r"(?<=[a-z0-9])(?-i:DOT)(?=[a-z])"
_ENDINGS = r"(?:com|org|net|info|biz|ru|ro|de|fr|es|it|pl|ua|bg|uk|eu|br|mx|cn|vn|in)\b"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])??"
# Words of scripts without spaces, and Korean endings, follow at once.
_SIMPLE = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9][A-Za-z0-9-]*)+"
    r"(?![.-]|(?![\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af])\w)"
)
_TIGHT_DOT = re.compile(rf"{_DOT_SIGN}|{_DOT_MARKED}|{_DOT_GLUED}|,(?={_ENDINGS})", re.I)
_LOOSE_DOT = re.compile(
    rf"\s?{_DOT_SIGN}\s?|{_DOT_MARKED}|{_DOT_WORD}|{_DOT_GLUED}|\s?,(?={_ENDINGS})", re.I
)
_TIGHT = re.compile(rf"{_LABEL}(?:(?:{_TIGHT_DOT.pattern}){_LABEL})+(?![\w])", re.I)
_LOOSE = re.compile(rf"{_LABEL}(?:(?:{_LOOSE_DOT.pattern}){_LABEL})+(?![\w])", re.I)
_LOCAL = re.compile(r"(?<![A-Za-z0-9@/.\u00c0-\u024f])[A-Za-z0-9_][A-Za-z0-9._%+'-]{0,63}\Z")
_UNDERSCORE = r"\s(?:underscore|under score|gui[oó]n bajo|tiret bas|sublinhado|подч[её]ркивание|unterstrich)\s"
_SPELT_LOCAL = re.compile(
    rf"(?<![A-Za-z0-9@/.\u00c0-\u024f])[A-Za-z0-9_][A-Za-z0-9._%+'-]{{0,63}}?"
    rf"(?:(?:{_DOT_MARKED}|{_DOT_WORD}|{_UNDERSCORE})[A-Za-z0-9_][A-Za-z0-9._%+'-]{{0,40}}?){{0,3}}\Z",
    re.I,
)
_CLOSINGS = (")", "}", "]")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*")
_GROUPED = re.compile(
    rf"[({{\[]\s?(?P<names>{_NAME.pattern}(?:\s?[,;|/]\s?{_NAME.pattern})+)\s?[)}}\]]\Z"
)
_DOTS = re.compile(rf"{_DOT_MARKED}|{_DOT_WORD}", re.I)
_UNDERSCORES = re.compile(_UNDERSCORE, re.I)
_LETTERED = re.compile(r"(?<!\w)(?:[A-Za-z0-9_.-] ){2,}[A-Za-z0-9]\Z")
_LETTERED_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9-] ){2,}\.(?: [A-Za-z0-9-])+(?: \.(?: [A-Za-z])+)?(?!\w)"
)
_FOREIGN = {
    "ком": "com", "ру": "ru", "орг": "org", "нет": "net", "юа": "ua", "كوم": "com", "نت": "net",
    "कॉम": "com", "คอม": "com", "컴": "com", "কম": "com", "جيميل": "gmail", "гмейл": "gmail",
    "гмаил": "gmail", "джимейл": "gmail", "жмейл": "gmail", "мейл": "mail", "майл": "mail",
    "маил": "mail", "яндекс": "yandex", "хотмейл": "hotmail", "яху": "yahoo", "هوتميل": "hotmail",
}  # fmt: skip
# Words that stand before a plain "at" without being anyone's name: "look at example dot org".
_NOBODY = words(
    "at on to is as via under me us you him her them it look looks looking visit call here live living work "
    "working available "
    "online site website web mail email now only and or is are am be see meet go stay night today based "
    "page info. details order book find apply room rooms more ask contact us. team moi nous"
)
_SPACE = " \t\n\u00a0\u3000"


class Email(ShownExtractor):
    """Finds e-mail addresses, also when @ and dots are written as words."""

    name = "email"
    version = "3"
    pattern = (
        rf"@|%40|{OPEN}\s?(?i:@|{_AT_WORDS}|{_EVERYDAY})\s?{CLOSE}|\s(?i:{_AT_WORDS})\s"
        rf"|{_AT_SPACELESS}|{_INSTEAD}[a-z0-9][\w-]*\.[a-z]"
        rf"|\s(?i:{_EVERYDAY})\s+\S+\s*\W?(?i:{DOT_WORDS})\W|[a-z0-9]AT[a-z]"
    )

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        # an everyday word's candidate reaches over what may say @ in truth: "на name[at]example"
        for at in _AT.finditer(text, start, end):
            if hits := [*_read(text, at)]:
                yield from hits
                return


def _read(text: str, at: re.Match[str]) -> Iterator[Hit]:
    if at.lastgroup is None:
        return
    how = at.lastgroup
    if how == "instead" and not _is_at(at.group(), text):
        return
    first, last = _without_spaces(text, *at.span(how))
    spaced = (first < at.start(how), last > at.end(how))
    if how == "sign" and spaced == (False, True):
        return  # "5@ 10.50", "Anna@ home"
    before = text[max(0, first - 90) : first]
    if before.endswith(_CLOSINGS):
        yield from _grouped(text, first, last)
        return
    local = _local(before, how == "sign" and not any(spaced))
    if local is None:
        return
    if how == "sign" and spaced == (True, False) and service_of(local[0]):
        return  # "insta @name"
    for domain, written, spelt in _domains(text, last, how == "sign" and not any(spaced)):
        bare = how == "everyday" and at.group(how) != "AT"
        if bare and (not spelt or local[0].lower() in _NOBODY):
            return
        if any(spaced) and how == "sign" and local[0].lower() in _NOBODY:
            return
        value = email.normalise(f"{local[0]}@{domain}")
        if value:
            plain = how == "sign" and not any(spaced) and not spelt
            confidence = 0.98 if plain else 0.7 if bare else 0.9
            reason = "written plainly" if plain else "written with words or spaces for signs"
            yield Hit(Kind.EMAIL, value, first - local[1], written, confidence, reason)
            return


def _grouped(text: str, first: int, last: int) -> Iterator[Hit]:
    """The names that share one host: {rooms,kitchen}@example.org."""
    names = _GROUPED.search(text, max(0, first - 90), first)
    domain = next(_domains(text, last, True), None) if names else None
    if names is None or domain is None:
        return
    for name in _NAME.finditer(text, *names.span("names")):
        value = email.normalise(f"{name.group()}@{domain[0]}")
        if value:
            yield Hit(Kind.EMAIL, value, *name.span(), 0.9, "one of several names at a host")


_AT = re.compile(
    rf"(?P<sign>@|%40)|(?P<marked>{OPEN}\s?(?:@|{_AT_WORDS}|{_EVERYDAY})\s?{CLOSE})"
    rf"|\s(?P<word>{_AT_WORDS})(?=\s)|(?P<spaceless>{_AT_SPACELESS})|(?P<instead>{_INSTEAD})"
    rf"|\s(?P<everyday>{_EVERYDAY})(?=\s)|[a-z0-9](?P<glued>(?-i:AT))(?=[a-z])",
    re.I,
)


def _is_at(sign: str, text: str) -> bool:
    """Whether a text says that a sign of it stands for an @: "#换成@", "@ instead of #"."""
    sign = re.escape(sign)
    return re.search(rf"{sign}[^\n@]{{1,14}}@|@[^\n@]{{1,14}}{sign}(?![\w.])", text) is not None


def _without_spaces(text: str, first: int, last: int) -> tuple[int, int]:
    """Widen a span over the spaces around it, three on each side at most."""
    for _ in range(3):
        first -= first > 0 and text[first - 1] in _SPACE
        last += last < len(text) and text[last] in _SPACE
    return first, last


def _local(before: str, plain: bool) -> tuple[str, int] | None:
    """Return the name that `before` ends with, and how many characters it is written with."""
    lettered = None if plain else _LETTERED.search(before)
    if lettered:
        return lettered.group().replace(" ", ""), len(lettered.group())
    match = (_LOCAL if plain else _SPELT_LOCAL).search(before)
    if match is None:
        return None
    name = match.group()
    spelt = name if plain else _UNDERSCORES.sub("_", _DOTS.sub(".", name))
    return spelt, len(name)


def _domains(text: str, first: int, plain: bool) -> Iterator[tuple[str, int, bool]]:
    """Yield (domain, its end, whether its dots are spelt out) for what may be it, likeliest first."""
    lettered = None if plain else _LETTERED_DOMAIN.match(text, first)
    if lettered:
        yield lettered.group().replace(" ", ""), lettered.end(), True
    simple = _SIMPLE.match(text, first, first + 320) if plain else None
    if simple:
        yield simple.group(), simple.end(), False
    forms = ((_TIGHT, _TIGHT_DOT), (_LOOSE, _LOOSE_DOT)) if plain else ((_LOOSE, _LOOSE_DOT),)
    for whole, dot in forms:
        match = whole.match(text, first, first + 320)
        end = match.end() if match else first
        while end > first:
            labels = [_FOREIGN.get(part.lower(), part) for part in dot.split(text[first:end])]
            spelt = any(d.strip() not in (".", "。") for d in dot.findall(text[first:end]))
            yield ".".join(labels), end, spelt
            end = _shorter(text, first, end, dot)


def _shorter(text: str, first: int, end: int, dot: re.Pattern[str]) -> int:
    """Cut the last label's tail that is not ASCII, or the last label: "example.org. Call"."""
    tail = re.search(r"(?<=[\x00-\x7f])[^\x00-\x7f]+\Z", text[first:end])
    if tail:
        return first + tail.start()
    dots = list(dot.finditer(text, first, end))
    return dots[-1].start() if len(dots) > 1 else first
