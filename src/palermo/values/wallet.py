"""Addresses of coins, by their own checksums: ``bitcoin:...``, ``ethereum:...``, ``tron:...``."""

import re
from functools import lru_cache
from hashlib import sha256

from palermo.values.keccak import keccak256

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_CONSTANT, _BECH32M_CONSTANT = 1, 0x2BC830A3  # BIP 173, BIP 350
_VERSIONS = {0x00: "bitcoin", 0x05: "bitcoin", 0x41: "tron"}  # Base58Check's leading byte
_HEX = re.compile(r"0x[0-9a-fA-F]{40}\Z")


@lru_cache(maxsize=1 << 14)
def normalise(written: str) -> str | None:
    """Return ``coin:address``, or None where the checksum is wrong.

    An Ethereum address in one case carries no checksum and is accepted; it comes back with that of
    EIP-55.
    """
    text = written.strip()
    coin, colon, rest = text.partition(":")
    if colon and coin.lower() in ("bitcoin", "ethereum", "tron"):
        text = rest
    if _HEX.match(text):
        address = eip55(text)
        return f"ethereum:{address}" if text[2:] in (address[2:], *_cases(text)) else None
    if text.lower().startswith("bc1"):
        return f"bitcoin:{text.lower()}" if _is_segwit(text) else None
    coin = _base58check(text)
    return f"{coin}:{text}" if coin else None


def checked(written: str) -> bool:
    """Whether the writing carries a checksum at all."""
    return not (_HEX.match(written) and written[2:] in _cases(written))


def _cases(text: str) -> tuple[str, str]:
    return text[2:].lower(), text[2:].upper()


def eip55(address: str) -> str:
    """Write a hexadecimal address with the capitals that carry its checksum (EIP-55)."""
    plain = address[2:].lower()
    digest = keccak256(plain.encode("ascii")).hex()
    return "0x" + "".join(
        c.upper() if int(h, 16) > 7 else c for c, h in zip(plain, digest, strict=False)
    )


def _base58check(text: str) -> str:
    """Return the coin whose address this is, or "" (Base58Check: version, 20 bytes, checksum)."""
    if not 25 <= len(text) <= 36 or any(c not in _BASE58 for c in text):
        return ""
    number = 0
    for c in text:
        number = number * 58 + _BASE58.index(c)
    zeros = len(text) - len(text.lstrip("1"))
    raw = b"\x00" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
    if len(raw) != 25 or sha256(sha256(raw[:-4]).digest()).digest()[:4] != raw[-4:]:
        return ""
    return _VERSIONS.get(raw[0], "")


def _is_segwit(text: str) -> bool:
    """Whether this is a main-net witness address: bech32 for version 0, bech32m from 1 on."""
    if text not in (text.lower(), text.upper()) or not 14 <= len(text) <= 90:
        return False
    values = [_BECH32.find(c) for c in text.lower()[3:]]
    if -1 in values:
        return False
    prefix = [3, 3, 0, 2, 3]  # "bc" expanded: high bits, 0, low bits
    version, program = values[0], _bytes(values[1:-6])
    wanted = _BECH32_CONSTANT if version == 0 else _BECH32M_CONSTANT
    if version > 16 or program is None or _polymod(prefix + values) != wanted:
        return False
    return len(program) in (20, 32) if version == 0 else 2 <= len(program) <= 40


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(_GENERATORS):
            check ^= generator if top >> i & 1 else 0
    return check


def _bytes(values: list[int]) -> bytes | None:
    """Put groups of 5 bits together as bytes; None where the padding is not zero or too long."""
    bits = "".join(f"{v:05b}" for v in values)
    spare = len(bits) % 8
    if spare >= 5 or "1" in bits[len(bits) - spare :]:
        return None
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits) - spare, 8))


def validate(value: str) -> bool:
    return normalise(value) == value
