"""Who sees a picture: nobody where the authority says so, nobody by accident, nobody too often."""

from palermo.safeguards.rule import Action, No


class PicturesWithCare:
    """A picture is shown clear for a reason only; never where the authority covers no pictures, nor
    one that nobody may open.

    Facts: `reason`, where it is asked for clear, and `today`, how many this person has had shown
    clear since midnight UTC; `held`, the refusal that lies on the exhibit itself, if one does.
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
        held = action.facts.get("held")
        if isinstance(held, No):
            return held
        reason = action.facts.get("reason")
        if reason is None:
            return None
        if not str(reason).strip():
            return No("a picture is shown clear for a reason only", "Say why it has to be seen")
        most = scope.get("exposure")
        if most is not None and action.facts.get("today", 0) >= int(most):
            return No(
                f"the authority lets a person see {most} pictures a day, and these were seen today",
                "Go on tomorrow, or have somebody else look",
            )
        return None
