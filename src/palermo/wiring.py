"""Finds plugins by entry point: ours come in through the same door as anyone's."""

from functools import cache
from importlib.metadata import entry_points
from typing import Any

GROUPS = ("sources", "decoders", "extractors", "matchers", "patterns", "rules", "formats")


@cache
def plugins(group: str) -> dict[str, Any]:
    """Return one instance of each plugin of a group, by name, in order of name."""
    assert group in GROUPS, group
    found = sorted(entry_points(group=f"palermo.{group}"), key=lambda point: point.name)
    return {point.name: point.load()() for point in found}
