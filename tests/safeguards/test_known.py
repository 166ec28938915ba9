"""Lists of known material: what is read of them, told of them, and matched by them."""

import hashlib
import pickle
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.safeguards.known import (
    NEAR,
    WIDTHS,
    KnownList,
    decoded,
    match_bytes,
    match_picture,
    pack,
    read,
    wanted,
)

RNG = random.Random(7)
SHA256, SHA1, MD5, PDQ = (RNG.randbytes(n).hex() for n in (32, 20, 16, 32))


def found(text: str) -> set[str]:
    return {f"{kind}:{d.hex()}" for kind, digests in read(text)[0].items() for d in digests}


@pytest.mark.parametrize(
    ("text", "hashes", "lines", "why"),
    [
        (SHA256, {f"sha256:{SHA256}"}, [], "64 digits without a mark are SHA-256"),
        (SHA256.upper(), {f"sha256:{SHA256}"}, [], "capitals"),
        (f"pdq:{PDQ}", {f"pdq:{PDQ}"}, [], "a PDQ hash is marked"),
        (f"SHA-1: {SHA1}\nmd5:{MD5}", {f"sha1:{SHA1}", f"md5:{MD5}"}, [], "marks of other kinds"),
        (f"{MD5}  a file.bin", {f"md5:{MD5}"}, [], "as md5sum writes"),
        (f"# made by us\n\n{SHA1}\r\n", {f"sha1:{SHA1}"}, [], "comments, gaps, other line ends"),
        (
            f'"MD5","SHA-1","File name","PDQ"\n{MD5},{SHA1},"a, b",{PDQ}\n{MD5},,x,',
            {f"md5:{MD5}", f"sha1:{SHA1}", f"pdq:{PDQ}"},
            [],
            "a header names the columns, other columns are left, empty cells are none",
        ),
        (f"SHA-256 hash,file\n{SHA256},x", {f"sha256:{SHA256}"}, [], "a header of more words"),
        (f"id;sha256\n1;{SHA256}", {f"sha256:{SHA256}"}, [], "semicolons"),
        (f"hash\tnote\n{MD5}\tx\npdq:{PDQ}\ty", {f"md5:{MD5}", f"pdq:{PDQ}"}, [], "any kind"),
        (f"pdq\n{SHA256[:-1]}\n{PDQ}", {f"pdq:{PDQ}"}, [2], "a digit is missing"),
        (f"{MD5}\n{'g' * 32}\nabc\n{SHA1}", {f"md5:{MD5}", f"sha1:{SHA1}"}, [2, 3], "no hashes"),
        (f"md5\nsha1:{SHA1}\n", set(), [2], "a mark that speaks against its column"),
        (f"md5,sha1\n{MD5},zz\n", {f"md5:{MD5}"}, [2], "the rest of a bad line is taken"),
        ("md5,name\n,x\n", set(), [2], "a row without any hash"),
        ("aa bb" + "c" * 27 + "\n" + MD5, {f"md5:{MD5}"}, [1], "a gap within"),
    ],
)
def test_a_list_is_read_line_by_line(text: str, hashes: set[str], lines: list[int], why: str):
    assert found(text) == hashes, why
    assert [int(f.split()[1].rstrip(":")) for f in read(text)[1]] == lines, why


def test_a_bad_line_is_told_without_its_words() -> None:
    assert "secret" not in " ".join(read("secret name\n")[1])


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    hashes, faults = read(text)
    assert all(len(d) == WIDTHS[kind] for kind, digests in hashes.items() for d in digests)
    assert all(fault.startswith("line ") for fault in faults)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_of_order_are_no_part_of_the_first_hash(codec: str) -> None:
    assert found(decoded(f"{MD5}\n".encode(codec))) == {f"md5:{MD5}"}


def kept(folder: Path, hashes: dict[str, set[bytes]]) -> KnownList:
    counts, packed = pack(hashes)
    path = folder / hashlib.sha256(packed).hexdigest()
    path.write_bytes(packed)
    return KnownList(name="a", duty="", counts=counts, path=path)


def test_every_hash_of_a_list_is_found_and_no_other(tmp_path: Path) -> None:
    rng = random.Random(1)
    hashes = {kind: {rng.randbytes(w) for _ in range(257)} for kind, w in WIDTHS.items()}
    hashes["md5"] |= {bytes(16), b"\xff" * 16}
    known = pickle.loads(pickle.dumps(kept(tmp_path, hashes)))  # as it goes to other processes
    for kind, digests in hashes.items():
        assert all(known.holds(kind, digest.hex()) for digest in digests)
        for _ in range(300):
            other = rng.randbytes(WIDTHS[kind])
            assert known.holds(kind, other.hex()) is (other in digests)
    assert wanted([known]) == ["md5", "sha1"]
    assert match_bytes([known], {"md5": bytes(16).hex()}) is not None


def test_an_empty_kind_matches_nothing(tmp_path: Path) -> None:
    known = kept(tmp_path, {"md5": {bytes(16)}})
    assert wanted([known]) == ["md5"]
    assert not known.holds("sha256", SHA256) and known.near(PDQ) is None


def flipped(pdq: str, bits: list[int]) -> str:
    return f"{int(pdq, 16) ^ sum(1 << bit for bit in bits):064x}"


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> KnownList:
    hashes = {bytes.fromhex(PDQ), *(random.Random(3).randbytes(32 * 20)[i::20] for i in range(20))}
    return kept(tmp_path_factory.mktemp("known"), {"pdq": hashes})


@given(bits=st.lists(st.integers(0, 255), unique=True, max_size=64), quality=st.integers(0, 100))
def test_a_picture_matches_within_31_bits_and_of_quality_50(bits, quality, pictures):
    known = pictures
    near = flipped(PDQ, bits)
    match = match_picture([known], {"pdq": near, "pdq_quality": str(quality)})
    assert (match is not None) is (len(bits) <= NEAR and quality >= 50)
    if match:
        assert match.digest == PDQ, "what is recorded is the list's own hash"
    turned = {"pdq": flipped(PDQ, list(range(128))), "pdq_upright": near, "pdq_quality": quality}
    assert (match_picture([known], turned) is not None) is (match is not None)
