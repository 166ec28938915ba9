"""Profiles: what an office of one kind must state, and what it may share; data, not code."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from palermo.safeguards.refusal import Invalid

DEFAULT = "police"
# Whatever a profile's data say: an authority that leaves one of these open is none.
ALWAYS = ("authority", "basis", "approved_by")
# What the keys `consent` and `sharing` may say; `safeguards/rules/consent.py` does it.
CONSENT = ("recorded", "required")
SHARING = ("reviewed", "consented")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """`requires`: what the authority must state. `asks`: what it is asked for; where that is not
    stated, the record shows it."""

    name: str
    says: str
    requires: tuple[str, ...]
    asks: tuple[str, ...]
    consent: str
    sharing: str


def names() -> list[str]:
    folder = resources.files("palermo.safeguards") / "profiles"
    files = (file.name for file in folder.iterdir())
    return sorted(name.removesuffix(".yaml") for name in files if name.endswith(".yaml"))


@cache
def load(name: str) -> Profile:
    """Return a profile; raise for one that is not there, or whose data say something unknown."""
    if name not in names():
        known = ", ".join(names())
        raise Invalid("use the profile", f"there is no profile {name!r}", f"Use one of: {known}")
    file = resources.files("palermo.safeguards") / "profiles" / f"{name}.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    lists: dict[str, Any] = {key: tuple(data.pop(key)) for key in ("requires", "asks")}
    profile = Profile(name=name, **data, **lists)
    if profile.consent not in CONSENT or profile.sharing not in SHARING:
        raise Invalid(f"use the profile {name}", "its file is damaged", "Install Palermo again")
    return profile
