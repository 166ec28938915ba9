"""No package for immigration enforcement against a victim or a smuggled migrant."""

import re

from palermo.safeguards.rule import Action, No
from palermo.values import alike
from palermo.values.text import plain

_OFFICE = (
    r"(?:police|offic\w*|departments?|dept|bureau|authorit\w*|services?|agency|directorate\w*|"
    r"ministry|inspectorat\w*|direc\w+|birou\w*|servici\w*|ufficio|instituto|superintendencia)"
)
# Said of a recipient or a purpose, in the languages of those who ask: `~` is what stands between
# words, or nothing. Whoever hides the purpose is not stopped by words: that is why the limit travels
# with every package, and who got what is logged.
_WORDS = (
    rf"immigration~(?:(?:and|&)~\w+~)?(?:enforcement|controls?|removals?|detention|{_OFFICE})|"
    rf"migration~(?:{_OFFICE})|{_OFFICE}~(?:(?:of|for|de|la|di|pentru|general|nacional)~)*"
    r"(?:the~|l~)?(?:im)?migra(?:tion|cion|ciones|zione|ri)\b|"
    rf"{_OFFICE}~(?:of|for)~(?:returns|removals?|deportations?)\b|returns~(?:directorate|team|unit)|"
    r"home~office~(?:removals?|returns|immigration)|visas~(?:and~|&~)?immigration|"
    r"border~(?:force|enforcement|patrol)|customs~(?:and~|&~)?border~protection|frontex|ukvi\b|"
    r"european~border~and~coast~guard|ice~(?:agents?|officers?|detention|detainers?|raids?)\b|"
    r"deport|(?:removal|return|expulsion|detention)s?~of~[\w\s]{0,40}(?:migrant|alien|foreigner|victim|person)|"
    r"expuls|espuls|repatria(?:t|c)|retention~administrative|reconduite|extranjeria|abschieb|"
    r"ausweisung|ausla?e?nder(?:behor|behoer|amt)|auslaender(?:beh|amt)|migrationsamt|migrationsverket|"
    r"prefecture[^/]{0,30}(?:eloignement|etrangers)|eloignement~(?:des|d)~etrangers|rimpatri|"
    r"inspectorat\w*~general~pentru~imigrari|estrangeiros~e~fronteiras|spraw~cudzoziemcow|"
    r"(?:cuc~)?quan~ly~xuat~nhap~canh|vreemdelingenpolitie"
)
_ELSEWHERE = (
    "депорт", "выдворен", "по вопросам миграции", "миграционная служба", "міграційна служба",
    "ترحيل", "الهجرة والجوازات", "إدارة الهجرة", "遣返", "驱逐", "移民局", "移民管理", "出入境管理",
    "入国管理", "在留管理", "強制送還", "退去強制", "출입국", "ตรวจคนเข้าเมือง",
)  # fmt: skip
_AGENCY = re.compile(r"(?<![^\W_])(?:[IlL1|]CE(?![\W_]+(?:CREAM|RINK|HOCKEY))|CBP)(?![^\W_])")
_APART = re.compile(r"(?<!\w)\w(?:[\W_]{1,3}\w(?!\w)){2,}")  # letters, each by itself
_FIGURES = str.maketrans("0135!|l@$", "oiesiiias")


def _likened(text: str) -> str:
    """Return a text in which letters and figures that pass for each other are one."""
    return plain(text).translate(_FIGURES)


# Of the letters that are one with a figure, a pattern holds `l` alone.
ENFORCEMENT = re.compile(
    rf"(?<![^\W_])(?:{_WORDS})".replace("~", r"[\W_]*").replace("l", "i")
    + "|"
    + "|".join(r"[\W_]*".join(map(re.escape, plain(words).split())) for words in _ELSEWHERE)
)


def for_enforcement(said: str) -> bool:
    """Whether words name an authority or act of immigration control, whatever passes for their
    letters."""
    said = alike.plainly(said)
    unmixed = re.sub(r"[^\W\d_]+", lambda word: alike.unmixed(word[0]), said)
    readings = [unmixed, said.translate(alike.LATIN)]
    readings += [_APART.sub(lambda run: re.sub(r"[\W_]+", "", run[0]), one) for one in readings]
    readings += [re.sub(r"(?<=\w)[-.·*_'](?=\w)", "", one) for one in readings]
    return any(_AGENCY.search(one) or ENFORCEMENT.search(_likened(one)) for one in readings)


_WATCH = "Watch in order to investigate the offence, or to protect the victim, and say that task"
# The acts that are refused → what to do instead.
_NEXT = {
    "share": "Share with an authority that investigates the offence, or that protects the "
    "victim, and name that unit and its task",
    "watch": _WATCH,
    "alerts": _WATCH,
}


class NotForImmigrationEnforcement:
    """What is known of victims and of smuggled migrants is never shared, nor anybody watched, to be
    used against them.

    Facts: `recipient` and `reason`, beside the action's own purpose.
    """

    name = "immigration"
    version = "3"

    def refuse(self, action: Action) -> No | None:
        if action.act not in _NEXT:
            return None
        facts = action.facts
        for said in (facts.get("recipient"), facts.get("reason"), action.purpose):
            if for_enforcement(str(said or "")):
                return No(
                    f"it is for immigration enforcement ({str(said).strip()!r})", _NEXT[action.act]
                )
        return None
