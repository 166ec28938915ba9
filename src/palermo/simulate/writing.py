"""Writes identifiers the way people do: grouped, spelled out, disguised, in other digits."""

import random
from collections.abc import Callable

ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
SPANISH = ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"]
LETTERS = str.maketrans({"0": "O", "1": "l", "5": "S", "8": "B"})
KEYCAP = "\ufe0f\u20e3"
DIGITS = {"ar": 0x0660, "th": 0x0E50, "fullwidth": 0xFF10, "bold": 0x1D7CE}


def grouped(phone: str) -> list[str]:
    """Return the groups of the national number, without trunk prefix or country code."""
    if phone.startswith("+1"):
        return [phone[2:5], phone[5:8], phone[8:]]
    rest = phone[3:]
    if rest[0] == "2":
        return [rest[:2], rest[2:6], rest[6:]]
    return [rest[:3], rest[3:6], rest[6:]]


def national(phone: str) -> list[str]:
    groups = grouped(phone)
    return groups if phone.startswith("+1") else ["0" + groups[0], *groups[1:]]


def plain(phone: str, region: str, rng: random.Random) -> str:
    """Write a number undisguised; in full where it belongs to another country than the reader."""
    code = "+1" if phone.startswith("+1") else "+44"
    home = {"US": "+1", "GB": "+44"}.get(region) == code
    parts, local = grouped(phone), national(phone)
    abroad = [
        f"{code} {' '.join(parts)}",
        phone,
        f"{code}-{'-'.join(parts)}",
        f"00{code[1:]} {' '.join(parts)}",
    ]
    if not home:
        return rng.choice(abroad)
    if code == "+1":
        here = [
            f"({local[0]}) {local[1]}-{local[2]}",
            "-".join(local),
            ".".join(local),
            "".join(local),
            f"1-{'-'.join(local)}",
            " ".join(local),
        ]
    else:
        here = [
            " ".join(local),
            "".join(local),
            "-".join(local),
            f"({local[0]}) {local[1]} {local[2]}",
            f"{local[0]} {local[1]}{local[2]}",
        ]
    return rng.choice(here * 2 + abroad[:2])


def _letters(groups: list[str], rng: random.Random) -> str:
    # At least half of the places stay digits, as in adverts that still want to be understood.
    text = " ".join(groups)
    places = [i for i, c in enumerate(text) if c in "0158"]
    chosen = set(rng.sample(places, max(1, len(places) // 2)))
    return "".join(
        rng.choice((c.translate(LETTERS), "o" if c == "0" else c.translate(LETTERS)))
        if i in chosen
        else c
        for i, c in enumerate(text)
    )


def _words(names: list[str]) -> Callable[[list[str], random.Random], str]:
    def write(groups: list[str], rng: random.Random) -> str:
        words = [[names[int(d)] for d in group] for group in groups]
        return " ".join(w for group in words for w in group)

    return write


def _mixed(names: list[str]) -> Callable[[list[str], random.Random], str]:
    def write(groups: list[str], rng: random.Random) -> str:
        at = rng.randrange(len(groups))
        return " ".join(
            " ".join(names[int(d)] for d in group) if i == at else group
            for i, group in enumerate(groups)
        )

    return write


def _keycaps(groups: list[str], rng: random.Random) -> str:
    return rng.choice(("", " ")).join("".join(d + KEYCAP for d in group) for group in groups)


def _spaced(groups: list[str], rng: random.Random) -> str:
    mark = rng.choice((".", " ", "-", "_", "*", " . ", "~"))
    return mark.join("".join(groups))


def _marks(groups: list[str], rng: random.Random) -> str:
    return rng.choice(("*", "~", " / ", "_", "•", "…", "📞")).join(groups)


def _pairs(groups: list[str], rng: random.Random) -> str:
    text = "".join(groups)
    return rng.choice((" ", "-", ".")).join(text[i : i + 2] for i in range(0, len(text), 2))


def _script(start: int) -> Callable[[list[str], random.Random], str]:
    table = {ord("0") + n: chr(start + n) for n in range(10)}

    def write(groups: list[str], rng: random.Random) -> str:
        return rng.choice((" ", "", "-")).join(groups).translate(table)

    return write


def _lookalike(groups: list[str], rng: random.Random) -> str:
    # Cyrillic O and the small Latin L in place of 0 and 1
    return " ".join(groups).translate({ord("0"): "О", ord("1"): "l"})


TRICKS: dict[str, Callable[[list[str], random.Random], str]] = {
    "letters": _letters,
    "words": _words(ENGLISH),
    "some words": _mixed(ENGLISH),
    "palabras": _words(SPANISH),
    "some palabras": _mixed(SPANISH),
    "keycaps": _keycaps,
    "spaced": _spaced,
    "marks": _marks,
    "pairs": _pairs,
    "full width": _script(DIGITS["fullwidth"]),
    "bold": _script(DIGITS["bold"]),
    "look-alike": _lookalike,
    "arabic digits": _script(DIGITS["ar"]),
    "thai digits": _script(DIGITS["th"]),
}
COMMON_TRICKS = ("letters", "keycaps", "spaced", "marks", "pairs", "full width", "look-alike")


def tricks_of(language: str) -> list[str]:
    """Return the disguises met in adverts of a language, the commoner ones more than once."""
    own = {
        "es": ["palabras", "some palabras", "palabras"],
        "ar": ["arabic digits"] * 6,
        "th": ["thai digits"] * 6,
    }.get(language, ["words", "some words", "letters"] if language == "en" else [])
    return [*COMMON_TRICKS, "bold", *own]


def phone_text(
    phone: str, region: str, language: str, rng: random.Random, disguise: float
) -> tuple[str, str]:
    """Return a number as an advert writes it, and the name of the trick used.

    A disguised number is written nationally and so belongs to `region`; one from another country
    keeps its country code and is only grouped oddly. Arabic and Thai adverts use their own digits
    now and then without meaning a disguise.
    """
    home = {"US": "+1", "GB": "+44"}.get(region)
    native = language in ("ar", "th") and rng.random() < 0.3
    if home is None or not phone.startswith(home):
        return plain(phone, region, rng), "plain"
    if native or rng.random() < disguise:
        trick = (
            {"ar": "arabic digits", "th": "thai digits"}[language]
            if native
            else rng.choice(tricks_of(language))
        )
        return TRICKS[trick](national(phone), rng), trick
    return plain(phone, region, rng), "plain"


def email_text(email: str, rng: random.Random, disguise: float) -> tuple[str, str]:
    if rng.random() >= disguise:
        return email, "plain"
    name, host = email.split("@")
    at, dot = rng.choice(((" (at) ", " (dot) "), ("[at]", "[dot]"), (" at ", " dot ")))
    return name + at + host.replace(".", dot), "spelled"


def handle_text(handle: str, rng: random.Random) -> str:
    service, name = handle.split(":", 1)
    forms = {
        "telegram": (
            f"Telegram @{name}",
            f"t.me/{name}",
            f"Telegram: @{name}",
            f"https://t.me/{name}",
        ),
        "instagram": (f"Instagram @{name}", f"IG: @{name}", f"instagram.com/{name}"),
        "wechat": (f"WeChat: {name}", f"WeChat ID {name}"),
        "line": (f"LINE ID: {name}", f"Line: {name}"),
    }
    return rng.choice(forms[service])


def iban_text(iban: str, rng: random.Random) -> str:
    spaced = " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))
    return rng.choice((iban, spaced))


def wallet_text(wallet: str) -> str:
    return wallet.split(":", 1)[1]


def plate_text(plate: str) -> str:
    return f"{plate[:4]} {plate[4:]}"


def price_text(amount: int, currency: str, unit: str, rng: random.Random) -> str:
    sign = {"GBP": "£", "USD": "$", "EUR": "€"}[currency]
    number = rng.choice((f"{sign}{amount}", f"{amount} {currency}", f"{sign}{amount}.00"))
    return f"{number}{unit}"
