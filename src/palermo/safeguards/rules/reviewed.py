"""People decide: what no person has confirmed does not leave."""

from palermo.counting import many
from palermo.safeguards.rule import Action, No


class ReviewedOnly:
    """Nothing of links, findings and persons leaves unreviewed.

    Facts: `unreviewed`, the ids in the package on which no person has decided yes.
    """

    name = "reviewed"
    version = "1"

    def refuse(self, action: Action) -> No | None:
        unreviewed = action.facts.get("unreviewed", ())
        if action.act != "share" or not unreviewed:
            return None
        return No(
            f"{many(len(unreviewed), 'link or finding', 'links and findings')} that no person has confirmed, "
            f"among them {unreviewed[0]}",
            "Review them first: palermo review CASE",
        )
