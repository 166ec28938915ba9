"""How adverts name messengers and networks: in links, and by words in many languages and spellings."""

import re
from functools import lru_cache

from palermo.values.text import words

NAME = r"[A-Za-z0-9_.~$*-]{2,64}"
DOT = r"(?:\s?\.\s?|,|\s?[\[({]\s?(?:\.|dot|punto|точка|点)\s?[\])}]\s?|\s(?:dot|punto|точка)\s)"
SLASH = r"(?:\s?/\s?|%2F|\sslash\s)"


def _link(host: str, path: str = "") -> str:
    return host.replace(".", DOT) + SLASH + path


# Where a service's links keep the name. A group is called after its service.
LINKS = {
    "telegram": rf"{_link('(?:t|telegram).(?:me|dog)')}(?:s/)?@?(?P<telegram>{NAME})"
    rf"|tg://(?:resolve|user)\?domain=(?P<telegram_>{NAME})"
    r"|(?P<telegram__>[a-z][a-z0-9_]{3,31})\.t\.me(?![\w/])",
    "instagram": rf"(?:{_link('instagram.com')}|{_link('instagr.am')})(?:stories/|_u/)?@?(?P<instagram>{NAME})"
    rf"|{_link('ig.me')}m/(?P<instagram_>{NAME})",
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
    "kakao": rf"{_link('kakao.com')}(?:o/|me/|@)?(?P<kakao>{NAME})",
    "wechat": rf"weixin://dl/chat\?(?P<wechat>{NAME})|{_link('wechat.com')}(?P<wechat_>{NAME})",
    "viber": rf"viber://(?:pa|public)\?chatURI=(?P<viber>{NAME})",
    "threads": rf"{_link('threads.(?:net|com)')}@(?P<threads>{NAME})",
    "signal": rf"{_link('signal.me')}#u/(?P<signal>[A-Za-z0-9_.]+)",
    "skype": rf"skype:(?P<skype>(?:live:)?{NAME}?)\?(?:chat|call|add)",
    "threema": rf"{_link('threema.id')}(?P<threema>{NAME})",
    "wire": rf"{_link('wire.com')}user-profile/\?handle=(?P<wire>{NAME})",
    "discord": rf"{_link('discord(?:app)?.com')}users/(?P<discord>{NAME})",
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
    "telegram": "telegram telegrama telegramm telegran telega telgram tele-gram "
    "telegrm teleqram telegarm teligram tellegram télégramme telegr tg tele tlg tlgrm",
    "whatsapp": "whatsapp whatsap watsapp wapp",
    "wechat": "wechat we-chat weixin weichat wx vx",
    "line": "line idline",
    "viber": "viber",
    "signal": "signal",
    "instagram": "instagram insta ig inst instagran instragram instgram instagarm instaqram gram",
    "kik": "kik",
    "wire": "wire",
    "session": "session",
    "snapchat": "snapchat snap-chat snap sc",
    "skype": "skype",
    "facebook": "facebook face-book fb face messenger facebok facebk facbook fesbuk feysbuug phây-búc phây",
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
    "telegram": "телеграмм? телеграме? телега телегу телеге тг ✈ ټلیګرام تل டெலிகிராம் "
    "တယ်လီဂရမ် ተለግራም טלגרא?ם テレグラ 텔 តេលេក្រាម ടെലിഗ്രാം తెలిగ్రామ్ ટેલિગ્રામ تلغرام "
    "تليجرام تيليجرام تيلغرام تيليغرام تلجرام تيلجرام تيلكرام تلكرام تلي تلگرام "
    "تێلێگرام ٹیلی\\s?گرام टेलीग्राम टेलिग्राम টেলিগ্রাম টেলেগ্রাম เทเลแกรม "
    "ເທເລແກຣມ тэлеграм ටෙලිග්‍රෑම් 电报 電報 纸飞机 飞机 飛機 텔레그램 텔레 テレグラム ቴሌግራም "
    "τ[ηέε]λεγ[κ]?ραμ տելեգրամ ტელეგრამი? តេឡេក្រាម",
    "whatsapp": "ватсапп? вотсапп? вацап واتساب واتس واتساپ วอทแอป",
    "wechat": "微\\s?[*.·❤]?\\s?信 微信 薇信 威信 维信 徽信 微❤ 薇❤ 卫❤ ➕[Vv] วีแช[ทต] ວີແຊັດ ဝီချတ် [Vv]信 "
    "加\\s?[Vv] \\+[Vv] วีแชท 위챗 вичат 微",
    "line": "ไลน์ ไลน ライン 라인 لاين ໄລນ໌? ឡាញ 加[賴赖] [賴赖]",
    "viber": "вайбер вібер вайбър فايبر भाइबर वाइबर ვაიბერი? βάιμπερ βαιμπερ ভাইবার வைபர் වයිබර් ဗိုင်ဘာ ቫይበር וייבר ไวเบอร์",
    "signal": "сигнал سيجنال سیگنال シグナル 시그널 סיגנל",
    "instagram": "инстаграмм? инст[аеу] інстаграм інст[аіу] انستغرام انستقرام انستجرام انستكرام انستا اینستاگرام "
    "اینستا "
    "ไอจี อินสตา 인스타그램 인스타 インスタグラム インスタ इंस्टाग्राम इन्स्टाग्राम इंस्टा ইনস্টাগ্রাম ইন্সটাগ্রাম ইনস্টা ινσταγκραμ "
    "ίνσταγκραμ ινστα אינסטגרם אינסטה ኢንስታግራም ኢንስታ 📷 📸 இன்ஸ்டாகிராம் இன்ஸ்டா ఇన్స్టాగ్రామ్ ఇన్‌స్టాగ్రామ్ ఇన్స్టా ინსტაგრამი? "
    "ინსტა ինստագրամ",
    "snapchat": "سناب(?:\\s?شات)? снэпчат снапчат 스냅챗 スナチャ สแนปแชท स्नैपचैट סנאפצ׳אט סנאפ 👻",
    "skype": "скайп سكايب اسکایپ",
    "facebook": "фейсбук фб فيسبوك فيس\\s?بوك فيس فیسبوک فیس\\s?بک فەیسبو+ک φβ φέισμπουκ "
    "פייסבוק ፌስቡክ ფეისბუქი? ֆեյսբուք фэйсбү+к பேஸ்புக் ෆේස්බුක් ເຟສບຸກ ເຟສ "
    "ហ្វេសប៊ុក ဖေ့စ်ဘွတ် ဖေ့ဘုတ် 페이스 ਫੇਸਬੁੱਕ ફેસબુક เฟส(?:บุ๊[คก])? เฟซ(?:บุ๊[คก])? "
    "페이스북 페북 フェイスブック "
    "फेसबुक फेसबूक ফেসবুক ফেইসবুক ဖေ့စ်ဘွတ်ခ် 脸书 臉書",
    "zalo": "залo зало זאלו זלו ซาโล",
    "x": "твиттер تويتر توییتر 트위터 推特",
    "tiktok": "тик-?\\s?ток تيك\\s?توك تیک\\s?تاک ٹک\\s?ٹاک "
    "टिक\\s?टॉक টিকটক τικ\\s?τοκ טיקטוק 틱톡 ติ๊กต[็อ]+ก ติ๊กต๊อก 抖音",
    "vk": "вк вконтакте",
    "ok": "одноклассник(?:и|ах)",
    "imo": "имо इमो ايمو إيمو ইমো ایمو ኢሞ",
    "kakao": "카카오톡 카카오 카톡 까톡 ㅋㅌ ㅋㅋㅇㅌ カカオ(?:トーク)?",
    "discord": "дискорд 디스코드 디코 ディスコード ディスコ دیسکورد ديسكورد",
}
_LEET = {
    "a": "[a@4]",
    "e": "[e3é]",
    "i": "[i1!|l]",
    "l": "[l1|!]",
    "o": "[o0]",
    "s": "[s5$]",
    "g": "[gq9]",
}


def _spelt(word: str) -> str:
    """A pattern for a Latin word; a hyphen stands for nothing, a space or itself."""
    signs = _LEET if len(word) > 4 else {}
    if len(word) == 2:
        return word[0] + r"\.?" + word[1]
    return "".join(r"[\s-]?" if c == "-" else signs.get(c, c) for c in word)


# Written apart, letter by letter: T e l e g r a m, s.n.a.p; of whom, the spelling.
_APART = {
    "telegram": "telegram телеграм телега",
    "whatsapp": "whatsapp",
    "wechat": "wechat",
    "line": "line",
    "viber": "viber вайбер",
    "instagram": "instagram insta инстаграм инста",
    "snapchat": "snapchat snap",
    "facebook": "facebook",
    "tiktok": "tiktok",
}


def _apart(word: str) -> str:
    return "|".join(re.escape(sign).join(word) for sign in (" ", ".", "-", "*", "_"))


_SPELT = {
    service: "|".join(
        [
            *map(_apart, _APART.get(service, "").split()),
            *sorted(map(_spelt, words.split()), key=len)[::-1],
        ]
    )
    for service, words in _LATIN.items()
}
APART = "|".join(map(_apart, " ".join(_APART.values()).split()))
LATIN = "|".join(
    [APART, *sorted(map(_spelt, " ".join(_LATIN.values()).split()), key=len, reverse=True)]
)
OTHERS = "|".join(sorted(" ".join(_OTHERS.values()).split(), key=len, reverse=True))
# The letters and signs that begin those in other scripts; inside [...].
FIRSTS = "".join(
    sorted({w[0] for w in " ".join(_OTHERS.values()).split() if not w.isascii()} - {"[", "\\"})
)
_SERVICES = [
    (service, re.compile(pattern, re.I))
    for service, pattern in [
        *_SPELT.items(),
        *((s, w.replace(" ", "|")) for s, w in _OTHERS.items()),
    ]
]
# Words that mean other things too: more than a name after them must speak for the service.
EVERYDAY = words(
    "line signal snap face sc inst tele messenger сигнал imo kik 飞机 飛機 微 라인 ライン "
    "телега телегу телеге "
    "فيس لاين تلي واتس имо wx vx wire session gram phây telegr تل 텔 зало 📷 📸 ✈ 👻 ເຟສ 賴 赖 페이스 ディスコ"
)


@lru_cache(maxsize=1 << 12)
def service_of(word: str) -> str | None:
    return next((s for s, pattern in _SERVICES if pattern.fullmatch(word)), None)
