"""Countries by their names in many languages (CLDR, by Babel), with the cases of Slavic ones."""

import re
from functools import cache
from importlib import metadata
from pathlib import Path

import pyarrow as pa

from palermo.values import place, place_names
from palermo.values.kept import kept
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
    made_of = (Path(place_names.__file__), f"babel {metadata.version('babel')}")
    columns = kept(__file__, "countries", made_of, _made)
    listed = zip(columns["name"].to_pylist(), columns["code"].to_pylist(), strict=True)
    return place.gazetteer().countries | dict(listed)


def _made() -> dict[str, pa.Array]:
    from babel import Locale  # slow to load, and needed once

    written: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in ("EU", EUROPE) or (len(code) == 2 and code.isalpha() and code < "XA"):
                for way in _inflected(name):
                    written.setdefault(way, code)
    return {"name": pa.array(place.keys([*written])), "code": pa.array([*written.values()])}


@cache
def english() -> dict[str, str]:
    """Code -> English name."""
    from babel import Locale

    return dict(Locale.parse("en").territories)


def _inflected(name: str) -> list[str]:
    if not _CYRILLIC.match(name):
        return [name]
    for ending, others in _ENDINGS:
        if re.search(ending, name):
            return [name, *(re.sub(ending, other, name) for other in others)]
    return [name]
