"""The lists of phrases that extractors read, all found in one pass; each says what its own mean."""

from functools import cache

from palermo.values.phrases import Phrases, load

_OWN = ("fee", "offer", "service", "term", "wording")
# Words of the list `name` that are looked up, not looked for.
_WORDS_ALONE = {"abbreviation", "stop", "surname"}


@cache
def lists() -> Phrases:
    travel = {"travel": load("route")["travel"]}
    name = {key: own for key, own in load("name").items() if key not in _WORDS_ALONE}
    others = {"departure": load("departure") | travel, "travel": travel, "name": name}
    return Phrases({own: load(own) for own in _OWN} | others)
