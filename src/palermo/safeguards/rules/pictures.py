"""Who sees a picture: nobody where the authority says so, nobody by accident, nobody too often."""

from palermo.safeguards.rule import Action, No


class PicturesWithCare:
    """A picture is shown clear for a reason only; never where the authority covers no pictures, nor
    one that is held as known material.

    Facts: `clear`, whether it is asked for clear, and then `reason` and `today`, how many this
    person has had shown clear since midnight UTC; `held`, whether the exhibit is held.
    """

    name = "pictures"
    version = "1"

    def refuse(self, action: Action) -> No | None:
        if action.act != "picture":
            return None
        scope = action.authority.scope if action.authority else {}
        if scope.get("pictures", "shown") != "shown":
            return No(
                "the authority covers no looking at pictures",
                "Work from what was read of it: its time, place, device and hashes",
            )
        if action.facts.get("held"):
            return No(
                "the picture is held as known material and is not shown to anyone",
                "Follow your office's procedure for material of this kind",
            )
        if not action.facts.get("clear"):
            return None
        if not str(action.facts.get("reason", "")).strip():
            return No("a picture is shown clear for a reason only", "Say why it has to be seen")
        most = scope.get("exposure")
        if most is not None and action.facts.get("today", 0) >= int(most):
            return No(
                f"the authority lets a person see {most} pictures a day, and these were seen today",
                "Go on tomorrow, or have somebody else look",
            )
        return None
