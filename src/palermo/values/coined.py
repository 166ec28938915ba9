"""Tells names that people coin for their accounts from the words of languages in Latin letters."""

import re
from functools import cache

# Languages with a list in wordfreq, in letters that lose no more than their accents in an account's
# name. The list of Vietnamese is of syllables.
_LANGUAGES = (
    "ca", "cs", "da", "de", "en", "es", "fi", "fil", "fr", "hu", "id", "it", "lt", "lv", "ms", "nb",
    "nl", "pl", "pt", "ro", "sh", "sk", "sl", "sv", "tr", "vi",
)  # fmt: skip
# Words rarer than one in 400,000 (in centibels) are left out: names of persons and brands.
_RAREST = 560
_SHORTEST = 5  # letters: any four may be some language's word
_LETTERS = re.compile(r"[A-Za-z]+")
_FEWEST = 2  # words around, by which their language can be judged


@cache
def _words() -> frozenset[str]:
    from wordfreq import get_frequency_list  # costs a tenth of a second, and few texts need it

    return frozenset(
        word
        for language in _LANGUAGES
        for same in get_frequency_list(language, "small")[1:_RAREST]
        for word in same
        if word.isascii()
    )


def is_coined(name: str) -> bool:
    """Whether the letters of a name are together no word of a language."""
    letters = "".join(_LETTERS.findall(name)).lower()
    return len(letters) >= _SHORTEST and letters not in _words()


def is_coined_among_words(name: str, around: str) -> bool:
    """Whether a name is coined, and the words around it are mostly of known languages: in a language
    that has no list every word would seem to be coined."""
    if not is_coined(name):
        return False
    near = [word.lower() for word in _LETTERS.findall(around) if len(word) > 2]
    known = sum(word in _words() for word in near)
    return len(near) < _FEWEST or 2 * known >= len(near)
