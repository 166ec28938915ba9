"""Holds what was seen in a simulated case against its truth: precision and recall."""

from palermo.score.case import score
from palermo.score.figures import b_cubed, pairwise
from palermo.score.market import is_market, score_market

__all__ = ["b_cubed", "is_market", "pairwise", "score", "score_market"]
