"""No act without an authority in force, approved by someone other than its requester."""

import re
import unicodedata

from palermo.safeguards import profile as profiles
from palermo.safeguards.rule import Action, No
from palermo.values import alike

# What stays possible when an authority has ended: to check the evidence, to see what was done
# under it, to record a new authority, and to keep that a consent was withdrawn.
AFTER_EXPIRY = frozenset({"verify", "custody", "authorise", "status", "withdraw"})


class AuthorityInForce:
    """Every act needs a lawful authority that has begun, has not ended and was approved by another
    person than its requester."""

    name = "authority"
    version = "1"

    def refuse(self, action: Action) -> No | None:
        authority = action.authority
        if authority is None:
            return No("the case has no authority", "Record one: palermo authorise CASE --help")
        missing = [
            name
            for name in dict.fromkeys(
                [*profiles.ALWAYS, *profiles.load(authority.profile).requires]
            )
            if not str(getattr(authority, name)).strip()
        ]
        if missing:
            return No(
                f"the authority names no {' and no '.join(missing)}",
                "Record a complete authority: palermo authorise CASE --help",
            )
        if same_person(authority.approved_by, authority.requested_by):
            return No(
                f"{authority.approved_by} both requested and approved the authority",
                "Have another person approve it: palermo authorise CASE --approved-by NAME",
            )
        if action.act in AFTER_EXPIRY:
            return None
        if action.at >= authority.until:
            return No(
                f"the authority ended on {authority.until:%Y-%m-%d %H:%M} UTC",
                "Record a new authority: palermo authorise CASE --help",
            )
        if action.at < authority.since:
            return No(
                f"the authority begins on {authority.since:%Y-%m-%d %H:%M} UTC",
                "Wait until then, or record another authority: palermo authorise CASE --help",
            )
        if not action.purpose.strip():
            return No("no purpose was given", "Say what for: --purpose TEXT")
        return None


def same_person(a: str, b: str) -> bool:
    """Whether two names are one, however spaced and cased."""
    return _skeleton(a) == _skeleton(b)


_FIGURES = str.maketrans("0135", "oies")


def _skeleton(name: str) -> str:
    """Return a name without what does not tell people apart: case, marks, spacing, look-alikes."""
    plain = (
        unicodedata.normalize("NFKD", name).casefold().translate(alike.SMALL).translate(_FIGURES)
    )
    return "".join(re.findall(r"[^\W_]", plain))
