"""Finds words of movement, of one who writes for others, and of control over people."""

from palermo.extract.worded import Worded
from palermo.vocabulary import Kind


class Wording(Worded):
    """Finds words of movement, of writing for others and of control; no score ever rests on them."""

    name = "wording"
    version = "1"
    kind = Kind.WORDING
