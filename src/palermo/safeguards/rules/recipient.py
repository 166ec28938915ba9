"""Whoever shares says with whom and what for."""

from palermo.safeguards.rule import Action, No


class NamedRecipient:
    """Nothing leaves without a named recipient and a purpose of its own."""

    name = "recipient"
    version = "1"

    def refuse(self, action: Action) -> No | None:
        if action.act != "share":
            return None
        if not str(action.facts.get("recipient", "")).strip():
            return No("no recipient was named", "Say who receives it: --to RECIPIENT")
        if not action.purpose.strip() or action.facts.get("default_purpose"):
            return No("sharing needs a purpose of its own", "Say what for: --purpose TEXT")
        return None
