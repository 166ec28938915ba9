"""Files of events with their claims, laid in a lake as extraction pairs them, and their index."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from palermo.store import index, indexed, lake
from palermo.store.hits import Index
from palermo.vocabulary import CLAIMS, Event, events_table, identify

KEY = b"k" * 32
SITES = ["ads.example.org", "rooms.example.net"]


class Lake:
    def __init__(self, folder: Path) -> None:
        self.folder, self.files = folder / "lake", {}
        self.parents: dict[str, str] = {}

    def add(self, events: list[dict]) -> str:
        tables, claims = [], []
        for given in events:
            exhibit, own = given.pop("exhibit"), given.pop("claims", [])
            table = events_table(exhibit, [Event(**given)], "test", "1")
            tables.append(table)
            id = table["id"][0].as_py()
            claims += [self.claim(id, exhibit, given, *one) for one in own]
        (file,) = lake.write_all(self.folder, "events", "b", iter([pa.concat_tables(tables)]))
        found = lake.write(self.folder, "claims", "b", pa.Table.from_pylist(claims, CLAIMS))
        self.files[file.path] = found.path
        return file.path

    def claim(self, event, exhibit, given, kind, value, written, role="poster") -> dict:
        at = given["text"].find(written)
        span = {"start": at, "end": at + len(written)} if at >= 0 else {}
        details = [("name", value)] if kind == "place" else []
        id = identify("c", event, kind, value)
        return span | {"id": id, "event": event, "exhibit": exhibit, "kind": kind, "value": value,
                       "written": written, "role": role, "confidence": 1.0, "details": details}  # fmt: skip

    def job(self, folder: Path) -> indexed.Job:
        return indexed.Job(
            folder=folder, lake=self.folder, key=KEY, files=dict(self.files), parents=self.parents
        )

    def index(self, folder: Path) -> Index:
        index.update(self.job(folder))
        return Index(folder, [*self.files])


def advert(n: int, text: str, *claims: tuple[str, str, str], site: str = SITES[0], **more) -> dict:
    return {
        "kind": "advert", "locator": f"row:{n}", "exhibit": "x1", "text": text, "claims": [*claims],
        "time": datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=7 * n),
        "details": {"title": text[:8], "url": f"https://{site}/{n}"}, "posting": f"{site}/{n}",
    } | more  # fmt: skip


def message(n: int, text: str, *claims: tuple[str, ...], exhibit: str = "x2", **more) -> dict:
    return {
        "kind": "message", "locator": f"row:{n}", "exhibit": exhibit, "text": text,
        "claims": [*claims], "time": datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=n),
    } | more  # fmt: skip
