"""How an advert is written, as figures; and which of them only tell in which language it is.

A habit of writing that stands in for a language, a script or an origin is not used: it would suggest
people for what they speak. `stand_in` measures that, and `look/leads.yaml` names what it left out.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Above this a habit tells the language of an advert too well to be a habit of its poster: the
# share of pairs of adverts, one in the language and one not, that it puts in order beyond chance.
STAND_IN = 0.2
# Adverts that a language must have for its figure to mean something.
FEWEST = 20
_DIGIT_GAPS = re.compile(r"(?<=\d)[^\d\n]{1,3}(?=\d)")


def habits(text: str, contacts: Sequence[str]) -> dict[str, float]:
    """Return the habits of one advert. `text`: without what claims read in it; `contacts`: those
    of the poster, as written."""
    letters = sum(c.isalpha() for c in text)
    size = max(len(text), 1)
    said = [part for part in re.split(r"[.!?\n。！？।؟]+", text) if part.strip()]
    gaps = [gap for written in contacts for gap in _DIGIT_GAPS.findall(written)]
    hidden = [any(c.isalpha() for c in w) for w in contacts if any(c.isdigit() for c in w)]
    return {
        "emoji": sum(unicodedata.category(c) == "So" for c in text) / size,
        "exclamation": text.count("!") / size,
        "ellipsis": (text.count("…") + text.count("...")) / size,
        "capitals": sum(c.isupper() for c in text) / max(letters, 1),
        "sentence_length": size / max(len(said), 1),
        "lines": text.count("\n") / size,
        "length": float(size),
        "spaces": text.count(" ") / size,
        "commas": sum(c in ",،，、" for c in text) / size,
        "hidden_contact": sum(hidden) / max(len(hidden), 1),
        "grouping": float(Counter(gaps).most_common(1)[0][0] == " ") if gaps else 0.5,
    }


def script(text: str) -> str:
    """Return the script of most letters of a text, by the first word of their Unicode names."""
    names = (unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha())
    return next((name for name, _ in Counter(names).most_common(1)), "")


def stand_in(values: Sequence[float], labels: Sequence[str]) -> float:
    """Return how well a habit tells one language (or script, or origin) from the others: 0 not at
    all, 1 without fail. It is the rank-biserial correlation of the label that it tells best."""
    figures, names = np.asarray(values, dtype=float), np.asarray(labels)
    most = 0.0
    for name in sorted({*labels}):
        inside = names == name
        if min(inside.sum(), (~inside).sum()) >= FEWEST:
            most = max(most, abs(2 * _auc(figures[inside], figures[~inside]) - 1))
    return most


def _auc(inside: NDArray[np.float64], outside: NDArray[np.float64]) -> float:
    """Return how often a figure inside is above one outside; equal ones count by half."""
    ordered = np.sort(outside)
    below = np.searchsorted(ordered, inside, "left")
    not_above = np.searchsorted(ordered, inside, "right")
    return float((below + not_above).sum() / (2 * len(inside) * len(outside)))
