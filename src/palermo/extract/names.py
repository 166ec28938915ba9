"""Reads an account's name as it is written, also in spaced letters or with its signs in words; and what
leads to it from the word for a service."""

import re

from palermo.values.url import DOT_WORDS

# What may stand between the word for a service and the name.
_ID = (
    r"(?:id|profil|user\s?name|user|uname|name|nome|nombre|nom|nume|account|acc|handle|usuario|usuário|perfil|nick|nik|"
    r"ник|логин|имя|号码?|號碼?|账号|帳號|id号|ไอดี|아이디|アカウント|معرفي|معرف|حساب|يوزر|آیدی|ایدی|آی\s?دی|आईडी|আইডি|"
    r"kullanıcı adı|ID|nickname|név|нік|ім'я|jméno|ime|adı|isim|tên|nama|navn|namn|naam|nimi|ስም|이름|ユーザー名|पेज|"
    r"page|的?id|ชื่อ)"
)
_LINKING = (
    r"(?:is|es|me|on|at|as|como|add|page|profile|channel|канал|group|bot|find us|us|my|our|mein|mi|mon|meu|"
    r"под|sub|sous|är|er|jest|este|adresim|adı|ismim|hesabım|はこちら|こちら|は|の|"
    r"under|unter|name|kami|cá nhân|联系|и|или|"
    r"加|添加|搜索?|追加|추가)"
)
_AT = r"(?:arroba|arobase|arond|собака|равлик|ma[lł]pa|chiocciola|zavináč|kukac|klammeraffe|apenstaartje|골뱅이|艾特)"
BRIDGE = re.compile(
    r"(?:\.(?=\s(?-i:[@a-z0-9_])))?"
    rf"(?:[\s-]?(?![(\[]at[)\]])[(\[]?\s?(?:(?P<id>{_ID})|{_LINKING})(?![A-Za-z]))*"
    r"\s{0,2}(?P<sign>(?:[:：፡፦=➡➜→>👉👇🏻🏼🏽🏾🏿\-–—~/|,]|\s[-–—]\s){0,4})"
    rf"(?:[\s\"'«“]|[(\[](?!\s?(?:at|{_AT})\s?[)\]])){{0,3}}"
    rf"(?P<at>(?:[\[(]at[\])]|{_AT}|[(\[]\s?{_AT}\s?[)\]])\s|@?)\s?",
    re.I,
)
NAME = re.compile(r"(?P<name>(?:live:)?\.?[A-Za-z0-9_][A-Za-z0-9_.*-]{1,65}(?:#[0-9]{4}(?!\d))?)")
_UNDERSCORE = (
    r"under\s?score|underline|underscor|gui[oó]n bajo|(?:ra[yi]a|barra) baja|tiret (?:du )?bas|sublinhado|linha baixa|"
    r"(?:нижнее )?подч[её]ркивание|(?:нижн[єе] )?підкреслення|podkre[sś]lnik|podtr[zž][ií]tko|unterstrich|"
    r"trattino basso|lini(?:e|u[tț][aă]) jos|alt (?:tire|çizgi)|laag streepje|understreck|understrek|"
    r"al[aá]h[uú]z[aá]s|alaviiva|donja crta|κάτω παύλα|g[aạ]ch d[uư][oớ]i|garis bawah|下划线|下劃線|底線|"
    r"アンダーバー|アンダースコア|언더바|밑줄|अंडरस्कोर|আন্ডারস্কোর|شرطة سفلية|اندرسكور|آندرلاین|خط پایین"
)
_SAID = re.compile(
    rf"(?:\s?[(\[]\s?|\s|(?=[^\x00-\x7f]))(?:(?P<underscore>{_UNDERSCORE})|(?:{DOT_WORDS}))"
    r"(?:\s?[)\]]\s?|\s|(?<=[^\x00-\x7f]))(?P<more>[A-Za-z0-9_.]+)",
    re.I,
)
_LETTERED = re.compile(r"[A-Za-z0-9_.](?: [A-Za-z0-9_.]){4,}(?!\w)")


def said_name(text: str, at: int) -> tuple[str, int, bool] | None:
    """Return the name that stands at a place, its end, and whether it is spelt out in some way."""
    lettered = _LETTERED.match(text, at)
    if lettered:
        return lettered.group().replace(" ", ""), lettered.end(), True
    match = NAME.match(text, at)
    if match is None:
        return None
    name, end = match["name"], match.end()
    while part := _SAID.match(text, end):
        name += ("_" if part["underscore"] else ".") + part["more"]
        end = part.end()
    return name, end, end != match.end()
