"""Finds addresses of coins in text, by their checksums."""

from collections.abc import Iterator

from palermo.extract.claims import Hit, TextExtractor
from palermo.values import wallet
from palermo.vocabulary import Kind


class Wallet(TextExtractor):
    """Finds Bitcoin, Ethereum and Tron addresses whose checksum is right."""

    name = "wallet"
    version = "1"
    pattern = r"0x[0-9a-fA-F]{40}|(?:bc1|BC1)[0-9A-Za-z]{11,87}|[13T][1-9A-HJ-NP-Za-km-z]{24,34}"

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        around = text[max(0, start - 1) : start] + text[end : end + 1]
        if any(c.isascii() and c.isalnum() for c in around):
            return
        value = wallet.normalise(text[start:end])
        if value is None:
            return
        sure = wallet.checked(text[start:end])
        reason = "checksum is right" if sure else "written in one case, so without its checksum"
        yield Hit(Kind.WALLET, value, start, end, 0.99 if sure else 0.7, reason)
