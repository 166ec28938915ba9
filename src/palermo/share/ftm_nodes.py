"""What a node is in FollowTheMoney: its schema and the properties that the value alone gives."""

import re

from palermo.vocabulary import Kind

PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
EMAIL = re.compile(r"[^@\s•*]+@[^@\s•*]+\.[^@\s•*.]{2,}")
EVENT = re.compile(r"e[0-9a-f]{32}")
TOKEN = re.compile(r"([a-z]+)~(\w+)")  # a masked node: its kind and a token for its value
MASKED = re.compile(r"[~•*…█\[]")  # such a value is shown as a name, never as an identifier


def node_of(kind: str, value: str) -> str:
    """Return the node of a value of some kind; a masked value is a node already."""
    bare = value.strip("[]")
    return bare if TOKEN.fullmatch(bare) else f"{kind}:{value}"


def described(node: str) -> tuple[str, dict[str, list[str]]]:
    """Return the schema and the properties of a node: an event's id or "<kind>:<value>"."""
    if EVENT.fullmatch(node):
        return "LegalEntity", {"name": [f"author of event {node}"],
                               "summary": ["not identified; may be several persons"]}  # fmt: skip
    token = TOKEN.fullmatch(node)
    kind, value = (token[1], node) if token else node.split(":", 1) if ":" in node else ("", node)
    before, _, after = value.partition(":")
    masked = MASKED.search(value) is not None
    rest = [] if masked else [after or value]
    named = {"name": [value]}
    match kind:
        case Kind.PHONE | Kind.EMAIL | Kind.NAME | Kind.DOCUMENT:
            return "LegalEntity", named | _person(kind, value)
        case Kind.HANDLE:
            service = [before] if after else []
            return "UserAccount", named | {"username": [after or value], "service": service}
        case Kind.IBAN | Kind.ACCOUNT | Kind.CARD:
            number = [] if masked else [value]
            return "BankAccount", named | {"accountType": [kind], "accountNumber": number}
        case Kind.WALLET:
            return "CryptoWallet", named | {"blockchain": [before], "publicKey": rest}
        case Kind.PLATE:
            return "Vehicle", named | {"registrationNumber": rest}
        case Kind.VESSEL:
            return "Vessel", named | {"mmsi": rest if before == "mmsi" else []}
        case Kind.PLACE:
            return "Address", named | {"full": [value]}
        case Kind.DEVICE:
            return "Asset", named | {"summary": ["a device"]}
        case _:
            return "Note", {"name": [node], "summary": ["a value that others share"]}


def _person(kind: str, value: str) -> dict[str, list[str]]:
    """Return what a contact, a name or a document says of whoever uses it, who is not known."""
    told = {"summary": [f"whoever uses this {kind}; not identified"]}
    if kind == Kind.PHONE and PHONE.fullmatch(value):
        return told | {"phone": [value]}
    if kind == Kind.EMAIL and EMAIL.fullmatch(value):
        return told | {"email": [value]}
    if kind == Kind.DOCUMENT and not MASKED.search(value):
        return told | {"idNumber": [value.rpartition(":")[2]]}
    return told
