"""No package for immigration enforcement against a victim or a smuggled migrant."""

import re

from palermo.safeguards.rule import Action, No

# Said of a recipient or a purpose, in the languages of those who ask. Whoever hides the purpose is
# not stopped by words: that is why the limit travels with every package, and who got what is logged.
ENFORCEMENT = re.compile(
    r"immigration\s+(enforcement|control|removal|detention)|border\s+(force|enforcement)|deport|"
    r"(removal|return|expulsion|detention)s?\s+of\s+[\w\s]{0,40}(migrant|alien|foreigner|victim|person)|"
    r"expuls|repatria(t|c)|r[ée]tention\s+administrative|reconduite|extranjer[íi]a|abschieb|ausweis|"
    r"rimpatri|депорт|выдворен|ترحيل|遣返|驱逐",
    re.IGNORECASE,
)


class NotForImmigrationEnforcement:
    """What is known of victims and of smuggled migrants is never shared to be used against them.

    Facts: `recipient`, beside the action's own purpose.
    """

    name = "immigration"
    version = "1"

    def refuse(self, action: Action) -> No | None:
        if action.act != "share":
            return None
        said = f"{action.facts.get('recipient', '')} / {action.purpose}"
        found = ENFORCEMENT.search(said)
        if not found:
            return None
        return No(
            f"it is for immigration enforcement ({found.group().strip()!r})",
            "Share with an authority that investigates the offence, or that protects the victim",
        )
