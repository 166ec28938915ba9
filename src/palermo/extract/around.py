"""What stands around digits and tells whether they are a phone number: words, money, links.

The words are those of adverts in some thirty languages. A word is looked up by how it begins.
"""

import re
from unicodedata import combining, normalize

from palermo.values.text import words

# Before a number, on the same line and at most a few words away.
_CUES = tuple(
    words(
        "tel tél phon fon call ring whats wsp wapp sms text txt mobil móvil cell celular handy nummer num "
        "contact kontakt contat viber signal zalo imo llam ligue ligar sunat sună suna appel anruf dzwo "
        "zadzw chiam zavol nazov hívj hubung tawag piga wac gọi liên số đt sđt hotline тел звон дзвон "
        "ватсап вацап вотсап вайбер номер моб пиш обажд позв зват τηλ κιν καλέσ टेल फोन फ़ोन कॉल मोबाइल "
        "ফোন কল মোবাইল desk office oficina bureau büro kontor ufficio escrit офис biuro standard"
    )
)
_CUES_WITHOUT_SPACES = re.compile(
    "[☎📞📱✆☏📲]|电话|電話|致电|手机|手機|号码|號碼|联系|聯絡|微信|电联|โทร|เบอร์|ติดต่อ|اتصل|هاتف|رقم|واتس|تلفن|"
    "تماس|جوال|موبايل|كلم|전화|문의|연락|ဖုန်း|ទូរស័ព្ទ|ໂທ|携帯|連絡"
)
_CUE_AFTER = re.compile(
    r"[^\w\n]{0,4}(?:whats?\s?app|viber|telegram|text\b|call\b|sms\b|zalo|ватсап|微信|واتس|imo\b)",
    re.I,
)
# Words for other things that are written in digits. Between them and the digits stand only signs
# and the words in `_NUMBER`.
_OTHERS = words(
    "rek rekening entidade tirage loto lotto lottery лото лотере- sorteo bingo pratica prot protocollo dossier "
    "expedient- vorgang aktenzeichen receipt recibo quittung paragon чек квитанц- serie série lote "
    "iban bic card cards carte karte kartennummer tarjeta mtcn order orders bestell- pedido- "
    "commande- comand- zamówien- ref refs reference referenc- referinta referinț- invoice factur- fattur- rechnung- "
    "isbn issn imei imsi iccid mmsi ssn vat tva iva ust mwst abn acn nip pesel regon cnp cui plz "
    "dni nie nif nit cif cuit cuil rut rfc curp cpf cnpj siret siren account- acct acc cuenta- "
    "cont conta conto konto kontonummer compte счет счёт счета рахун- bsb routing swift tracking "
    "track трек- parcel- colis paket paczk- посылк- envío encomienda ean upc gtin sku zip version "
    "ver uuid md5 sha sha1 sha256 serial- isin póliza file booking- reservation- réservation- "
    "buchung- код инн снилс огрн заказ- замовлен- дело gps lat latitude latitud lon lng longitude "
    "longitud coord- koordinat- координат- population odds server ip paybill till nin bvn cnic "
    "nic nid aadhaar aadhar pan gst gstin egn егн jmbg јмбг oib bsn kvk cpr cvr ahv avs afm αφμ "
    "αμκα adószám taj rodné rč ičo dič tckn vergi cccd cmnd mst nik npwp dpi cédula- cedula- "
    "matric- vin artikel article id ids pnr mrn eori duns hash barcode batch sort postcode postal "
    "wallet зарплат- поръчк- edrpou єдрпоу іпн рнокпп ідн pps ppsn personnummer henkilötunnus "
    "hetu orgnr kennitala eik еик бин иин полис- накладн- ттн fatura sipariş kargo mã"
)
# Words that also stand before the number of someone who offers such things: they speak against
# figures without a break alone.
_OFFERED = words(
    "passport- passeport- pasaport- passaport- pasport- paszport- reisepass- паспорт- licen- "
    "ticket- billet flight- vuelo vol flug рейс permit permis visa certificat- document- policy "
    "police long model modell case salary salario lot item score scores карт- dokument- age aged "
    "year years anni jahre"
)
_Words = tuple[frozenset[str], tuple[str, ...]]


def _words(written: frozenset[str]) -> _Words:
    """Whole words, and the beginnings of words, which end with a hyphen in the list."""
    listed = ["".join(c for c in normalize("NFD", w) if not combining(c)) for w in written]
    stems = tuple(w[:-1] for w in listed if w.endswith("-"))
    return frozenset(w for w in listed if not w.endswith("-")), stems


_NEVER, _SELDOM = _words(_OTHERS), _words(_OTHERS | _OFFERED)
# In scripts that write no spaces, or few; a word for "number" may follow.
_OTHERS_WITHOUT_SPACES = tuple(
    words(
        "身份证 身份證 身分證 订单 訂單 单号 單號 卡号 账号 帳號 护照 護照 运单 快递 编号 編號 税号 注文 伝票 口座 "
        "员工号 學號 会员号 "
        "僱員 员工 会员 學生 工号 주민 주민등록 계좌 주문 송장 운송장 บัตรประชาชน พัสดุ คำสั่งซื้อ บัญชี พาสปอร์ต "
        "القومي الهوية جواز الطلب الحساب "
        "حساب شحنة شناسنامه ملی سفارش पासपोर्ट आधार खाता এনআইডি পাসপোর্ট হিসাব লাইসেন্স"
    )
)
_NUMBERS_WITHOUT_SPACES = tuple(words("号码 號碼 号 號 番号 번호 เลขที่ เลข رقم شماره नंबर নম্বর น์"))
_NUMBER = words(
    "no nr num number code is n id de del der of the número numero numéro nummer broj číslo numer номер"
    " № nº n° bca bri bni bank banco banca banque mandiri kbank scb otp pko bbva das do da la le "
    "el es est ist szám numara số"
)
_WORDS = re.compile(r"[^\W\d_]+")
_SIGNS = " \t.:：#=№°º/()-"
_MONEY_BEFORE = re.compile(
    r"(?<!\d)(?<!\d\s)(?:[€£$¥₽₫฿₹₴₦₱₩₺₪₸₡₵৳៛₭]|\b(?:eur|usd|gbp|chf|aed|rs|inr|ksh|ghs|ngn|php|rm|rp|idr|kes|zar|"
    r"sar|qar|pkr|tl|try|mxn|brl|r\$))[\s.]?\Z",
    re.I,
)
_MONEY_AFTER = re.compile(
    r"\s?(?:[€£$¥₽₫฿₹₴₦₱₩₺₪₸₡₵৳៛₭](?!\s?\d)|(?:eur|euros?|usd|gbp|chf|pounds?|dollars?|lei|ron|pesos|zł|pln|kč|czk|"
    r"ft|huf|kr|sek|nok|dkk|лв|bgn|din|rsd|km|руб|р\.|грн|uah|тг|сом|vnd|đ|元|円|块|원|만원|บาท|جنيه|درهم|ريال|"
    r"دينار|تومان|ریال|روپے|रुपये|টাকা|ကျပ်|ກີບ|៛|tl|try|people|kg|m²|m2|cm|sq|ft)(?!\w))",
    re.I,
)
_LINK = re.compile(
    r"(?:wa\.me(?:/|%2F)(?:message/)?|(?:api|web|chat)?\.?whatsapp\.com/send/?\?(?:\S*&)?phone=|whatsapp://send/?\?(?:\S*&)?"
    r"phone=|(?:tel|sms|smsto|callto|whatsapp|facetime|facetime-audio):(?://)?|viber://\S*(?:number|phone)=|"
    r"t\.me(?:/|%2F)|tg://\S*phone=|telegram\.me/|signal\.me/#p/|sgnl://signal\.me/#p/|zalo\.me/|zalo://\S*|imo\.\w+/\S*|"
    r"viber\.(?:click|me)/|line\.me/\S*)\S{0,4}\Z",
    re.I,
)
_URL = re.compile(r"(?:://|www\.|\.(?:com|org|net|info|co|io|me|example)\b/?)\S*\Z", re.I)


def is_linked(lead: str) -> bool:
    """Whether a messenger's link or a telephone URI leads to the digits after `lead`."""
    near = lead[-6:]
    if not near or near[-1] == " ":
        return False
    return ("/" in near or ":" in near or "=" in near or "%" in near) and bool(_LINK.search(lead))


def is_in_url(token: str) -> bool:
    return "." in token and bool(_URL.search(token))


def is_announced(lead: str, rest: str) -> bool:
    """Whether a word for phones or for calling stands before the digits, or directly after."""
    near = lead[-32:]
    line = near[near.rfind("\n") + 1 :]
    words = _WORDS.findall(line.lower())[-4:]
    if any(word.startswith(_CUES) for word in words):
        return True
    return bool(_CUES_WITHOUT_SPACES.search(line) or _CUE_AFTER.match(rest))


def is_another_thing(lead: str, unbroken: bool) -> bool:
    """Whether a word before the digits, which may be `unbroken`, says that they are no phone number."""
    told = lead.rstrip(_SIGNS)
    if not told or not (told[-1].isalpha() or told[-1] > "\u0600") or told[-1] == "\n":
        return False
    whole, stems = _SELDOM if unbroken else _NEVER
    near = lead[-36:].lower()
    line = near[near.rfind("\n") + 1 :]
    for _ in range(3):
        told = line.rstrip(_SIGNS)
        written = _last_word(told)
        if not written.isascii():
            written = "".join(c for c in normalize("NFD", written) if not combining(c))
        if len(line) - len(told) > 5 or not written:
            break
        if written in whole or written.startswith(stems):
            return True
        if written not in _NUMBER:
            break
        line = told[: -len(written)]
    if line.isascii():
        return False
    line = line.rstrip(" \t.:：#=№-")
    for number in _NUMBERS_WITHOUT_SPACES:
        line = line.removesuffix(number)
    return line.rstrip().endswith(_OTHERS_WITHOUT_SPACES)


def is_amount(lead: str, rest: str, bare: bool) -> bool:
    """Whether a currency leads the digits, or follows `bare` ones, which no zero leads."""
    return bool(_MONEY_BEFORE.search(lead[-7:]) or (bare and _MONEY_AFTER.match(rest)))


def _last_word(text: str) -> str:
    """Return the letters that a text ends with."""
    start = len(text)
    while start and text[start - 1].isalpha():
        start -= 1
    return text[start:]
