"""Finds accounts on messengers and networks: links, and names that a service's word announces."""

import re
from collections.abc import Iterator

from palermo.extract.claims import Hit, TextExtractor
from palermo.values import handle
from palermo.values.text import words
from palermo.vocabulary import Kind

_NAME = r"[A-Za-z0-9_.~$*:-]{2,64}"
# Where a service's links keep the name.
_LINKS = {
    "telegram": rf"(?:t|telegram)\.(?:me|dog)/(?:s/)?(?!joinchat|\+|c/|"
    rf"addstickers)@?(?P<telegram>{_NAME})"
    rf"|tg://resolve\?domain=(?P<telegram_>{_NAME})",
    "instagram": rf"instagram\.com/(?!p/|reel/|explore/|stories/)@?(?P<instagram>{_NAME})",
    "facebook": rf"(?:facebook|fb)\.com/(?!groups/|profile\.php|events/|pages/|"
    rf"sharer)(?P<facebook>{_NAME})",
    "messenger": rf"m\.me/(?P<messenger>{_NAME})",
    "line": rf"line\.me/(?:R/)?ti/p/[~@%]?(?:40)?(?P<line>{_NAME})",
    "snapchat": rf"snapchat\.com/(?:add/|@)(?P<snapchat>{_NAME})",
    "tiktok": rf"tiktok\.com/@(?P<tiktok>{_NAME})",
    "twitter": rf"(?:twitter|x)\.com/(?!i/|search|home|intent)@?(?P<twitter>{_NAME})",
    "vk": rf"(?:vk\.com|vk\.ru)/(?!wall|photo|video|topic)(?P<vk>{_NAME})",
    "kik": rf"kik\.me/(?P<kik>{_NAME})",
    "onlyfans": rf"onlyfans\.com/(?P<onlyfans>{_NAME})",
    "cashapp": rf"cash\.app/\$(?P<cashapp>{_NAME})",
    "signal": r"signal\.me/#u/(?P<signal>[A-Za-z0-9_.]+)",
    "skype": rf"skype:(?P<skype>{_NAME}?)\?(?:chat|call|add)",
}
_LINK = re.compile(rf"(?<![\w.-])(?:https?://)?(?:www\.|m\.)?(?:{'|'.join(_LINKS.values())})", re.I)
# Word -> service. Words that are also plain words need "id" or "@" before the name.
_WORDS = {
    "telegram": r"telegram+|telegrama|telega|tg|телеграмм?|телега|тг|تلغرام|تليجرام|تيليجرام|"
    r"เทเลแกรม|电报",
    "whatsapp": r"whats?app|wapp|ватсап|вотсап|واتساب|วอทแอป",
    "wechat": r"we\s?chat|weixin|wx|vx|微信|薇信|威信|วีแชท",
    "line": r"line|ไลน์",
    "viber": r"viber|вайбер|فايبر",
    "signal": r"signal|сигнал",
    "instagram": r"instagram|insta|ig|инстаграм|инста|انستغرام|انستقرام|ไอจี",
    "kik": r"kik",
    "snapchat": r"snap\s?chat|snap|sc|سناب(?: ?شات)?",
    "skype": r"skype|скайп|سكايب",
    "facebook": r"facebook|fb|face|فيسبوك|เฟส(?:บุ๊ค)?",
    "zalo": r"zalo",
    "qq": r"qq",
    "twitter": r"twitter",
    "tiktok": r"tik\s?tok",
    "vk": r"vk|вк|вконтакте",
    "discord": r"discord",
    "threema": r"threema",
}
_PLAIN_WORDS = frozenset(
    ("line", "signal", "snap", "face", "sc", "ig", "сигнал", "insta", "tg", "kik", "vk")
)
_SERVICE = {s: re.compile(rf"(?:{spelt})\Z", re.I) for s, spelt in _WORDS.items()}
_ANY = "|".join(_WORDS.values())
_BRIDGE = (
    r"(?:\s?(?:id|user(?:name)?|name|account|acc|handle|usuario|nick|ник|号|號|账号|帳號|id号|ไอดี|is|es|"
    r"me|on|at|add|加|معرف|حساب)(?![A-Za-z]))*"
    r"\s{0,2}(?P<sign>[:：=@➡→>\-–~]{0,3})\s{0,2}(?P<at>@?)"
)
_CUED = re.compile(
    rf"(?P<word>{_ANY})(?P<bridge>{_BRIDGE})(?P<name>[A-Za-z0-9_][A-Za-z0-9_.:*-]{{1,63}})", re.I
)
_BARE = re.compile(r"@(?P<name>[A-Za-z][A-Za-z0-9_.]{2,31})")
_NOT_NAMES = words(
    "only or and me us for any anytime now yes no available call calls text sms phone number chat "
    "group channel "
    "channels message messages msg contact same the my is on at to in with please ok also id user "
    "username viber "
    "whatsapp telegram signal wechat line skype instagram facebook zalo here below above link bio "
    "https http www "
    "o y si sau și или и только numero número tel email mail app apps group. video"
)


class Handle(TextExtractor):
    """Finds accounts on messengers and networks, and links to them."""

    name = "handle"
    version = "1"
    pattern = (
        r"(?i)(?:https?://)?(?:www\.|m\.)?(?:t\.me|telegram\.(?:me|dog)|instagram\.com|"
        r"facebook\.com|fb\.com|m\.me|"
        r"line\.me|snapchat\.com|tiktok\.com|twitter\.com|x\.com|vk\.(?:com|ru)|kik\.me|"
        r"onlyfans\.com|cash\.app|"
        r"signal\.me)/[^\s<>]{2,120}|tg://resolve\?domain=[a-z0-9_]+|skype:[a-z0-9._,:-]+\?[a-z]+"
        rf"|(?:{_ANY})(?:\s?(?:[a-z]{{2,8}}|号|號|账号|帳號|ไอดี|加|معرف|"
        rf"حساب))?\s{{0,2}}[:：=@➡→>–~-]{{0,3}}\s{{0,2}}@?[a-z0-9_][a-z0-9_.:*-]{{1,63}}"
        r"|@[a-z][a-z0-9_.]{2,31}"
    )

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        link = _LINK.match(text, start, end)
        if link:
            yield from _linked(text, link)
            return
        before = text[start - 1 : start]
        cued = _CUED.match(text, start)
        if cued and not (before.isalnum() and before < "\u0e00"):
            yield from _announced(cued)
            return
        bare = _BARE.match(text, start)
        if bare and not (before and (before.isalnum() or before in "._/")):
            yield from _alone(text, bare)


def _linked(text: str, link: re.Match[str]) -> Iterator[Hit]:
    for service, name in link.groupdict().items():
        if name:
            kept = name.rstrip(".:-")
            value = handle.normalise(f"{service.rstrip('_')}:{kept}")
            if value:
                end = (
                    link.end() - (len(name) - len(kept))
                    if link.end() == link.end(service)
                    else link.end()
                )
                yield Hit(Kind.HANDLE, value, link.start(), end, 0.97, "link to the account")


def _announced(match: re.Match[str]) -> Iterator[Hit]:
    word, name = match["word"].lower(), match["name"].rstrip(".:-*")
    service = next(s for s, pattern in _SERVICE.items() if pattern.match(match["word"]))
    bridge = match["bridge"]
    telling = any(c in name for c in "_.") or any(c.isdigit() for c in name)
    announced = "@" in bridge or re.search(r"id|user|nick|ник|号|號|ไอดี|معرف|حساب", bridge, re.I)
    glued = not bridge and word[-1] < "\u0e00"  # "linear"; but 微信 may touch the name
    if glued or name.lower() in _NOT_NAMES or (name.isdigit() and service != "qq"):
        return
    if not announced and not match["sign"] and not telling:
        return
    if word in _PLAIN_WORDS and not announced and not (match["sign"] and telling):
        return
    value = handle.normalise(f"{service}:{name}")
    if value and len(name) > 2:
        confidence = 0.92 if announced or match["sign"] else 0.75
        start = match.start("name") - (bridge[-1:] == "@")
        reason = f"announced by “{match['word']}”"
        yield Hit(Kind.HANDLE, value, start, match.start("name") + len(name), confidence, reason)


def _alone(text: str, match: re.Match[str]) -> Iterator[Hit]:
    """An @name without a service; ``unknown`` keeps it apart from accounts that name theirs."""
    name = match["name"].rstrip(".")
    if re.match(r"[\w-]*\.[A-Za-z]{2,}", text[match.start("name") + len(name) :]):
        return
    value = handle.normalise(f"unknown:{name}")
    if value and name.lower() not in _NOT_NAMES:
        end = match.start("name") + len(name)
        yield Hit(Kind.HANDLE, value, match.start(), end, 0.4, "an @name; the service is not named")
