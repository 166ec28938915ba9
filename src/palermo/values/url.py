"""URLs and domains, also when written so as not to be clicked: hxxp://, example[.]org."""

import re
from functools import cache, lru_cache

import idna
from publicsuffixlist import PublicSuffixList

# How "dot" is said in addresses that are spelt out.
DOT_WORDS = (
    r"dot|punto|ponto|point|punct|punkt|punt|pont|t[oa][cč]ka|tečka|тчк|точка|крапка|kropka|nokta|pika|"
    r"(?:d[aấ]u )?ch[aấ]m|titik|tuldok|τελεία|डॉट|बिंदु|ডট|ดอท|จุด|ຈຸດ|ចំណុច|ဒေါ့|点|點|ドット|점|쩜|닷|"
    r"نقطة|نقطه|دوت|دات|ڈاٹ|نکته|"
    r"nukta|nuqta|punktum|bodka|pikë|piste|full\s?stop|нүкте|чекит|נקודה|ነጥብ|წერტილი|կետ|டாட்|డాట్"
)
OPEN, CLOSE = (
    r"[\[({<\x22“”«»*_~|/\\=（【「『〔《〈-]{1,2}",
    r"[\])}>\x22“”«»*_~|/\\=）】」』〕》〉-]{1,2}",
)
DOT = re.compile(rf"\s*{OPEN}\s*(?:\.|{DOT_WORDS})\s*{CLOSE}\s*", re.I)
SCHEME = re.compile(r"h(?:tt|xx|tx|xt)p(?P<secure>s?)\s?(?:\[:\]|:)\s?//", re.I)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\.|\Z)){4}\Z")
_RESERVED = frozenset(("example",))  # kept free for documentation by RFC 2606
_STOPS = str.maketrans("。．｡", "...")


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False, only_icann=True)


@lru_cache(maxsize=1 << 15)
def host(written: str) -> str | None:
    """Return a host name in lower case ASCII, or None where its ending or a label is none."""
    text = DOT.sub(".", written.strip()).translate(_STOPS).rstrip(".").lower()
    if _IPV4.match(text):
        return text
    if not text.isascii():
        try:
            text = idna.encode(text, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    labels = text.split(".")
    if len(labels) < 2 or len(text) > 253 or not all(_LABEL.match(label) for label in labels):
        return None
    return text if _suffixes().publicsuffix(text) or labels[-1] in _RESERVED else None


def domain(written: str) -> str | None:
    """Return the domain that someone registered: ``example.co.uk`` of ``www.shop.example.co.uk``.

    A numeric address is its own domain.
    """
    url = normalise(written)
    if url is None:
        return None
    named = url.split("/")[2].split(":")[0].rpartition("@")[2]
    if _IPV4.match(named):
        return named
    labels = named.split(".")
    return ".".join(labels[-2:]) if labels[-1] in _RESERVED else _suffixes().privatesuffix(named)


def normalise(written: str) -> str | None:
    """Return an absolute http(s) URL with its host in lower case, or None.

    The path, query and fragment stay as written: they may tell apart. A URL written without its
    scheme is taken as https.
    """
    text = DOT.sub(".", written.strip())
    scheme = SCHEME.match(text)
    rest = text[scheme.end() :] if scheme else text
    cut = re.search(r"[/?#]", rest)
    place, path = (rest[: cut.start()], rest[cut.start() :]) if cut else (rest, "")
    user, _, place = place.rpartition("@")
    name, _, port = place.partition(":")
    named = host(name)
    if named is None or (user and not scheme) or any(c.isspace() for c in user + path):
        return None
    if port and not (port.isascii() and port.isdecimal() and int(port) < 65536):
        return None
    where = (f"{user}@" if user else "") + named
    where += f":{int(port)}" if port and int(port) not in (80, 443) else ""
    path = path if path.startswith("/") else "/" + path
    return f"http{'' if scheme and not scheme['secure'] else 's'}://{where}{path}"


def validate(value: str) -> bool:
    return normalise(value) == value
