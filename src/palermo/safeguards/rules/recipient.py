"""Whoever shares says with whom and what for."""

import unicodedata

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


def same_recipient(a: str, b: str) -> bool:
    """Whether two names are one recipient: they may differ in case, spacing and kind of apostrophe,
    and in nothing else, since being the same opens here."""
    return _spelt(a) == _spelt(b)


def _spelt(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold().replace("\u2019", "'")
    return " ".join(plain.split())
