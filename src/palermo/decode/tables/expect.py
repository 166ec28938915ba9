"""Small checks of what a mapping's YAML holds; each says which key is wrong, and why."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any


class MappingError(ValueError):
    """A mapping that cannot be followed; says which key, and why."""


def items(raw: object) -> list[Any]:
    if raw is None or raw == "":
        return []
    return list(raw) if isinstance(raw, (list, tuple)) else [raw]


def yes(raw: object) -> bool:
    must(raw in (None, True, False, "", "true", "false", "yes", "no"), f"{raw}: true or false?")
    return raw in (True, "true", "yes")


def whole(raw: Mapping[str, Any], key: str) -> int:
    try:
        number = Decimal(str(raw.get(key) or 0))
    except InvalidOperation:
        number = Decimal(-1)
    must(number >= 0 and number == number.to_integral(), f"{key}: a whole number is needed")
    return int(number)


def regex(raw: object, where: str) -> re.Pattern[str]:
    try:
        return re.compile(str(raw))
    except re.error as error:
        raise MappingError(f"{where}: {raw} is no regular expression ({error})") from None


def only(raw: Mapping[str, Any], known: set[str] | frozenset[str], where: str) -> Mapping[str, Any]:
    must(isinstance(raw, Mapping), f"{where}: a map of keys is needed")
    unknown = sorted(str(key) for key in raw if key not in known)
    must(
        not unknown, f"{where}: unknown {', '.join(unknown)}; known are {', '.join(sorted(known))}"
    )
    return raw


def must(kept: bool, otherwise: str) -> None:
    if not kept:
        raise MappingError(otherwise)
