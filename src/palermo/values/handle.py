"""Accounts on messengers and networks, as ``service:name``."""

import re

# The longest and the permitted characters of a name, as each service documents its user names.
_RULES = {
    "telegram": r"[a-z][a-z0-9_]{3,31}",
    "whatsapp": r"[a-z0-9._]{3,35}",
    "wechat": r"[a-z][a-z0-9_-]{5,19}",
    "line": r"[a-z0-9._-]{3,20}",
    "viber": r"[a-z0-9._-]{3,32}",
    "signal": r"[a-z_][a-z0-9_]{2,31}\.[0-9]{2,9}",
    "instagram": r"[a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?",
    "facebook": r"[a-z0-9.]{5,50}",
    "kik": r"[a-z0-9._]{2,20}",
    "snapchat": r"[a-z][a-z0-9._-]{1,13}[a-z0-9_]",
    "skype": r"(?:live:)?\.?[a-z][a-z0-9._,:-]{4,50}",
    "x": r"[a-z0-9_]{2,15}",
    "tiktok": r"[a-z0-9_.]{2,24}",
    "vk": r"[a-z][a-z0-9_.]{3,31}",
    "ok": r"[a-z0-9_.-]{3,40}",
    "imo": r"[a-z0-9._-]{3,32}",
    "kakao": r"[a-z0-9._-]{3,20}",
    "threads": r"[a-z0-9_.]{2,30}",
    "zalo": r"(?=.*[a-z])[a-z0-9._]{4,32}",
    "qq": r"[1-9][0-9]{4,11}",
    "discord": r"[a-z0-9._]{2,32}(?:#[0-9]{4})?",
    "wire": r"[a-z0-9_.-]{2,64}",
    "session": r"05[0-9a-f]{64}",
    "threema": r"[a-z0-9*][a-z0-9]{7}",
    "onlyfans": r"[a-z0-9._-]{3,30}",
    "cashapp": r"[a-z][a-z0-9_-]{0,20}",
}
_NOW = {"twitter": "x", "messenger": "facebook", "kakaotalk": "kakao", "weixin": "wechat"}
SERVICES = frozenset(_RULES)
_COMPILED = {service: re.compile(rf"(?:{rule})\Z") for service, rule in _RULES.items()}


def normalise(written: str) -> str | None:
    """Return ``service:name`` in lower case for ``Service: @Name``, or None.

    An account of a service that we have no rule for is kept if it looks like a user name.
    """
    service, colon, name = written.strip().partition(":")
    service = re.sub(r"[^a-z]", "", service.lower())
    name = name.strip().lstrip("@$").rstrip(".").lower()
    if not colon or not service or not name:
        return None
    service = _NOW.get(service, service)
    rule = _COMPILED.get(service) or re.compile(r"[^\s:@]{2,64}\Z")
    return f"{service}:{name}" if rule.match(name) else None


def validate(value: str) -> bool:
    return normalise(value) == value
