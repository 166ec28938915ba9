"""A small fictional case in eight scripts, cleared for sharing, and a hostile one."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pyarrow as pa

from palermo.share.format import Dossier
from palermo.vocabulary import (
    CLAIMS,
    FINDINGS,
    LINKS,
    PROBLEMS,
    Event,
    EventKind,
    Kind,
    Party,
    Role,
    events_table,
    identify,
)

DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PHONE, OTHER = "+442079460018", "+442079460123"
ADVERTS = [
    ("en", "Rooms and travel arranged, call O2O 7946 oo18 any time", "London"),
    ("es", "Viajes y habitaciones, llame al 020 7946 0018, señor Núñez", "Málaga"),
    ("ro", "Transport și cazare în Anglia, sunați la 020 7946 0018", "Iași"),
    ("vi", "Cho thuê phòng và vé xe, gọi 020 7946 0018 gặp chị Nguyễn", "Hà Nội"),
    ("ar", "غرف ورحلات، اتصل على 020 7946 0018 في أي وقت", "بيروت"),
    ("ru", "Комнаты и поездки, звоните 020 7946 0018", "Москва"),
    ("th", "ห้องพักและการเดินทาง โทร 020 7946 0018 ได้ตลอดเวลา", "กรุงเทพฯ"),
    ("zh", "出租房间和车票，请致电 020 7946 0018 📞", "上海"),
]

EXHIBITS = pa.schema(
    [("number", pa.string()), ("id", pa.string()), ("name", pa.string()), ("origin", pa.string()),
     ("sha256", pa.string()), ("size", pa.int64()), ("acquired", pa.timestamp("us", "UTC")),
     ("acquired_by", pa.string()), ("method", pa.string()), ("parent", pa.string())]
)  # fmt: skip
IDENTITIES = pa.schema([("node", pa.string()), ("identity", pa.string())])
DECISIONS = pa.schema(
    [("number", pa.int64()), ("at", pa.timestamp("us", "UTC")), ("actor", pa.string()),
     ("act", pa.string()), ("subjects", pa.list_(pa.string())), ("reason", pa.string())]
)  # fmt: skip
PERSONS = pa.schema(
    [("number", pa.int64()), ("label", pa.string()), ("role", pa.string()),
     ("since", pa.timestamp("us", "UTC")), ("until", pa.timestamp("us", "UTC")),
     ("source", pa.string())]
)  # fmt: skip
DISCLOSURE = pa.schema(
    [("kind", pa.string()), ("subject", pa.string()), ("description", pa.string()),
     ("reason", pa.string()), ("decided_by", pa.string()), ("at", pa.timestamp("us", "UTC"))]
)  # fmt: skip


def exhibit(n: int, name: str, parent: str | None = None) -> dict[str, object]:
    return {"number": f"EX-{n}", "id": identify("x", str(n)), "name": name, "size": 2048 * n,
            "origin": f"seized telephone {n}, /export/{name}", "sha256": identify("", str(n)) * 2,
            "acquired": DAY - timedelta(days=1), "acquired_by": "Officer A. Example",
            "method": "folder", "parent": parent}  # fmt: skip


def events(exhibits: list[dict[str, object]]) -> pa.Table:
    """Return the case's events: adverts in eight scripts, a call, a payment, positions, a note."""
    adverts = [
        Event(kind=EventKind.ADVERT, locator=f"row:{n}", time=DAY + timedelta(days=n),
              time_error=60, zone="+01:00",
              time_written=f"{DAY + timedelta(days=n):%d/%m/%Y %H:%M}",
              place=place, text=text, region="GB",
              details={"title": text[:20], "url": f"https://example.org/ad/{n}"})
        for n, (_, text, place) in enumerate(ADVERTS, 1)
    ]  # fmt: skip
    others = [
        Event(kind=EventKind.CALL, locator="row:1;offset:0;length:80", time=DAY, time_error=0,
              zone="assumed Europe/London", details={"duration": "61", "type": "call"},
              parties=[Party(Role.CALLER, Kind.PHONE, PHONE),
                       Party(Role.CALLEE, Kind.PHONE, OTHER)]),
        Event(kind=EventKind.PAYMENT, locator="row:2", time=DAY + timedelta(days=2),
              time_error=86400, amount=Decimal("1234567890123456.12345678"), currency="GBP",
              text="02/03/2026;Transfer;R-0001;1234567890123456.12345678",
              parties=[Party(Role.PAYER, Kind.IBAN, "GB33BUKB20201555555555"),
                       Party(Role.PAYEE, Kind.ACCOUNT, "00012345")]),
        Event(kind=EventKind.POSITION, locator="row:3", time=DAY + timedelta(days=3, seconds=1),
              lat=51.50735, lon=-0.12776, place_error=25.0, details={"speed": "0"}),
        Event(kind=EventKind.NOTE, locator="row:4", text="Seen by Officer A. Example at the stop."),
        Event(kind=EventKind.MESSAGE, locator="row:5", time=DAY + timedelta(hours=2),
              time_error=50400, zone="unknown", text="Ticket is booked\nsee +44 20 7946 0123",
              parties=[Party(Role.SENDER, Kind.NAME, "Ana"),
                       Party(Role.RECIPIENT, Kind.PHONE, OTHER)],
              details={"thread": "Ana"}),
        Event(kind=EventKind.PHOTOGRAPH, locator="file", time=DAY + timedelta(days=4), lat=48.85,
              lon=2.35, details={"sha256": "a" * 64, "make": "Example", "model": "M1"}),
        Event(kind=EventKind.TIP, locator="row:6", text="Workers at the farm keep no passports."),
        Event(kind=EventKind.BALANCE, locator="row:7", time=DAY, amount=Decimal("-10.50"),
              currency="EUR", parties=[Party(Role.HOLDER, Kind.IBAN, "GB33BUKB20201555555555")]),
        Event(kind=EventKind.PAGE, locator="offset:9;length:10", time=DAY, text="Rooms",
              details={"url": "https://example.org/", "title": "Rooms", "media_type": "text/html"}),
    ]  # fmt: skip
    tables = [
        events_table(str(exhibits[0]["id"]), adverts, "csv", "1", "GB"),
        events_table(str(exhibits[1]["id"]), others, "csv", "1", "GB"),
    ]
    table = pa.concat_tables(tables)
    numbers = {e["id"]: e["number"] for e in exhibits}
    column = [numbers[x] for x in table["exhibit"].to_pylist()]
    return table.append_column("exhibit_number", pa.array(column, pa.string()))


def claims(table: pa.Table) -> pa.Table:
    """Return the phone number in each advert, and the parties of every event."""
    rows = []
    for event in table.to_pylist():
        found = [
            (p["kind"], p["value"], p["value"], None, None, p["role"]) for p in event["parties"]
        ]
        text = event["text"]
        if event["kind"] == "advert":
            start = text.index("O2O" if "O2O" in text else "020")
            found.append(("phone", PHONE, text[start : start + 13], start, start + 13, "poster"))
            found.append(("place", "geonames:2643743", event["place"], None, None, "content"))
        for kind, value, written, start, end, role in found:
            rows.append({"id": identify("c", event["id"], str(start), kind, value),
                         "event": event["id"], "exhibit": event["exhibit"], "kind": kind,
                         "value": value, "written": written, "start": start, "end": end,
                         "role": role, "confidence": 0.9, "reason": "as a national number",
                         "details": [], "method": kind, "version": "1"})  # fmt: skip
    return pa.Table.from_pylist(rows, schema=CLAIMS)


def make(**changed: object) -> Dossier:
    """Return the fictional case; `changed` replaces fields of the dossier."""
    exhibits = [exhibit(1, "adverts.csv"), exhibit(2, "export.zip"),
                exhibit(12, "สลิป โอน.csv", identify("x", "2"))]  # fmt: skip
    table = events(exhibits)
    found = claims(table)
    adverts = [e["id"] for e in table.to_pylist() if e["kind"] == "advert"]
    contact = [c for c in found.to_pylist() if c["role"] == "poster"]
    links = [{"id": identify("l", c["event"], PHONE), "kind": "same_identifier", "a": c["event"],
              "b": f"phone:{PHONE}", "score": 0.93, "claims": [c["id"]],
              "reason": "The same phone number, found in 8 events of this case.",
              "method": "same_identifier", "version": "1"} for c in contact]  # fmt: skip
    stays = [{"place": place, "start": (DAY + timedelta(days=n)).isoformat(),
              "end": (DAY + timedelta(days=n, hours=8)).isoformat(), "basis": "claimed",
              "sources": "1 advert"}
             for n, (_, _, place) in enumerate(ADVERTS, 1)]  # fmt: skip
    finding = {"id": identify("f", "circuit"), "kind": "circuit", "subjects": [f"phone:{PHONE}"],
               "score": 0.8, "start": DAY, "end": DAY + timedelta(days=8),
               "title": "One contact advertised in eight cities within eight days",
               "reason": "The adverts with this number moved from place to place in order of time.",
               "counter": "The number may be an agency's switchboard, an interpreter's or an aid "
                          "group's; the places are as written and may be untrue.",
               "evidence": [*adverts, identify("e", "withheld")],
               "details": json.dumps({
                   "stays": stays,
                   "gaps": [{"start": "2026-03-03T17:30:00+00:00", "end": "2026-03-04T09:30:00"}],
                   "contradictions": [{"reason": "Two cities at once.", "events": adverts[:2]}],
               }), "method": "circuit",
               "version": "1"}  # fmt: skip
    fields: dict[str, object] = {
        "case": "Operation Example / Operación Ejemplo", "offence": "trafficking",
        "authority": "Example District Court, order 12/2026", "basis": "Example Act, section 4",
        "necessity": "No other means would find who holds the papers", "scope": "the whole authority",
        "profile": "police",
        "recipient": "Example Prosecution Service", "purpose": "prosecution",
        "handling": "OFFICIAL: for the named recipient only; victims' data protected",
        "made": datetime(2026, 4, 1, 12, 0, tzinfo=UTC), "made_by": "Officer A. Example", "run": 7,
        "custody_entries": 1234, "custody_head": "ab" * 32,
        "exhibits": pa.Table.from_pylist(exhibits, schema=EXHIBITS),
        "events": table, "claims": found,
        "links": pa.Table.from_pylist(links, schema=LINKS),
        "findings": pa.Table.from_pylist([finding], schema=FINDINGS),
        "identities": pa.Table.from_pylist(
            [{"node": node, "identity": adverts[0]} for node in (*adverts, f"phone:{PHONE}")],
            schema=IDENTITIES),
        "decisions": pa.Table.from_pylist(
            [{"number": 1, "at": DAY + timedelta(days=20), "actor": "Officer B. Example",
              "act": "confirm", "subjects": [finding["id"]], "reason": "Read with the exhibits."},
             {"number": 2, "at": DAY + timedelta(days=21), "actor": "Officer B. Example",
              "act": "reject", "subjects": [adverts[0], "phone:" + OTHER],
              "reason": "A wrong number, the holder was asked."}], schema=DECISIONS),
        "persons": pa.Table.from_pylist(
            [{"number": 1, "label": "V1", "role": "possible victim", "since": DAY, "until": None,
              "source": "statement of 2 March 2026"}], schema=PERSONS),
        "disclosure": pa.Table.from_pylist(
            [{"kind": "rejected link", "subject": f"{adverts[0]} and phone:{OTHER}",
              "description": "One advert and the number +442079460123",
              "reason": "A wrong number, the holder was asked.",
              "decided_by": "Officer B. Example", "at": DAY + timedelta(days=21)}],
            schema=DISCLOSURE),
        "problems": pa.Table.from_pylist(
            [{"id": identify("p", "1"), "exhibit": exhibits[1]["id"], "locator": "row:9",
              "kind": "bad row", "message": "The row has 3 fields, 5 were expected.", "count": 4}],
            schema=PROBLEMS),
        "withheld": {"a victim's name, masked": 12, "a shelter's place": 1},
    }  # fmt: skip
    return Dossier(**(fields | changed))  # type: ignore[arg-type]
