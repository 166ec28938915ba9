"""Keccak-256 as Ethereum uses it: the original padding, not that of SHA-3 (FIPS 202)."""

_MASK = (1 << 64) - 1
_RATE = 136  # bytes absorbed at a time for a digest of 256 bits
_ROUNDS = 24


def _constants() -> list[int]:
    """The round constants, from the linear feedback register that defines them."""
    out, register = [], 1
    for _ in range(_ROUNDS):
        constant = 0
        for j in range(7):
            if register & 1:
                constant ^= 1 << ((1 << j) - 1)
            register = ((register << 1) ^ ((register >> 7) * 0x171)) & 0xFF
        out.append(constant)
    return out


_CONSTANTS = _constants()


def _turn(lane: int, by: int) -> int:
    return ((lane << by) | (lane >> (64 - by))) & _MASK if by else lane


def _permute(a: list[list[int]]) -> None:
    """Keccak-f[1600] on five columns of five lanes, in place."""
    for constant in _CONSTANTS:
        c = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
        d = [c[(x - 1) % 5] ^ _turn(c[(x + 1) % 5], 1) for x in range(5)]
        for x in range(5):
            for y in range(5):
                a[x][y] ^= d[x]
        x, y, current = 1, 0, a[1][0]
        for t in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, a[x][y] = a[x][y], _turn(current, (t + 1) * (t + 2) // 2 % 64)
        for y in range(5):
            row = [a[x][y] for x in range(5)]
            for x in range(5):
                a[x][y] = row[x] ^ (~row[(x + 1) % 5] & _MASK & row[(x + 2) % 5])
        a[0][0] ^= constant


def keccak256(data: bytes) -> bytes:
    padded = bytearray(data + b"\x01" + b"\x00" * (-(len(data) + 1) % _RATE))
    padded[-1] |= 0x80
    a = [[0] * 5 for _ in range(5)]
    for block in range(0, len(padded), _RATE):
        for i in range(_RATE // 8):
            at = block + 8 * i
            a[i % 5][i // 5] ^= int.from_bytes(padded[at : at + 8], "little")
        _permute(a)
    return b"".join(a[x][0].to_bytes(8, "little") for x in range(4))
