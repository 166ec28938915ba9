"""How much each likeness counts for a lead, and why: `leads.yaml`, as `bench/leads.py` has fitted it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp

import yaml

from palermo.look.likeness import Reason, Unit

# Points at which a lead is 63 % of what it can be: only how scores are spread depends on it.
SCALE = 5.0
# What is left of somebody whom a person has confirmed as another.
ANOTHER = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points a feature at its most; `habits` of writing that may be compared, and what was left out."""

    weights: Mapping[str, float]
    habits: tuple[str, ...]
    left_out: Mapping[str, float]  # habit → how well it tells a language
    learned: str  # on what, and how

    def points(self, reason: Reason) -> float:
        return self.weights[reason.feature] * reason.figure

    def total(self, unit: Unit) -> float:
        return sum(self.points(reason) for reason in unit.reasons)


def strength(points: float) -> float:
    """Return points as a strength below 1, as if each reason told by itself. No probability: nobody
    knows how many of those outside belong."""
    return 1 - exp(-points / SCALE)


@cache
def load() -> Weights:
    file = resources.files("palermo.look") / "leads.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Weights(
        weights=data["weights"],
        habits=tuple(data["habits"]),
        left_out=data["left_out"],
        learned=data["learned"],
    )
