"""Hands out fictional identifiers, each once: phones, accounts, wallets, plates, handles.

Phones come from the ranges kept for drama: Ofcom's numbers for television and radio, and the
NXX-555-01xx numbers of the North American plan. Bank accounts belong to the invented bank ``PLRM``.
Wallet addresses are digests of the seed: nobody holds their keys.
"""

import hashlib
import random
from collections import defaultdict

from palermo.simulate.world import City, cities_of

DRAMA = {  # area code without the leading 0 -> the first digits of the local number
    "20": "79460",
    "161": "4960",
    "121": "4960",
    "113": "4960",
    "151": "4960",
    "117": "4960",
    "141": "4960",
    "131": "4960",
    "114": "4960",
    "191": "4980",
    "115": "4960",
    "29": "20180",
    "116": "4960",
    "118": "4960",
    "28": "96496",
}
# North American codes in use, for when a city's own hundred numbers are spent.
AMERICAN = """
201 202 203 205 207 208 209 212 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253
254 256 260 262 267 269 270 276 301 302 304 307 308 309 314 315 316 317 318 319 320 330 331 334
336 337 339 347 351 352 360 361 386 401 402 405 406 408 409 410 412 413 414 415 417 419 423 432
434 435 440 443 479 484 501 502 503 505 507 508 509 510 512 513 515 516 517 518 520 530 540 541
551 559 561 562 563 570 571 573 574 580 585 586 601 603 605 606 607 608 609 610 612 614 615 616
617 618 619 620 626 630 631 636 641 646 650 651 660 661 662 682 701 703 706 707 708 712 714 715
716 717 718 719 724 727 731 732 734 740 754 757 760 763 765 769 770 772 774 775 781 785 801 802
803 804 805 806 808 810 812 814 815 816 817 818 828 830 831 843 845 847 848 850 856 857 858 859
860 862 863 864 865 870 878 901 903 904 906 907 908 909 910 912 913 914 915 916 917 918 919 920
925 928 931 936 937 940 941 947 949 951 952 954 970 971 973 978 979 980 985 989
"""
ALPHABET58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
WORDS_A = "north silver blue green river sun moon star city open quick calm new east light"
WORDS_B = "line hand path way house point bridge market travel work room help crew desk team"


class Pool:
    """Draws identifiers for one case; never the same one twice."""

    def __init__(self, rng: random.Random, salt: str) -> None:
        self._rng = rng
        self._salt = salt
        self._phones: dict[str, list[str]] = {}
        self._seen: set[str] = set()
        self._counts: dict[str, int] = defaultdict(int)

    def phone(self, city: City) -> str:
        """Return an unused number of the city's area; of another area when those are spent."""
        country = city.country if city.areas else "GB"
        areas = list(city.areas) or ["20"]
        self._rng.shuffle(areas)
        spare = list(DRAMA) if country == "GB" else AMERICAN.split()
        for area in (*areas, *spare):
            numbers = self._numbers(country, area)
            # London's and the busiest cities' numbers are kept for those who live there
            if len(numbers) > (0 if area in city.areas else 20):
                return numbers.pop()
        for numbers in self._phones.values():
            if numbers:
                return numbers.pop()
        raise ValueError("no fictional phone numbers are left; make a smaller case")

    def _numbers(self, country: str, area: str) -> list[str]:
        key = country + area
        if key not in self._phones:
            if country == "GB":
                numbers = [f"+44{area}{DRAMA[area]}{n:03d}" for n in range(1000)]
            else:
                numbers = [f"+1{area}55501{n:02d}" for n in range(100)]
            self._rng.shuffle(numbers)
            self._phones[key] = numbers
        return self._phones[key]

    def unique(self, make: str) -> str:
        """Return `make`, with a number behind it where it was taken before."""
        name = make
        while name in self._seen:
            name = f"{make}{self._rng.randint(2, 9999)}"
        self._seen.add(name)
        return name

    def word(self, mark: str = "") -> str:
        rng = self._rng
        return self.unique(
            f"{rng.choice(WORDS_A.split())}{mark}{rng.choice(WORDS_B.split())}{rng.randint(1, 999)}"
        )

    def email(self) -> str:
        host = self._rng.choice(("mail.example.org", "post.example.net", "inbox.example.com"))
        return f"{self.word(self._rng.choice(('.', '', '-')))}@{host}"

    def handle(self, service: str) -> str:
        return f"{service}:{self.word('_' if service != 'wechat' else '')}"

    def digest(self, kind: str) -> bytes:
        self._counts[kind] += 1
        return hashlib.sha256(f"{self._salt}/{kind}/{self._counts[kind]}".encode()).digest()

    def iban(self, country: str) -> str:
        if country == "RO":
            account = "PLRM" + f"{self._rng.randrange(10**16):016d}"
        elif country == "NL":
            account = "PLRM" + f"{self._rng.randrange(10**10):010d}"
        else:
            country, account = (
                "GB",
                f"PLRM0000{self._rng.randrange(10**2):02d}" + (f"{self._rng.randrange(10**8):08d}"),
            )
        return self.unique(iban(country, account))

    def account(self) -> str:
        """Return the number of a bank account that is no IBAN: nine digits."""
        return self.unique(f"{self._rng.randrange(10**8, 10**9)}")

    def wallet(self) -> str:
        kind = self._rng.choice(("p2wpkh", "p2pkh", "ethereum"))
        digest = self.digest(kind)[:20]
        if kind == "p2wpkh":
            return "bitcoin:" + bech32("bc", 0, digest)
        if kind == "p2pkh":
            return "bitcoin:" + base58check(b"\0" + digest)
        return "ethereum:" + eip55(digest)

    def plate(self) -> str:
        """Return a British plate with an age identifier that is not issued before 2035."""
        letters = "ABCDEFGHJKLMNOPRSTUVWXYZ"
        draw = self._rng.choices(letters, k=5)
        return self.unique(f"{draw[0]}{draw[1]}{self._rng.randint(85, 99)}{''.join(draw[2:])}")

    def mmsi(self) -> str:
        return self.unique(f"2359{self._rng.randrange(10**5):05d}")

    def serial(self) -> str:
        return self.unique(f"{self._rng.randrange(10**9, 10**10)}")

    def code(self) -> str:
        """Return a release code such as K7-Q2M9."""
        letters = "BCDFGHKLMNPQRTVWXZ"
        rng = self._rng
        return self.unique(
            f"{rng.choice(letters)}{rng.randint(2, 9)}-"
            f"{rng.choice(letters)}{rng.randint(2, 9)}{rng.choice(letters)}{rng.randint(2, 9)}"
        )


def iban(country: str, account: str) -> str:
    """Put the check digits of ISO 13616 before an account."""
    digits = "".join(str(int(c, 36)) for c in account + country + "00")
    return f"{country}{98 - int(digits) % 97:02d}{account}"


def base58check(payload: bytes) -> str:
    data = payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = ALPHABET58[rest] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def bech32(prefix: str, version: int, program: bytes) -> str:
    """Write a segregated-witness address after BIP 173 (version 0 only)."""
    bits = "".join(f"{byte:08b}" for byte in program)
    data = [version] + [int(bits[i : i + 5].ljust(5, "0"), 2) for i in range(0, len(bits), 5)]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = 1
    for value in spread + data + [0] * 6:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, part in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> i & 1:
                check ^= part
    check ^= 1
    tail = [check >> 5 * (5 - i) & 31 for i in range(6)]
    return prefix + "1" + "".join(BECH32[value] for value in data + tail)


def eip55(address: bytes) -> str:
    """Write an Ethereum address with the capitals of ERC-55 as its checksum."""
    text = address.hex()
    digest = keccak256(text.encode()).hex()
    return "0x" + "".join(c.upper() if int(digest[i], 16) >= 8 else c for i, c in enumerate(text))


def keccak256(data: bytes) -> bytes:
    """Hash up to 135 bytes with Keccak-256 as Ethereum uses it (padding 0x01, not SHA-3's)."""
    assert len(data) < 136, "one block is enough here"
    block = bytearray(data.ljust(136, b"\0"))
    block[len(data)] ^= 0x01
    block[135] ^= 0x80
    lanes = [int.from_bytes(block[i * 8 : i * 8 + 8], "little") if i < 17 else 0 for i in range(25)]
    mask, register = (1 << 64) - 1, 1

    def rotate(value: int, by: int) -> int:
        by %= 64
        return ((value << by) | (value >> (64 - by))) & mask

    for _ in range(24):
        column = [
            lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]
            for x in range(5)
        ]
        lanes = [
            lanes[i] ^ column[(i % 5 - 1) % 5] ^ rotate(column[(i % 5 + 1) % 5], 1)
            for i in range(25)
        ]
        x, y, current = 1, 0, lanes[1]
        for t in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, lanes[x + 5 * y] = (
                lanes[x + 5 * y],
                rotate(current, (t + 1) * (t + 2) // 2),
            )
        lanes = [
            lanes[i] ^ (~lanes[i // 5 * 5 + (i + 1) % 5] & lanes[i // 5 * 5 + (i + 2) % 5])
            for i in range(25)
        ]
        for j in range(7):
            register = (register << 1) ^ ((register >> 7) * 0x171)
            if register & 2:
                lanes[0] ^= 1 << ((1 << j) - 1)
            register &= 0xFF
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def fictional_cities(country: str) -> list[City]:
    """Return the cities of a country that have fictional phone numbers."""
    return [city for city in cities_of(country) if city.areas]
