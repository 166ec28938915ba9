"""What people gave of their own will is used as they agreed to, and no longer."""

from palermo.counting import many
from palermo.safeguards import profile as profiles
from palermo.safeguards.rule import Action, No

# What an exhibit states in place of a consent's number when it is published and nobody gave it.
PUBLIC = "public"
# What does not read evidence, or takes out what may be read no more.
MENDING = frozenset(
    {"add", "authorise", "consent", "custody", "note", "run", "status", "verify", "withdraw"}
)


class ConsentKept:
    """Evidence that was given with consent is used within it: not without one where the office's
    profile requires it, not after it was withdrawn or has ended, not for a recipient it does not
    name.

    Facts: `consent`, what is stated for an exhibit that is to be sealed (a number, `PUBLIC` or
    None), and `why_not`, why that cannot be relied on; `still_read`, held exhibits that are read
    until the next run, and why; `recipient`; `unconsented`, what of a package's exhibits may not
    go there, and why.
    """

    name = "consent"
    version = "1"

    def refuse(self, action: Action) -> No | None:
        if action.authority is None:
            return None  # the rule `authority` refuses
        profile = profiles.load(action.authority.profile)
        facts = action.facts
        if facts.get("still_read") and action.act not in MENDING:
            why = next(iter(facts["still_read"].values()))
            return No(f"{why}, and what rests on it is not taken out yet", "Do: palermo run CASE")
        if "consent" in facts:
            return _entering(facts["consent"], facts.get("why_not"), profile.consent)
        if action.act == "share":
            return _leaving(action, profile.sharing)
        return None


def _entering(stated: str | None, why_not: str | None, consent: str) -> No | None:
    if stated is None and consent == "required":
        return No(
            "in this profile nothing is added without the consent of whoever gave it",
            "Record it, palermo consent CASE --help, and give its number: --consent N; "
            f"or say that it is published: --consent {PUBLIC}",
        )
    if why_not:
        return No(why_not, "Use a consent that is in force: palermo consent CASE")
    return None


def _leaving(action: Action, sharing: str) -> No | None:
    scope = action.authority.scope if action.authority else {}
    if sharing == "consented" and not scope.get("recipients"):
        return No(
            "in this profile nothing is shared by default, and the authority names no recipient",
            "Have the recipient approved: palermo authorise CASE --scope recipients=NAME",
        )
    if unconsented := action.facts.get("unconsented"):
        exhibit, why = next(iter(unconsented.items()))
        return No(
            f"{many(len(unconsented), 'exhibit')} may not go to this recipient, among them {exhibit}: {why}",
            "Report this fault: clearance should have left them out",
        )
    return None
