"""How adverts name messengers and networks: in links, and by words in many languages and spellings."""

import re
from functools import lru_cache

from palermo.values.text import words

NAME = r"[A-Za-z0-9_.~$*-]{2,64}"
DOT = r"(?:\s?\.\s?|\s?[\[({]\s?(?:\.|dot|punto|точка|点)\s?[\])}]\s?)"
SLASH = r"(?:\s?/\s?|%2F)"


def _link(host: str, path: str = "") -> str:
    return host.replace(".", DOT) + SLASH + path


# Where a service's links keep the name. A group is called after its service.
LINKS = {
    "telegram": rf"{_link('(?:t|telegram).(?:me|dog)')}(?:s/)?@?(?P<telegram>{NAME})"
    rf"|tg://(?:resolve|user)\?domain=(?P<telegram_>{NAME})",
    "instagram": rf"(?:{_link('instagram.com')}|{_link('instagr.am')})(?:stories/|_u/)?@?(?P<instagram>{NAME})",
    "facebook": rf"(?:{_link('facebook.com')}|{_link('fb.(?:com|me)')})(?:profile\.php\?id=|people/[^/\s]+/)?"
    rf"@?(?P<facebook>{NAME})|{_link('(?:m.me|messenger.com/t)')}(?P<facebook_>{NAME})",
    "line": rf"{_link('line.me')}(?:R/)?ti/p/(?:~|@|%40|%7E)?(?P<line>{NAME})"
    rf"|line://(?:R/)?ti/p/[~@]?(?P<line_>{NAME})",
    "snapchat": rf"{_link('snapchat.com')}(?:add/|@|u/)(?P<snapchat>{NAME})",
    "tiktok": rf"{_link('tiktok.com')}@(?P<tiktok>{NAME})",
    "x": rf"{_link('(?:twitter|x).com')}@?(?P<x>{NAME})",
    "vk": rf"{_link('vk.(?:com|ru|me)')}(?P<vk>{NAME})",
    "ok": rf"{_link('ok.ru')}(?:profile/)?(?P<ok>{NAME})",
    "kik": rf"{_link('kik.me')}(?P<kik>{NAME})",
    "onlyfans": rf"{_link('onlyfans.com')}(?P<onlyfans>{NAME})",
    "cashapp": rf"{_link('cash.app')}\$(?P<cashapp>{NAME})",
    "zalo": rf"{_link('zalo.me')}(?P<zalo>{NAME})",
    "kakao": rf"{_link('(?:pf|story).kakao.com')}@?(?P<kakao>{NAME})",
    "wechat": rf"weixin://dl/chat\?(?P<wechat>{NAME})|{_link('u.wechat.com')}(?P<wechat_>{NAME})",
    "viber": rf"viber://(?:pa|public)\?chatURI=(?P<viber>{NAME})",
    "threads": rf"{_link('threads.(?:net|com)')}@(?P<threads>{NAME})",
    "signal": rf"{_link('signal.me')}#u/(?P<signal>[A-Za-z0-9_.]+)",
    "skype": rf"skype:(?P<skype>(?:live:)?{NAME}?)\?(?:chat|call|add)",
}
LINK = re.compile("|".join(LINKS.values()), re.I)
# Pages of the services themselves, where a name would stand.
PAGES = words(
    "home explore search intent i tag tags foryou feed help download login signup register about privacy "
    "policies settings hashtag watch groups events pages p reel reels tv sharer sharer.php share stories "
    "joinchat addstickers addlist c iv proxy socks marketplace legal accounts discover public gaming "
    "dialog plugins wall photo photos video videos topic music apps app profile profile.php page people "
    "notifications messages story.php permalink.php l.php plugins business ads jobs messenger games "
    "contact support terms download-app web dl add direct directory developers"
)

# Words for a service. Latin ones are also met with other signs for some letters (Te1egram).
_LATIN = {
    "telegram": "telegram telegrama telegramm telegran telega telgram tele-gram teleqram tg tele tlg tlgrm",
    "whatsapp": "whatsapp whatsap watsapp wapp",
    "wechat": "wechat we-chat weixin wx vx",
    "line": "line",
    "viber": "viber",
    "signal": "signal",
    "instagram": "instagram insta ig inst instagran",
    "kik": "kik",
    "snapchat": "snapchat snap-chat snap sc",
    "skype": "skype",
    "facebook": "facebook face-book fb face messenger facebok",
    "zalo": "zalo",
    "qq": "qq",
    "x": "twitter",
    "tiktok": "tiktok tik-tok",
    "vk": "vk vkontakte",
    "ok": "odnoklassniki",
    "imo": "imo",
    "kakao": "kakaotalk kakao-talk kakao katalk",
    "discord": "discord",
    "threema": "threema",
}
_OTHERS = {
    "telegram": "телеграмм? телеграме? телега телегу телеге тг تلغرام تليجرام تيليجرام تلكرام تلي تلگرام "
    "تێلێگرام ٹیلی\\s?گرام टेलीग्राम টেলিগ্রাম เทเลแกรม 电报 電報 纸飞机 飞机 飛機 텔레그램 텔레 テレグラム ቴሌግራም "
    "τέλεγκραμ տելեգրամ ტელეგრამი? តេឡេក្រាម",
    "whatsapp": "ватсапп? вотсапп? вацап واتساب واتس واتساپ วอทแอป",
    "wechat": "微信 薇信 威信 维信 徽信 微❤ 薇❤ [Vv]信 加\\s?[Vv] \\+[Vv] วีแชท 위챗 вичат 微",
    "line": "ไลน์ ไลน ライン 라인 لاين",
    "viber": "вайбер вібер вайбър فايبر بوتیم भाइबर",
    "signal": "сигнал سيجنال سیگنال",
    "instagram": "инстаграмм? инста інстаграм інста انستغرام انستقرام انستجرام انستا اینستاگرام اینستا "
    "ไอจี อินสตา 인스타그램 인스타 インスタグラム インスタ इंस्टाग्राम इंस्टा ইনস্টা",
    "snapchat": "سناب(?:\\s?شات)? снэпчат снапчат 스냅챗",
    "skype": "скайп سكايب اسکایپ",
    "facebook": "фейсбук фб فيسبوك فيس\\s?بوك فيس فیسبوک เฟส(?:บุ๊[คก])? เฟซ(?:บุ๊[คก])? 페이스북 페북 フェイスブック "
    "फेसबुक ফেসবুক ဖေ့စ်ဘွတ်ခ် 脸书 臉書",
    "zalo": "залo",
    "x": "твиттер تويتر توییتر 트위터 推特",
    "tiktok": "тик-?\\s?ток تيك\\s?توك تیک\\s?تاک 틱톡 ติ๊กต[็อ]+ก ติ๊กต๊อก 抖音",
    "vk": "вк вконтакте",
    "ok": "одноклассник(?:и|ах)",
    "imo": "имо ايمو إيمو ইমো ایمو ኢሞ",
    "kakao": "카카오톡 카카오 카톡 カカオ",
}
_LEET = {
    "a": "[a@4]",
    "e": "[e3]",
    "i": "[i1]",
    "l": "[l1]",
    "o": "[o0]",
    "s": "[s5$]",
    "g": "[gq9]",
}


def _spelt(word: str) -> str:
    """A pattern for a Latin word; a hyphen stands for nothing, a space or itself."""
    signs = _LEET if len(word) > 5 else {}
    return "".join(r"[\s-]?" if c == "-" else signs.get(c, c) for c in word)


_SPELT = {
    service: "|".join(sorted(map(_spelt, words.split()), key=len, reverse=True))
    for service, words in _LATIN.items()
}
LATIN = "|".join(sorted(map(_spelt, " ".join(_LATIN.values()).split()), key=len, reverse=True))
OTHERS = "|".join(sorted(" ".join(_OTHERS.values()).split(), key=len, reverse=True))
_SERVICES = [
    (service, re.compile(pattern, re.I))
    for service, pattern in [
        *_SPELT.items(),
        *((s, w.replace(" ", "|")) for s, w in _OTHERS.items()),
    ]
]
# Words that mean other things too: more than a name after them must speak for the service.
EVERYDAY = words(
    "line signal snap face sc inst tele messenger сигнал imo kik 飞机 飛機 微 라인 ライン телега телегу телеге "
    "فيس لاين تلي واتس имо wx vx"
)


@lru_cache(maxsize=1 << 12)
def service_of(word: str) -> str | None:
    return next((s for s, pattern in _SERVICES if pattern.fullmatch(word)), None)
