"""Writes `phones.csv`: fictional lines with the numbers that a careful reader would find in them.

It knows nothing of our extractor: numbers are placeholders (ranges reserved for drama where a
country has them, otherwise the metadata's own example with its last digits changed), written the
way people write them and then disguised. Lines with `split` "held" use other sentences than the
lines with "dev"; tuning looks at "dev" only.
"""

import csv
import random
from pathlib import Path

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

RESERVED = {  # country -> (national significant number with # for a free digit)
    "GB": ["207946 0###", "1614960###", "7700900###", "1632960###"],
    "US": ["21255501##", "64655501##", "31355501##"],
    "CA": ["41655501##", "60455501##"],
    "AU": ["491570###", "25550####"],
    "FR": ["19900####", "63998####"],
    "DE": ["3023125###", "1713920###"],
    "SE": ["84650040#", "701740606"],
    "IE": ["2091#####"],
}
OTHERS = [
    "ES",
    "RO",
    "RU",
    "VN",
    "TH",
    "CN",
    "AE",
    "IT",
    "NL",
    "PL",
    "MX",
    "UA",
    "TR",
    "BR",
    "IN",
    "EG",
    "BG",
    "PT",
    "MA",
]
SAY = {
    "dev": {
        "en": [
            "Call {} for details",
            "Rooms to let, viewing today: {}",
            "Drivers wanted. WhatsApp {} any time",
            "{} - ask for the manager",
        ],
        "es": [
            "Llama al {} para trabajo",
            "Habitacion disponible, tel. {}",
            "Se buscan empleadas, {}",
        ],
        "ro": ["Sunati la {} pentru transport", "Cazare muncitori, telefon {}"],
        "ru": ["Звоните {} работа за границей", "Сдаю комнату, тел. {}"],
        "vi": ["Gọi {} để thuê phòng", "Tuyển lao động, liên hệ {}"],
        "ar": ["اتصل على {} للسفر", "غرف للايجار هاتف {}"],
        "th": ["โทร {} ห้องเช่า", "รับสมัครงาน {} ทุกวัน"],
        "zh": ["请致电 {} 租房", "招工，电话{}，包住"],
        "fr": ["Appelez le {} pour le voyage", "Chambre a louer, {}"],
        "de": ["Bitte anrufen: {}", "Zimmer frei, Tel. {} ab sofort"],
    },
    "held": {
        "en": [
            "New in town, text me on {} after six",
            "Visa help and travel ({})",
            "my number is {} thanks",
            "Cleaning jobs abroad, contact: {}. No fees.",
        ],
        "es": [
            "mi numero es {} gracias",
            "Viajes seguros, escribe al {}!",
            "Oferta de empleo en el campo: {}",
        ],
        "ro": ["locuri de munca in strainatate {}", "Rog seriozitate. {}"],
        "ru": ["пишите в ватсап {}", "Визы и документы: {}"],
        "vi": ["số của em {} nhé", "Dịch vụ visa {}"],
        "ar": ["رقمي {} شكرا", "فرص عمل بالخارج: {}"],
        "th": ["ติดต่อ {} ได้เลย", "เบอร์ {} ค่ะ"],
        "zh": ["我的号码是{}谢谢", "签证服务 联系 {}"],
        "fr": ["mon numero {} merci", "Emplois saisonniers au {}"],
        "de": ["meine Nummer ist {} danke", "Jobs im Ausland unter {}"],
    },
}
HOME = {
    "GB": "en", "US": "en", "CA": "en", "AU": "en", "IE": "en", "FR": "fr", "DE": "de", "SE": "en",
    "ES": "es", "MX": "es", "RO": "ro", "RU": "ru", "UA": "ru", "VN": "vi", "TH": "th", "CN": "zh",
    "AE": "ar", "EG": "ar", "MA": "fr", "IT": "en", "NL": "en", "PL": "en", "TR": "en", "BR": "es",
    "IN": "en", "BG": "ru", "PT": "es",
}  # fmt: skip
EN = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
ES = ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"]
ARABIC, PERSIAN, HINDI, THAI = "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙"
WIDE, CIRCLED, BOLD = "０１２３４５６７８９", "⓪①②③④⑤⑥⑦⑧⑨", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"
HAN = "零一二三四五六七八九"

Row = dict[str, str]


def number(rng: random.Random, region: str) -> phonenumbers.PhoneNumber:
    if region in RESERVED:
        shape = rng.choice(RESERVED[region]).replace(" ", "")
        digits = "".join(str(rng.randrange(10)) if c == "#" else c for c in shape)
    else:
        kind = rng.choice([PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE])
        example = phonenumbers.example_number_for_type(region, kind)
        digits = phonenumbers.national_significant_number(example)
        digits = digits[:-2] + f"{rng.randrange(100):02}"
    code = phonenumbers.country_code_for_region(region)
    return phonenumbers.parse(f"+{code}{digits}")


def e164(n: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(n, PhoneNumberFormat.E164)


def national(n: phonenumbers.PhoneNumber) -> str:
    if n.country_code == 44 and str(n.national_number).startswith("7700900"):
        return f"07700 900{str(n.national_number)[-3:]}"
    if n.country_code == 353:
        return f"0{str(n.national_number)[:2]} {str(n.national_number)[2:5]} {str(n.national_number)[5:]}"
    return phonenumbers.format_number(n, PhoneNumberFormat.NATIONAL)


def international(n: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(n, PhoneNumberFormat.INTERNATIONAL)


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def table(to: str):
    return lambda rng, text: "".join(to[int(c)] if c in "0123456789" else c for c in text)


def some(mapping: dict[str, str], share: float):
    def disguise(rng: random.Random, text: str) -> str:
        done = [mapping[c] if c in mapping and rng.random() < share else c for c in text]
        if "".join(done) == text:
            done = [mapping.get(c, c) for c in text]
        return "".join(done)

    return disguise


def joined(glue: str):
    return lambda rng, text: glue.join(digits(text))


def grouped(glue: str):
    def disguise(rng: random.Random, text: str) -> str:
        return glue.join(part for part in "".join(c if c.isdigit() else " " for c in text).split())

    return disguise


def spoken(words: list[str], glue: str = " ", share: float = 1.0):
    def disguise(rng: random.Random, text: str) -> str:
        return glue.join(words[int(c)] if rng.random() < share else c for c in digits(text))

    return disguise


def doubled(rng: random.Random, text: str) -> str:
    out, rest = [], digits(text)
    while rest:
        if len(rest) > 1 and rest[0] == rest[1]:
            out.append("double " + EN[int(rest[0])])
            rest = rest[2:]
        else:
            out.append(EN[int(rest[0])])
            rest = rest[1:]
    return " ".join(out)


TRICKS = {
    "digits only": lambda rng, text: digits(text),
    "letter O for 0": some({"0": "O"}, 0.8),
    "small o for 0": some({"0": "o"}, 0.8),
    "letters O and l for 0 and 1": some({"0": "O", "1": "l"}, 0.8),
    "letters I, S and B for 1, 5 and 8": some({"1": "I", "5": "S", "8": "B"}, 0.7),
    "Cyrillic O": some({"0": "О"}, 0.9),
    "Greek omicron": some({"0": "ο"}, 0.9),
    "Cyrillic Ze for 3": some({"3": "З", "0": "О"}, 0.9),
    "English words": spoken(EN),
    "English words in capitals": lambda rng, text: spoken(EN)(rng, text).upper(),
    "English words with hyphens": spoken(EN, "-"),
    "English words and digits mixed": spoken(EN, " ", 0.5),
    "English words run together": spoken(EN, ""),
    "English words with dots": spoken(EN, ". "),
    "oh for 0": spoken(["oh", *EN[1:]]),
    "double": doubled,
    "Spanish words": spoken(ES),
    "Spanish words with commas": spoken(ES, ", "),
    "Spanish words and digits mixed": spoken(ES, " ", 0.5),
    "emoji keycaps": lambda rng, text: "".join(f"{c}\ufe0f\u20e3" for c in digits(text)),
    "emoji keycaps with spaces": lambda rng, text: " ".join(f"{c}\ufe0f\u20e3" for c in digits(text)),
    "full width": table(WIDE),
    "circled": table(CIRCLED),
    "mathematical bold": table(BOLD),
    "Arabic-Indic digits": table(ARABIC),
    "Persian digits": table(PERSIAN),
    "Devanagari digits": table(HINDI),
    "Thai digits": table(THAI),
    "Chinese numerals": lambda rng, text: "".join(HAN[int(c)] for c in digits(text)),
    "spaces between digits": joined(" "),
    "dots between digits": joined("."),
    "underscores between digits": joined("_"),
    "hyphens between digits": joined("-"),
    "stars between digits": joined("*"),
    "zero-width spaces": joined("\u200b"),
    "zero-width joiners in groups": grouped("\u200d"),
    "soft hyphens": joined("\u00ad"),
    "groups with slashes": grouped("/"),
    "groups with dots": grouped("."),
    "groups with underscores": grouped("_"),
    "groups with tildes": grouped(" ~ "),
    "groups with three dots": grouped("..."),
    "groups with bullets": grouped(" • "),
    "groups with hearts": grouped("❤"),
    "groups with non-breaking hyphen": grouped("\u2011"),
    "groups with en dash": grouped(" – "),
    "groups with brackets": lambda rng, text: "".join(f"({g})" for g in grouped(" ")(rng, text).split()),
    "groups with no-break space": grouped("\u00a0"),
}  # fmt: skip

NOTHING = [  # (language, region, line, why)
    ("en", "GB", "£120 1hr, £200 2hrs, £1000 overnight", "prices"),
    ("en", "GB", "rates 80/120/200 in and 150 out", "price list"),
    ("en", "US", "$150 / $250 / $400, donation 100-150-200", "price list"),
    ("es", "ES", "precio 50 100 150 200 euros", "price list"),
    ("en", "GB", "available 12/05/2024 to 14/05/2024", "dates"),
    ("en", "GB", "open 10:00-22:00 Mon 09:00-17:30 Sat", "times"),
    ("en", "US", "posted 2024-05-12 10:30:45", "date and time"),
    ("en", "GB", "posted 20240512103045", "time stamp"),
    ("de", "DE", "vom 01.02.2024 bis 03.02.2024", "dates"),
    ("ru", "RU", "с 01.02.2024 по 15.02.2024 23:59", "dates"),
    ("en", "GB", "age 21 22 23 24, size 8 10 12", "ages and sizes"),
    ("en", "GB", "34-26-36, 5'6, 55kg, 165cm", "body sizes"),
    ("en", "GB", "room 12 x 14 ft, 3 bed 2 bath 1 kitchen", "room sizes"),
    ("en", "GB", "flat near SW1A 1AA and EC1A 1BB", "postcodes"),
    ("en", "US", "Springfield 12345-6789", "ZIP+4"),
    ("en", "US", "90210 10001 60601", "ZIP codes"),
    ("en", "GB", "pay to GB82 WEST 1234 5698 7654 32", "IBAN"),
    ("de", "DE", "IBAN DE89 3704 0044 0532 0130 00", "IBAN"),
    ("es", "ES", "ES91 2100 0418 4502 0005 1332", "IBAN"),
    ("fr", "FR", "FR14 2004 1010 0505 0001 3M02 606", "IBAN"),
    ("ro", "RO", "cont RO49AAAA1B31007593840000", "IBAN"),
    ("en", "US", "card 4111 1111 1111 1111 exp 12/27", "card"),
    ("en", "GB", "5555-5555-5555-4444", "card"),
    ("en", "US", "amex 378282246310005", "card"),
    ("en", "GB", "order no 1234567890123", "order number"),
    ("en", "GB", "ref: INV-2024-000123456", "invoice"),
    ("en", "GB", "case id 0000123456789", "id"),
    ("en", "US", "tracking 1Z999AA10123456784", "parcel"),
    ("en", "GB", "sort code 12-34-56 account 12345678", "bank account"),
    ("en", "GB", "https://example.org/ad/2079460018", "digits in a URL"),
    ("en", "US", "see www.example.com/item?id=2125550123", "digits in a URL"),
    ("en", "US", "photo IMG_20240512_103045.jpg", "file name"),
    ("en", "GB", "ISBN 978-3-16-148410-0", "ISBN"),
    ("en", "GB", "at 51.507351, -0.127758", "coordinates"),
    ("en", "US", "40.712776 -74.005974", "coordinates"),
    ("en", "GB", "server 192.168.100.101", "IP address"),
    ("en", "US", "version 10.0.19045.3803", "version"),
    ("en", "GB", "bitcoin 1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "wallet"),
    ("en", None, "020 7946 0018", "national format, country not known"),
    ("en", None, "call 212 555 0123", "national format, country not known"),
    ("es", None, "llama 612 345 678", "national format, country not known"),
    ("en", "GB", "years 2019 2020 2021 2022 2023", "years"),
    ("en", "US", "1 2 3 4 5 6 7 8 9 10", "counting"),
    ("en", "GB", "one two three four five once I caught a fish alive", "counting in words"),
    ("es", "ES", "uno dos tres cuatro cinco seis siete ocho nueve diez", "counting in words"),
    ("en", "GB", "population 8 799 800 people", "population"),
    ("en", "US", "a budget of 1,250,000,000 dollars", "amount"),
    ("de", "DE", "1.250.000,00 EUR", "amount"),
    ("fr", "FR", "12 500 000 euros", "amount"),
    ("ru", "RU", "зарплата 100 000 - 150 000 руб", "salary"),
    ("vi", "VN", "giá 1.500.000 - 2.000.000 đ", "price"),
    ("zh", "CN", "工资8000-12000元，年龄18-35岁", "salary and age"),
    ("zh", "CN", "身份证号11010519491231002X", "identity card"),
    ("th", "TH", "เงินเดือน 15000-20000 บาท", "salary"),
    ("ar", "EG", "الراتب ٥٠٠٠ - ٧٠٠٠ جنيه", "salary"),
    ("en", "GB", "only 1 of 2 left, 24/7, 365 days", "small numbers"),
    ("en", "GB", "flights BA123 10:45 BA456 18:30", "flights"),
    ("en", "US", "SSN 078-05-1120", "social security number"),
    ("en", "GB", "NI QQ 12 34 56 C", "national insurance"),
    ("en", "GB", "passport 123456789 expires 2030-01-01", "passport"),
    ("en", "US", "MTCN 1234567890", "transfer number"),
    ("en", "GB", "IMEI 490154203237518", "IMEI"),
    ("en", "GB", "MMSI 235012345 at 12.5 knots", "vessel"),
    ("en", "US", "lot 3015550 sold 12 pcs", "lot"),
    ("en", "GB", "score 3-0 2-1 4-4 1-1 0-0", "scores"),
    ("en", "US", "so so loss is boss oslo bill ill", "letters that look like digits"),
    ("en", "GB", "someone told me no one is to go one by one", "words that hold digits"),
    ("en", "GB", "EAN 5012345678900", "bar code"),
    ("en", "GB", "VAT GB123456789", "VAT number"),
    ("en", "US", "md5 d41d8cd98f00b204e9800998ecf8427e", "hash"),
    ("en", "US", "uuid 550e8400-e29b-41d4-a716-446655440000", "UUID"),
    ("en", "GB", "odds 11/4 9/2 5/1 7/2 10/3", "odds"),
    ("es", "MX", "renta 4500 5000 5500 pesos al mes", "rents"),
    ("en", "US", "monthly 1200 1350 1500, deposit 500", "rents"),
    ("ro", "RO", "salariu 1200-1500 euro, varsta 18-45", "salary and age"),
    ("ro", "RO", "CNP 1800101221144", "personal number"),
    ("de", "DE", "PLZ 10115 10117 10119 Berlin", "postcodes"),
    ("fr", "FR", "75001 75002 75003 Paris", "postcodes"),
    ("en", "AU", "ABN 51 824 753 556", "business number"),
    ("it", "IT", "orari 9.00-13.00 / 15.30-19.30", "opening hours"),
    ("pl", "PL", "NIP 123-456-32-18", "tax number"),
]

MIXED = {  # a line with something else beside the number; {} is the number
    "dev": [("en", "GB", "£120 1hr {}", "price before"), ("en", "GB", "{} 24/7", "round the clock after"),
            ("en", "US", "Anna 23 {} $150", "age before, price after"), ("en", "GB", "{} from 10:00-22:00", "times after"),
            ("en", "US", "12/05/2024 {}", "date before"), ("en", "GB", "SW1A 1AA {}", "postcode before"),
            ("en", "GB", "📞{}📞 100% real", "emoji around"), ("en", "US", "{}!!! 100 roses", "number after"),
            ("de", "DE", "Miete 500 EUR, Tel {}", "price before"), ("fr", "FR", "50€ {}", "price before"),
            ("en", "GB", "{} x2 rooms", "count after"), ("en", "US", "#1 in town {}", "rank before")],
    "held": [("en", "GB", "80/120 {}", "prices before"), ("en", "GB", "{}, £90 per night", "price after"),
             ("en", "US", "room 204 {}", "room before"), ("en", "US", "{} 9am-5pm", "times after"),
             ("en", "GB", "posted 2024-05-12 {}", "date before"), ("en", "GB", "{} W1A 1AB", "postcode after"),
             ("en", "US", "call☎{}☎now", "emoji around"), ("es", "ES", "150 euros {}", "price before"),
             ("ro", "RO", "1500 euro pe luna {}", "salary before"), ("zh", "CN", "8000元 {}", "salary before"),
             ("ru", "RU", "5000 руб {}", "price before"), ("en", "AU", "18+ only {}", "age before")],
}  # fmt: skip


def build(seed: int = 20) -> list[Row]:
    rng = random.Random(seed)
    rows: list[Row] = []

    def add(
        split: str, language: str, region: str | None, text: str, wanted: list[str], why: str
    ) -> None:
        rows.append(
            {
                "split": split,
                "language": language,
                "region": region or "",
                "text": text,
                "expected": " ".join(wanted),
                "why": why,
            }
        )

    def line(split: str, language: str, written: str) -> str:
        return rng.choice(SAY[split][language]).format(written)

    for split in ("dev", "held"):
        for region in [*RESERVED, *OTHERS]:
            language = HOME[region]
            for _ in range(2):
                n = number(rng, region)
                add(
                    split,
                    language,
                    region,
                    line(split, language, national(n)),
                    [e164(n)],
                    "national format",
                )
            n = number(rng, region)
            add(
                split,
                language,
                None,
                line(split, language, international(n)),
                [e164(n)],
                "international, country not known",
            )
            n = number(rng, region)
            elsewhere = rng.choice(
                [
                    r
                    for r in RESERVED
                    if r != region and phonenumbers.country_code_for_region(r) != n.country_code
                ]
            )
            add(
                split,
                language,
                elsewhere,
                line(
                    split,
                    language,
                    rng.choice(
                        [
                            international(n),
                            e164(n),
                            "00" + e164(n)[1:]
                            if elsewhere not in ("US", "CA", "AU")
                            else international(n),
                        ]
                    ),
                ),
                [e164(n)],
                "international, seen elsewhere",
            )
        for why, trick in TRICKS.items():
            regions = rng.sample(["GB", "US", "FR", "ES", "RO", "RU", "TH", "VN", "DE", "AU"], 3)
            if "English" in why or why in ("oh for 0", "double"):
                regions = ["GB", "US", "AU"]
            if "Spanish" in why:
                regions = ["ES", "MX", "US"]
            for region in regions:
                n = number(rng, region)
                add(
                    split,
                    HOME[region],
                    region,
                    line(split, HOME[region], trick(rng, national(n))),
                    [e164(n)],
                    why,
                )
            n = number(rng, rng.choice(OTHERS))
            written = trick(rng, international(n))
            if (
                "words" in why
                or why in ("double", "oh for 0", "Chinese numerals")
                or not written.startswith("+")
            ):
                written = "+" + written.lstrip("+")
            add(split, "en", None, line(split, "en", written), [e164(n)], why + ", international")
        for glue in (" ", " / ", ", ", " or ", " & ", "\n", "; ", " - "):
            region = rng.choice(["GB", "US", "ES", "FR"])
            a, b = number(rng, region), number(rng, region)
            add(
                split,
                HOME[region],
                region,
                line(split, HOME[region], national(a) + glue + national(b)),
                [e164(a), e164(b)],
                f"two numbers, {glue!r} between",
            )
            add(
                split,
                "en",
                None,
                line(split, "en", international(a) + glue + international(b)),
                [e164(a), e164(b)],
                f"two international numbers, {glue!r} between",
            )
        for language, region, text, why in MIXED[split]:
            n = number(rng, region)
            add(split, language, region, text.format(national(n)), [e164(n)], why)
        n = number(rng, "GB")
        add(
            split,
            "en",
            "GB",
            line(split, "en", international(n).replace("+44 ", "+44 (0)")),
            [e164(n)],
            "(0) after the country code",
        )
        add(
            split,
            "en",
            "GB",
            line(split, "en", "(+44) " + international(n)[4:]),
            [e164(n)],
            "country code in brackets",
        )
        add(split, "en", None, f"https://wa.me/{e164(n)[1:]}", [e164(n)], "messenger link")
        add(
            split,
            "en",
            "US",
            "https://api.whatsapp.com/send?phone=" + e164(n)[1:],
            [e164(n)],
            "messenger link",
        )
        add(split, "en", None, line(split, "en", "tel:" + e164(n)), [e164(n)], "tel URI")
        add(split, "en", "GB", line(split, "en", national(n) + " ext 12"), [e164(n)], "extension")
        add(
            split,
            "en",
            "US",
            line(split, "en", "011 44 " + international(n)[4:]),
            [e164(n)],
            "American prefix for abroad",
        )
    for i, (language, region, text, why) in enumerate(NOTHING):
        add(("dev", "held")[i % 2], language, region, text, [], why)
    return rows


if __name__ == "__main__":
    path = Path(__file__).with_name("phones.csv")
    rows = build()
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(len(rows), "lines", sum(r["split"] == "held" for r in rows), "held")
