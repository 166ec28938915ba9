"""Tells what a WhatsApp message is besides words: an attachment, a place, a poll, a deletion.

Words are those that the application itself writes, in the languages it is used in; where a form can
be known by its shape (a file name of WhatsApp's own making, a map link) no words are needed.
"""

import re

from palermo.decode.chat.stamp import MARKS

GENERATED = "\u200e"  # iPhones put this mark before what the application wrote, not the author
_EDGE = "".join(chr(c) for c in (0x200B, 0x200E, 0x200F, 0x61C, 0xFEFF, *range(0x202A, 0x202F)))
_EDGE += "".join(chr(c) for c in range(0x2066, 0x206A)) + " \t\r\n\u00a0\u202f"

_OWN_NAME = r"(?:IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d+\.\w{2,5}|\d{6,}-[A-Z]+-[\d-]+\.\w{2,5}"
_ATTACHED_WORDS = (
    "file attached|archivo adjunto|datei angehängt|fichier joint|file allegato|arquivo anexado|"
    "ficheiro anexado|bestand bijgevoegd|файл добавлен|файл прикреплен|файл додано|fișier atașat|"
    "plik załączony|plik dołączony|dosya ekli|tệp đính kèm|ملف مرفق|الملف مرفق|file terlampir|"
    "fail dilampirkan|soubor přiložen|fil vedhæftet|fil bifogad|tiedosto liitetty|fájl csatolva|"
    "συνημμένο αρχείο|קובץ מצורף|ไฟล์แนบ|ไฟล์ที่แนบ|文件附件|檔案附件|附件|添付ファイル|파일 첨부됨|"
    "फ़ाइल संलग्न|फाइल संलग्न"
)
_NAMED = re.compile(
    rf"(?P<name>{_OWN_NAME}|[^\n<>:/\\|?*\"]{{1,200}}\.\w{{1,8}}) \((?P<words>[^()\n]+)\)"
)
_TAGGED = re.compile(r"<[^<>:：\n]{2,30}\s?[:：]\s?(?P<name>[^<>\n/\\]{1,200}\.\w{1,8})>")
_ATTACHED = re.compile(_ATTACHED_WORDS, re.IGNORECASE)
_OWN = re.compile(_OWN_NAME)

# Stems of "left out", said of media: "<Media omitted>", "image omitted", "Bild weggelassen".
_OMITTED = re.compile(
    "omitted|omitid[oa]|omis[ae]?s?$|omis[ae]?>|omess[oa]|omess[ie]|weggelassen|ausgelassen|"
    "ausgeschlossen|weggelaten|absent|retiré|esclus[oa]|inclus[oa]|ocult[oa]|revelad[oa]|"
    "без медиафайлов|отсутству|не добавлен|пропущен|опущен|dahil edilmedi|pominięt|vynechán|"
    "omis[ăi]|utelämn|udeladt|utelatt|jätetty pois|kihagy|παραλείφθηκ|tidak disertakan|"
    "bỏ qua|đã bị bỏ|استبعاد|استثناء|إدراج|הושמט|ละเว้น|ไม่รวม|省略|忽略|略过|略過|"
    "含まれていません|제외|생략|शामिल नहीं|हटा",
    re.IGNORECASE,
)
_PLAIN_OMITTED = re.compile(
    r"(?:image|video|audio|sticker|gif|document|contact card|video note) omitted|"
    r"(?:imagen|video|audio|sticker|gif|documento) omitid[oa]|"
    r"(?:bild|video|audio|sticker|gif|dokument) weggelassen|kontaktkarte ausgelassen|"
    r"(?:image|vidéo|audio|document) absente?|(?:immagine|video|audio|gif|documento) omess[oa]|"
    r"(?:afbeelding|video|audio|sticker|gif|document) weggelaten",
    re.IGNORECASE,
)
_DELETED = re.compile(
    "(?:(?P<own>you deleted this message|eliminaste este mensaje|du hast diese nachricht gelöscht|"
    "vous avez supprimé ce message|hai eliminato questo messaggio|você apagou esta mensagem|"
    "u hebt dit bericht verwijderd|je hebt dit bericht verwijderd|"
    "вы удалили данное сообщение|вы удалили это сообщение|ви видалили це повідомлення|"
    "ai șters acest mesaj|bu mesajı sildiniz|bạn đã xóa tin nhắn này|لقد حذفت هذه الرسالة|"
    "حذفت هذه الرسالة|คุณลบข้อความนี้แล้ว|คุณลบข้อความนี้|您删除了这条消息|您已刪除此訊息|你已删除这条消息|"
    "このメッセージを削除しました|내가 삭제한 메시지입니다)|"
    "this message was deleted|se eliminó este mensaje|este mensaje fue eliminado|"
    "diese nachricht wurde gelöscht|ce message a été supprimé|questo messaggio è stato eliminato|"
    "mensagem apagada|esta mensagem foi apagada|essa mensagem foi apagada|"
    "dit bericht is verwijderd|dit bericht werd verwijderd|данное сообщение удалено|"
    "это сообщение удалено|це повідомлення було видалено|acest mesaj a fost șters|bu mesaj silindi|"
    "ta wiadomość została usunięta|usunięto tę wiadomość|tin nhắn này đã bị xóa|"
    "tin nhắn này đã xóa|تم حذف هذه الرسالة|ข้อความนี้ถูกลบแล้ว|ข้อความนี้ถูกลบ|"
    r"此消息已删除|此訊息已刪除|这条消息已删除|"
    r"このメッセージは削除されました|삭제된 메시지입니다|यह संदेश मिटाया गया था)[.。]?",
    re.IGNORECASE,
)
_EDITED = re.compile(
    "<(?:this message was edited|se editó este mensaje|diese nachricht wurde bearbeitet|"
    "ce message a été modifié|questo messaggio è stato modificato|mensagem editada|"
    "esta mensagem foi editada|dit bericht is bewerkt|сообщение изменено|данное сообщение изменено|"
    "повідомлення відредаговано|acest mesaj a fost editat|bu mesaj düzenlendi|"
    "ta wiadomość została edytowana|tin nhắn này đã được chỉnh sửa|tin nhắn đã chỉnh sửa|"
    "تم تعديل هذه الرسالة|ข้อความนี้ได้รับการแก้ไขแล้ว|แก้ไขข้อความนี้แล้ว|此消息已编辑|此訊息已編輯|"
    "このメッセージは編集されました|메시지가 수정되었습니다|편집된 메시지입니다)[.。]?>",
    re.IGNORECASE,
)
_POLL = re.compile(
    "(?:poll|encuesta|umfrage|sondage|sondaggio|enquete|sondagem|peiling|опрос|опитування|"
    "sondaj|anket|ankieta|bình chọn|استطلاع|استطلاع رأي|โพล|投票|アンケート|투표|पोल)[:：]\\s*\n"
    f"[{MARKS}]*(?P<question>[^\n]+)",
    re.IGNORECASE,
)
# The whole message is a label and a link: a pin that was sent, not a link that was typed.
_PIN = re.compile(
    r"[^\n:：]{2,40}[:：]\s*(?:(?P<name>[^\n]*?)\s*)?https?://(?:maps\.google\.com/(?:maps)?\?q="
    r"|www\.google\.com/maps\?q=)(?P<lat>-?\d{1,2}(?:\.\d+)?)(?:,|%2C)(?P<lon>-?\d{1,3}(?:\.\d+)?)",
    re.IGNORECASE,
)


def trim(text: str) -> tuple[int, int]:
    """Return the span of `text` without spaces and direction marks at its ends."""
    left = len(text) - len(text.lstrip(_EDGE))
    return left, max(left, len(text.rstrip(_EDGE)))


def recognise(text: str) -> dict[str, str]:
    """Return the details of what the application wrote in the message's `text` (without author)."""
    start, end = trim(text)
    body = text[start:end]
    generated = GENERATED in text[:start]
    found: dict[str, str] = {}
    if name := _attachment(body):
        found["attachment"] = name
    elif _is_omitted(body, generated):
        found["media"] = "omitted"
    elif deleted := _DELETED.fullmatch(body):
        found["deleted"] = "by the phone's holder" if deleted["own"] else "yes"
    if poll := _POLL.match(body):
        found["poll"] = poll["question"].strip(_EDGE)
    if body.endswith(">") and (mark := body.rfind("<")) >= 0 and _EDITED.fullmatch(body[mark:]):
        found["edited"] = "yes"
    return found


def position(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude where the message is a pin that was sent."""
    start, end = trim(text)
    pin = _PIN.fullmatch(text[start:end])
    if pin is None:
        return None
    lat, lon = float(pin["lat"]), float(pin["lon"])
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def _attachment(body: str) -> str | None:
    first = body.split("\n", 1)[0].rstrip(_EDGE)  # a caption may follow on further lines
    if tagged := _TAGGED.search(first):
        whole = trim(first[: tagged.start()])
        known = _OWN.fullmatch(tagged["name"]) is not None
        return tagged["name"].strip(_EDGE) if whole[0] == whole[1] or known else None
    named = _NAMED.fullmatch(first)
    if named and (_OWN.fullmatch(named["name"]) or _ATTACHED.fullmatch(named["words"].strip())):
        return named["name"].strip(_EDGE)
    return None


def _is_omitted(body: str, generated: bool) -> bool:
    if "\n" in body or len(body) > 80:
        return False
    if _PLAIN_OMITTED.fullmatch(body):
        return True
    tagged = body.startswith("<") and body.endswith(">") and ":" not in body
    return (tagged or generated) and _OMITTED.search(body) is not None
