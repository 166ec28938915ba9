"""Countries by their names in many languages (CLDR, by Babel), with the cases of Slavic ones."""

import re
from functools import cache

from babel import Locale

from palermo.values import place
from palermo.values.text import words

_LANGUAGES = sorted(
    words(
        "en es fr pt ro it de ru uk pl sq tr ar fa ur hi bn vi th zh zh_Hant fil id nl el bg hr hu"
    )
)
EUROPE = "150"  # UN M49; journeys are offered there without a country
_ENDINGS = (
    (r"ия$", ("ии", "ию", "ией")),
    (r"ія$", ("ії", "ію", "ією")),
    (r"а$", ("е", "ы", "и", "у", "ой", "ою", "і")),
    (r"я$", ("и", "е", "ю", "ей", "і")),
    (r"ь$", ("и", "ю", "я", "е", "і")),
    (r"([бвгджзклмнпрстфхцчшщ])$", (r"\1а", r"\1е", r"\1у", r"\1ом", r"\1і")),
)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]{4,}\Z")


@cache
def names() -> dict[str, str]:
    """Folded name, as `place.key` folds -> ISO 3166 code, or `EUROPE`."""
    written: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in ("EU", EUROPE) or (len(code) == 2 and code.isalpha() and code < "XA"):
                for way in _inflected(name):
                    written.setdefault(way, code)
    folded = place.keys([*written])
    return place.gazetteer().countries | dict(zip(folded, written.values(), strict=True))


@cache
def english() -> dict[str, str]:
    """Code -> English name."""
    return dict(Locale.parse("en").territories)


def _inflected(name: str) -> list[str]:
    if not _CYRILLIC.match(name):
        return [name]
    for ending, others in _ENDINGS:
        if re.search(ending, name):
            return [name, *(re.sub(ending, other, name) for other in others)]
    return [name]
