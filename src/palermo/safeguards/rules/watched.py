"""A watch is on one exact value, for a reason, and never on who is protected."""

from palermo.safeguards.rule import Action, No


class WatchedWithReason:
    """Nobody is watched without a reason, and nobody who is protected as a victim is watched.

    Facts: `reason`, of a watch that is to begin or to end; `protected`, whether a person to whom the
    value is tied is protected.
    """

    name = "watched"
    version = "1"

    def refuse(self, action: Action) -> No | None:
        if action.act != "watch":
            return None
        if not str(action.facts.get("reason", "stated")).strip():
            return No("a watch begins and ends for a reason", "Say why: --reason TEXT")
        if action.facts.get("protected"):
            return No(
                "the value is tied to a person who is protected as a victim is",
                "Work from what the case holds of it: palermo timeline CASE; where the person is a "
                "suspect, record that role first: palermo review CASE --act set_role --help",
            )
        return None
