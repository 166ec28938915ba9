"""Being smuggled, or having travelled along, is no offence."""

from palermo.safeguards.rule import Action, No

# Roles of a value in an event that say no more than that somebody travelled or was brought along.
TRAVELLING = frozenset({"traveller", "recipient", "callee", "payer", "mentioned", "content"})


class SmuggledIsNoSuspect:
    """A person whose only tie is having been smuggled, or having travelled along, cannot be made
    a suspect, whatever a pattern says.

    Facts: `role` that is to be set; `ties`, the set of (role, event kind) that the person's
    values have in the case's events; `held_roles` recorded before; `grounds` cited for the act.
    Migrants are not liable for having been smuggled: Smuggling of Migrants Protocol, article 5.
    """

    name = "smuggled"
    version = "1"

    def refuse(self, action: Action) -> No | None:
        if action.facts.get("role") != "suspect":
            return None
        ties = {role for role, _ in action.facts.get("ties", ())}
        if ties - TRAVELLING:
            return None
        return No(
            "nothing ties this person to the case but having been smuggled, having travelled "
            "along, having paid or having been mentioned"
            if ties
            else "nothing in the case ties this person to an act",
            "Tie evidence of an act of the person's own first: palermo review CASE --act tie",
        )
