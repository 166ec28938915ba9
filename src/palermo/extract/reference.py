"""Finds release codes and transfers' references in text, after a word that announces one."""

import re
from collections.abc import Iterator

from palermo.extract.claims import Batch, Hit, TextExtractor
from palermo.values import reference
from palermo.vocabulary import Kind

# Word -> what the value is. English, Spanish, Romanian, Russian, Arabic, Vietnamese, Chinese, Thai.
_CUES = {
    "code": r"code|c[oó]digo|clave|cod(?:ul)?|parola|код(?:ом|а|у)?|пароль|الرمز|رمز|كود|الكود|mã|"
    r"mật mã|"
    r"密码|密碼|代码|代碼|暗号|暗號|口令|取款码|รหัส|pin",
    "transfer": r"mtcn|control number|n[uú]mero de control|transfer(?:encia)?|transferul|giro|"
    r"remesa|перевод[а-я]*|"
    r"الحوالة|حوالة|التحويل|chuyển khoản|汇款|匯款|转账|โอน",
    "reference": r"ref(?:erence|erencia|erin[tț][aă])?|номер|رقم مرجعي|المرجع|tham chiếu|编号|参考号|"
    r"อ้างอิง",
}
_LINK = (
    r"(?:[ \t]*(?:(?:is|no|nr|number|num|es|este|е|это|هو|là|code|reference|ref|control|n[°º]|de|"
    r"номер|رقم|số)\b\.?|是|为|คือ|号|[:=#.№：－–-]))*[ \t]*"
)
_CODE = r"[\p{L}\p{N}][0-9A-Za-z]*(?:[ -][0-9A-Za-z]*[0-9][0-9A-Za-z]*){0,4}"
_WORD = "|".join(_CUES.values())
_BEFORE = re.compile(
    r"(?:post|postal|zip|sort|dress|area|country|bar|qr|discount|promo|dial|source|colou?r|tax|"
    r"swift|bic|"
    r"bank|error|dialling|building|civil|penal|labou?r|highway|vestimentar|po[sș]tal|fiscal|"
    r"почтовый|邮政|"
    r"uniform|color|barras)[ -]?\Z",
    re.I,
)
_PARTS = re.compile(
    rf"(?P<cue>{_WORD})(?P<link>{_LINK})(?P<code>[0-9A-Za-z٠-٩۰-۹๐-๙]+(?:[ -][0-9A-Za-z]*[0-9][0-9A-Za-z]*){{0,4}})",
    re.I,
)
_KINDS = {what: re.compile(rf"(?:{words})\Z", re.I) for what, words in _CUES.items()}
# Too common as plain words: these need a sign or "no" between them and the code.
_WEAK = frozenset(("ref", "номер", "pin", "transfer", "giro", "cod", "parola", "перевод", "โอน"))
_FOLLOWS = (
    r"(?:[ \t]*(?:\p{L}{1,9}\.?|[:=#.№：°º–-])){0,3}"
    r"[ \t]*[0-9A-Z٠-٩۰-۹๐-๙][0-9A-Z٠-٩۰-۹๐-๙ -]{1,32}"
)
_CANDIDATE = re.compile(rf"(?:{_WORD}){_FOLLOWS}".replace(r"\p{L}", r"[^\W\d_]"), re.I)


class Reference(TextExtractor):
    """Finds codes and transfer references that the text announces: "code 4471", "MTCN ..."."""

    name = "reference"
    version = "1"
    # Every candidate begins with a cue; what follows one is read here, since the whole as one
    # pattern over all letters takes Rust's engine a hundred times longer.
    pattern = rf"(?i)(?:{_WORD})"

    def hits(self, batch: Batch) -> Iterator[tuple[int, Hit]]:
        announced = batch.texts.str.contains(rf"(?i)(?:{_WORD}){_FOLLOWS}")
        for index, text, cues in batch.candidates(self.pattern, announced):
            end = 0
            for start, _ in cues:
                match = _CANDIDATE.match(text, start) if start >= end else None
                if match:
                    end = match.end()
                    for hit in self.read(text, start, end, batch.regions[index]):
                        yield index, hit

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        match = _PARTS.match(text, start, end)
        if match is None or _BEFORE.search(text[max(0, start - 14) : start]):
            return
        cue = match["cue"]
        if start and text[start - 1].isalpha() and cue[0] < "\u0e00":
            return
        last = match.end("code")
        if last < len(text) and text[last].isalnum() and text[last] < "\u0e00":
            return
        value = reference.normalise(match["code"])
        strong = re.search(r"[:=#№：是]|\b(?:is|es|no|nr|number|este|е|это|là)\b", match["link"])
        if value is None or len(value) > 20 or (cue.lower() in _WEAK and not strong):
            return
        what = next(what for what, pattern in _KINDS.items() if pattern.match(cue))
        confidence = 0.85 if strong or what == "transfer" else 0.7
        reason = f"announced by “{cue}”"
        yield Hit(
            Kind.REFERENCE, value, match.start("code"), last, confidence, reason, {"what": what}
        )
