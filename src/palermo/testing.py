"""Checks the promises that every plugin must keep; ours and a third party's run the same ones."""

import html
import io
import json
import random
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pyarrow as pa

from palermo.decode.decoder import Context, Decoder
from palermo.extract.extractor import Extractor
from palermo.link.matcher import Evidence, Matcher
from palermo.patterns.pattern import Pattern
from palermo.share.format import Dossier, Format
from palermo.vocabulary import (
    CLAIMS,
    FINDINGS,
    LINKS,
    Event,
    EventKind,
    Kind,
    Part,
    Problem,
    Role,
    events_table,
    identify,
)

HEAD = 64 * 1024
UNKNOWN_ZONE_ERROR = 14 * 3600  # seconds: the widest offset in use is 14 h
RENDERED = 512  # bytes: longest written form that may stand for a text unlike it
SLIP = 16  # code points
WHOLE_READ = 1 << 20  # above this size only a few damaged copies are tried


def check_decoder(
    decoder: Decoder, data: bytes, context: Context | None = None, variants: int = 30
) -> list[Event | Part | Problem]:
    """Assert what every decoder promises, on `data` and on damaged copies; return what it read.

    The copies are cut short, or have bytes flipped, dropped, doubled or put in; they are the same
    on every run.
    """
    context = context or Context(exhibit="x" + "0" * 32, name="example")
    items = _read(decoder, data, context, "the file as it is")
    again = _read(decoder, data, context, "the file as it is, read again")
    _must(_plain(items) == _plain(again), "reading twice gives different results")
    for why, damaged in _damage(data, variants):
        _read(decoder, damaged, context, why)
    return items


def _read(
    decoder: Decoder, data: bytes, context: Context, why: str
) -> list[Event | Part | Problem]:
    source = io.BytesIO(data)
    items: list[Event | Part | Problem] = []
    try:
        sure = decoder.accepts(data[:HEAD], context)
        _must(0 <= sure <= 1, f"accepts() gave {sure}, not a number from 0 to 1")
        for item in decoder.read(source, context):
            items.append(item)
            if isinstance(item, Part):  # the workspace seals a part before it asks for more
                _open(item)
        _must(not source.closed, "read() closed the source, which is not its own")
        check_items(decoder, source, items, context)
    except AssertionError as error:
        raise AssertionError(f"{decoder.name}: {why}: {error}") from error
    except Exception as error:
        raise AssertionError(f"{decoder.name}: {why}: raised {error!r}") from error
    return items


def check_items(
    decoder: Decoder, source: io.BytesIO, items: list[Event | Part | Problem], context: Context
) -> None:
    """Assert that what a decoder yielded is unique, located, readable and honest."""
    events = [item for item in items if isinstance(item, Event)]
    parts = [item for item in items if isinstance(item, Part)]
    problems = [item for item in items if isinstance(item, Problem)]
    _must(
        len(events) + len(parts) + len(problems) == len(items),
        "yielded something that is neither Event, Part nor Problem",
    )
    known = _unique(events, parts)
    payloads: dict[str, bytes] = {}
    for event in events:
        if event.locator not in payloads:
            payloads = {event.locator: decoder.payload(source, event.locator)}
        here = f"{event.kind} at {event.locator}"
        _check_event(event, context, here)
        check_map(event, payloads[event.locator], here)
        _must(event.within is None or event.within in known, f"{here}: within names no event")
    for part in parts:
        _must(bool(part.name), f"part at {part.locator} has no name")
        _open(part)
    for problem in problems:
        _must(bool(problem.kind and problem.message), f"problem at {problem.locator} says nothing")
        _must(bool(problem.locator), f"problem {problem.message!r} is not located")
        _must(problem.count >= 1, f"problem at {problem.locator} counts {problem.count}")
    table = events_table(context.exhibit, events, decoder.name, decoder.version)
    table.validate(full=True)


def check_map(event: Event, payload: bytes, here: str) -> None:
    """Assert that each run of an event's map leads to the bytes that its text came from."""
    charset = event.details.get("charset", "utf-8")
    end = 0
    for run in event.map:
        at = f"{here}: run {tuple(run)}"
        _must(end <= run.start < run.end <= len(event.text), f"{at} is not in order in the text")
        _must(0 <= run.first < run.last <= len(payload), f"{at} is outside the payload")
        end = run.end
        text, raw = event.text[run.start : run.end], payload[run.first : run.last]
        written = raw.decode(charset, "replace")
        if text in (written, html.unescape(written)):
            continue
        # a short value may be rendered anew (12,50 as 12.50); a long one of equal length is a slip
        one_to_one = len(written) == len(text) and len(text) > SLIP
        _must(not one_to_one, f"{at} reads {written[:80]!r} but its text is {text[:80]!r}")
        _must(len(raw) <= RENDERED, f"{at} is {len(raw)} bytes for a text unlike them")


def _check_event(event: Event, context: Context, here: str) -> None:
    _must(isinstance(event.kind, EventKind), f"{here}: kind is not of the vocabulary")
    _must(bool(event.locator), f"{here}: no locator")
    if event.time is not None:
        _must(event.time.utcoffset() == timedelta(0), f"{here}: time {event.time} is not aware UTC")
        _must(bool(event.zone), f"{here}: has a time, but says nothing of its zone")
    if event.zone == "unknown" and event.time is not None:
        wide = (event.time_error or 0) >= UNKNOWN_ZONE_ERROR
        _must(wide, f"{here}: zone unknown, yet time_error is {event.time_error}")
    if event.zone is not None and event.zone.startswith("assumed "):
        stated = _stated(context, "zone")
        _must(event.zone.removeprefix("assumed ") in stated, f"{here}: {event.zone}: who says so?")
    if event.region is not None:
        _must(event.region in _stated(context, "region"), f"{here}: region was guessed")
    _must((event.lat is None) == (event.lon is None), f"{here}: half a position")
    if event.lat is not None and event.lon is not None:
        on_earth = -90 <= event.lat <= 90 and -180 <= event.lon <= 180
        _must(on_earth, f"{here}: position {event.lat}, {event.lon}")
    for party in event.parties:
        _must((party.start is None) == (party.end is None), f"{here}: half a span: {party}")
        if party.start is not None:
            written = event.text[party.start : party.end]
            _must(
                _spells(written, party.value),
                f"{here}: {party.value!r} but its span is {written!r}",
            )
    at = 0
    for start, end in event.said or ():
        _must(at <= start < end <= len(event.text), f"{here}: said {start}-{end} is out of order")
        at = end


def _spells(written: str, value: str) -> bool:
    """Whether all letters and digits of a value stand in what was written, in order: a record may
    break it off, and a decoder put its parts together."""
    letters = iter(written)
    return written == value or all(c in letters for c in value if c.isalnum())


def _unique(events: list[Event], parts: list[Part]) -> set[str]:
    keys = [f"{event.kind}@{event.locator}" for event in events]
    known = set(keys)
    _must(len(known) == len(keys), "two events of one kind share a locator")
    places = [(part.locator, part.name) for part in parts]
    _must(len(set(places)) == len(places), "two parts share locator and name")
    return known


def check_extractor(
    extractor: Extractor, texts: list[str], region: str | None = None
) -> list[list[dict[str, object]]]:
    """Assert what every extractor promises on adverts of `texts`; return each text's claims.

    The batch is also read row by row, and beside empty and unpleasant texts, which must change
    nothing.
    """
    unpleasant = ["", " ", "\x00", "\u202e0٣\u20e3\ufe0f" * 40, "@" * 300, "\U0010ffff", "9" * 3000]
    events = _adverts([*texts, *unpleasant], region)
    claims = _claims(extractor, events)
    _must(extractor.find(events.slice(0, 0)).schema == CLAIMS, "no events, no table of claims")
    _must(_claims(extractor, events) == claims, "finding twice gives different claims")
    alone = [c for i in range(len(texts)) for c in _claims(extractor, events.slice(i, 1))]
    ids = events.column("id").to_pylist()[: len(texts)]
    together = [c for c in claims if c["event"] in set(ids)]
    _must(_by_id(alone) == _by_id(together), "a text's claims depend on the texts beside it")
    return [[c for c in together if c["event"] == i] for i in ids]


def check_claims(claims: pa.Table, events: pa.Table, extractor: Extractor) -> None:
    """Assert that claims fit the events that they were found in."""
    _must(claims.schema == CLAIMS, f"{extractor.name}: not the schema of claims")
    texts = dict(zip(events["id"].to_pylist(), events["text"].to_pylist(), strict=True))
    seen: set[str] = set()
    for claim in claims.to_pylist():
        here = f"{extractor.name}: {claim['kind']} {claim['value']!r} in {texts[claim['event']]!r}"
        start, end, written = claim["start"], claim["end"], claim["written"]
        _must((start is None) == (end is None), f"{here}: half a span")
        if start is not None:
            _must(0 <= start < end, f"{here}: span {start} to {end}")
            _must(texts[claim["event"]][start:end] == written, f"{here}: span is not {written!r}")
        spans = ("", "") if start is None else (str(start), str(end))
        own = identify("c", claim["event"], *spans, claim["kind"], claim["value"])
        _must(claim["id"] == own, f"{here}: its id is not made of what it is")
        _must(own not in seen, f"{here}: told twice")
        seen.add(own)
        _must(bool(claim["value"] and written and claim["reason"]), f"{here}: something is empty")
        _must(0 < claim["confidence"] <= 1, f"{here}: confidence {claim['confidence']}")
        _must(claim["kind"] in set(Kind) and claim["role"] in set(Role), f"{here}: unknown word")
        method = (claim["method"], claim["version"])
        _must(method == (extractor.name, extractor.version), f"{here}: method {method}")


def _adverts(texts: list[str], region: str | None) -> pa.Table:
    rows = [
        Event(kind=EventKind.ADVERT, locator=f"row:{i}", text=text, region=region)
        for i, text in enumerate(texts)
    ]
    return events_table("x" + "0" * 32, rows, "example", "1")


def _claims(extractor: Extractor, events: pa.Table) -> list[dict[str, object]]:
    claims = extractor.find(events)
    check_claims(claims, events, extractor)
    rows: list[dict[str, object]] = claims.to_pylist()
    return rows


def _by_id(claims: list[dict[str, object]]) -> dict[object, dict[str, object]]:
    return {claim["id"]: claim for claim in claims}


def _stated(context: Context, key: str) -> set[str]:
    """Return what the exhibit's statement, mappings and site descriptions say under `key`."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, Mapping):
            for name, inner in value.items():
                if name == key:
                    yield str(inner)
                yield from walk(inner)

    stated = {*walk(context.mappings), *walk(context.sites)}
    own = getattr(context.statement, key)
    return stated | {own} if own else stated


def _damage(data: bytes, variants: int) -> Iterator[tuple[str, bytes]]:
    dice = random.Random(len(data))
    size = len(data)
    yield "empty", b""
    if len(data) > WHOLE_READ:
        variants = min(variants, 6)
    for n in range(variants if size else 0):
        at = dice.randrange(size)
        width = dice.choice((1, 2, 7, 64))
        match n % 5:
            case 0:
                yield f"cut to {at} bytes", data[:at]
            case 1:
                noise = dice.randbytes(width)
                yield f"{width} bytes changed at {at}", data[:at] + noise + data[at + width :]
            case 2:
                yield f"{width} bytes dropped at {at}", data[:at] + data[at + width :]
            case 3:
                middle = data[at : at + width * 8]
                yield f"bytes doubled at {at}", data[:at] + middle + data[at:]
            case _:
                noise = dice.choice(
                    (b"\0", b"\xff\xfe", b"\r", b"\n\n", b'"', b"<", b"\xed\xa0\x80")
                )
                yield f"{noise!r} put in at {at}", data[:at] + noise + data[at:]


def _open(part: Part) -> None:
    with part.open() as stream:
        while stream.read(1 << 20):
            pass


def _plain(items: list[Event | Part | Problem]) -> list[object]:
    return [(i.name, i.locator) if isinstance(i, Part) else i for i in items]


def _must(kept: bool, otherwise: str) -> None:
    if not kept:
        raise AssertionError(otherwise)


def check_format(format: Format, dossier: Dossier, folder: Path) -> list[Path]:
    """Assert what every format promises, on `dossier`; return the files it wrote in `folder`.

    Writing twice, into two empty folders, must give the same names and the same bytes; every file
    lies in its folder and holds something; nothing else is left there.
    """
    _must(isinstance(format, Format), f"{format!r} does not keep the contract of a format")
    _must(bool((type(format).__doc__ or "").strip()), "its class says nothing of what it writes")
    written: list[list[Path]] = []
    for name in ("first", "again"):
        place = folder / name
        place.mkdir()
        files = format.write(dossier, place)
        _must(bool(files), f"{format.name}: wrote no file")
        _must(sorted(files) == sorted(p for p in place.rglob("*") if p.is_file()),
              f"{format.name}: the files it names are not the files it left")  # fmt: skip
        _must(all(f.stat().st_size for f in files), f"{format.name}: a file is empty")
        written.append(files)
    for one, other in zip(*written, strict=True):
        _must(one.name == other.name, f"{format.name}: {one.name} became {other.name}")
        _must(one.read_bytes() == other.read_bytes(),
              f"{format.name}: {one.name} has other bytes for the same dossier")  # fmt: skip
    return written[0]


def check_matcher(matcher: Matcher, evidence: Evidence) -> pa.Table:
    """Assert what every matcher promises, on `evidence`; return the links it suggests.

    The same evidence gives the same links; each ties two nodes, says why without repeating their
    values (reasons are shown unmasked), and rests on claims or events that exist.
    """
    table = matcher.match(evidence)
    _must(isinstance(matcher, Matcher), f"{matcher!r} does not keep the contract of a matcher")
    _must(bool((type(matcher).__doc__ or "").strip()), "its class says nothing of why it links")
    _must(table.schema.equals(LINKS), f"{matcher.name}: columns are not those of LINKS")
    _must(table.equals(matcher.match(evidence)), f"{matcher.name}: twice gives different links")
    _sound(table, matcher.name, "claims", _ids(evidence, "events", "claims"))
    for row in table.select(["a", "b", "reason"]).to_pylist():
        here = f"{matcher.name}: {row['a']} with {row['b']}"
        _must(row["a"] != row["b"], f"{here}: ties a node to itself")
        values = [x.split(":", 1)[1] for x in (row["a"], row["b"]) if ":" in x]
        _must(not any(v in row["reason"] for v in values), f"{here}: the reason repeats a value")
    return table


def check_pattern(pattern: Pattern, evidence: Evidence) -> pa.Table:
    """Assert what every pattern promises, on `evidence`; return its findings.

    Each has subjects, a reason, what speaks against it, evidence that exists and details in JSON;
    none calls anyone a suspect, which is for people to say.
    """
    table = pattern.find(evidence)
    _must(isinstance(pattern, Pattern), f"{pattern!r} does not keep the contract of a pattern")
    _must(bool((type(pattern).__doc__ or "").strip()), "its class says nothing of what it sees")
    _must(table.schema.equals(FINDINGS), f"{pattern.name}: columns are not those of FINDINGS")
    _must(table.equals(pattern.find(evidence)), f"{pattern.name}: twice gives different findings")
    _sound(table, pattern.name, "evidence", _ids(evidence, "events", "claims", "links"))
    for row in table.to_pylist():
        here = f"{pattern.name}: {row['id']}"
        _must(bool(row["subjects"]), f"{here}: is about nobody")
        _must(bool(row["title"] and row["counter"]), f"{here}: no title, or nothing against it")
        told = f"{row['title']} {row['reason']} {row['counter']}".casefold()
        _must("suspect" not in told, f"{here}: calls somebody a suspect")
        _must(isinstance(json.loads(row["details"]), dict), f"{here}: details are no JSON object")
    return table


def _ids(evidence: Evidence, *views: str) -> set[str]:
    return {x for v in views for x in evidence.sql(f"SELECT id FROM {v}")["id"].to_pylist()}


def _sound(table: pa.Table, name: str, rests_on: str, known: set[str]) -> None:
    ids = table["id"].to_pylist()
    _must(len(set(ids)) == len(ids), f"{name}: two rows share an id")
    for row in table.select(["id", "score", "reason", rests_on, "version"]).to_pylist():
        here = f"{name}: {row['id']}"
        _must(0 <= row["score"] <= 1, f"{here}: score {row['score']} is not from 0 to 1")
        _must(bool(row["reason"]) and bool(row["version"]), f"{here}: no reason or version")
        _must(bool(row[rests_on]), f"{here}: rests on nothing")
        lost = set(row[rests_on]) - known
        _must(not lost, f"{here}: rests on {sorted(lost)[:3]}, which do not exist")
