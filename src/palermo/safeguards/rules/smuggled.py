"""Being smuggled, or having travelled along, is no offence."""

from palermo.safeguards.rule import Action, No

# Roles of a value in an event that are an act of one's own: to offer, and to collect money. To call,
# to write, to carry a telephone, to take a picture or to report is what who travels does too.
OWN_ACTS = frozenset({"poster", "payee"})


class SmuggledIsNoSuspect:
    """A person whose only tie is having been smuggled, or having travelled along, cannot be made
    a suspect, whatever a pattern says.

    Facts: `role` that is to be set; `ties`, the set of (role, event kind) that the person's
    values have in the case's events; `confirmed`, how many findings that a person has confirmed
    have one of these values as their subject.
    Migrants are not liable for having been smuggled: Smuggling of Migrants Protocol, article 5.
    """

    name = "smuggled"
    version = "1"

    def refuse(self, action: Action) -> No | None:
        if action.facts.get("role") != "suspect":
            return None
        ties = {role for role, _ in action.facts.get("ties", ())}
        if ties & OWN_ACTS or action.facts.get("confirmed", 0):
            return None
        return No(
            "nothing ties this person to the case but having been smuggled, having travelled "
            "along, having paid, having been in touch or having been mentioned"
            if ties
            else "nothing in the case ties this person to an act",
            "Tie evidence of an act of the person's own, or confirm a finding about it: palermo review CASE",
        )
