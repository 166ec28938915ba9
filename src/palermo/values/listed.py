"""Kinds whose values are the keys of a list of phrases: services, terms of payment, wording."""

from functools import cache

from palermo.values.phrases import load
from palermo.vocabulary import Kind

_LISTS = {Kind.SERVICE: ("service", "offer"), Kind.TERM: ("term",), Kind.WORDING: ("wording",)}
_NO_VALUES = frozenset(("offered", "demanded"))


@cache
def values(kind: Kind) -> frozenset[str]:
    """The values of a kind."""
    keys = {key for name in _LISTS[kind] for key in load(name)}
    return frozenset(k for k in keys - _NO_VALUES if not k.startswith("said."))


def validate(kind: Kind, value: str) -> bool:
    return value in values(kind)
