"""FollowTheMoney entities as JSON lines, for tools that speak that vocabulary.

Source of schemata and properties: the model of followthemoney 4.11. Everything names its proof: the
exhibit as a `Document`, with locator, method and review in `summary`. What has no property there
(spans, uncertainty, confidence) stays in Palermo's own tables; a SHA-256 stands in `notes`, because
`contentHash` takes SHA-1 alone.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import pyarrow as pa

from palermo.share.format import Dossier
from palermo.share.ftm_nodes import PHONE, described, node_of
from palermo.share.paper.cite import BY_HAND, subjects
from palermo.share.paper.plain import plain
from palermo.vocabulary import EventKind, Kind, Role, identify

Row = dict[str, Any]
Properties = dict[str, list[str]]

DAY_ERROR = 43_200  # seconds: a time less certain than this is written as its day
UNREVIEWED = "machine-read, not reviewed by a person"

IDENTIFIERS = frozenset(
    {Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.IBAN, Kind.ACCOUNT, Kind.CARD, Kind.WALLET,
     Kind.PLATE, Kind.DOCUMENT, Kind.DEVICE, Kind.VESSEL, Kind.PICTURE, Kind.NAME}
)  # fmt: skip
DOCUMENTS = {  # the events that are documents, and so can be linked to what they mention
    EventKind.PAGE: "HyperText",
    EventKind.ADVERT: "PlainText",
    EventKind.PHOTOGRAPH: "Image",
}
TEXTS = frozenset({*DOCUMENTS, EventKind.TIP, EventKind.NOTE})
TOLD = ("make", "model", "sha256", "contact", "price")  # details kept as notes
ACCOUNTS = frozenset({Kind.IBAN, Kind.ACCOUNT, Kind.CARD})


class Ftm:
    """Writes FollowTheMoney entities as JSON lines, every one with the exhibit as its proof."""

    name = "ftm"
    version = "1"

    def write(self, dossier: Dossier, folder: Path) -> list[Path]:
        path = folder / "entities.ftm.json"
        with path.open("w", encoding="utf-8", newline="\n") as out:
            _Writer(dossier, out).write()
        return [path]


class _Writer:
    """One run over a dossier; nodes are written once, when first met."""

    def __init__(self, dossier: Dossier, out: IO[str]) -> None:
        self.dossier = dossier
        self.out = out
        self.written: set[str] = set()
        self.locators: dict[str, str] = {}  # of the events that are documents
        self.numbers = {
            row["id"]: row["number"]
            for row in dossier.exhibits.select(["id", "number"]).to_pylist()
        }

    def write(self) -> None:
        self._about()
        for exhibit in dossier_rows(self.dossier.exhibits):
            self._exhibit(exhibit)
        for event in dossier_rows(self.dossier.events):
            if event["kind"] in TEXTS:
                self.locators[event["id"]] = event["locator"]
            self._event(event)
        for claim in dossier_rows(self.dossier.claims):
            self._claim(claim)
        for link in dossier_rows(self.dossier.links):
            self._link(link)
        self._identities()
        for person in dossier_rows(self.dossier.persons):
            self._put(identify("h", str(person["number"])), "Person", name=[person["label"]],
                      summary=[f"role: {person['role']}; source: {person['source']}"])  # fmt: skip
        for finding in dossier_rows(self.dossier.findings):
            self._finding(finding)
        for n, row in enumerate(dossier_rows(self.dossier.disclosure), 1):
            why = f"{row['subject']}: {row['reason']} ({row['decided_by']})"
            self._put(identify("d", str(n)), "Note", name=[f"disclosure: {row['kind']}"],
                      description=[row["description"]], summary=[why])  # fmt: skip

    def _put(self, id: str, schema: str, **properties: Iterable[object]) -> str:
        if id in self.written:
            return id
        self.written.add(id)
        kept: Properties = {}
        for name, values in sorted(properties.items()):
            texts = dict.fromkeys(plain(str(v)).strip() for v in values if v not in (None, ""))
            if texts := {text: None for text in texts if text}:
                kept[name] = list(texts)
        entity = {"id": id, "schema": schema, "properties": kept}
        self.out.write(json.dumps(entity, ensure_ascii=False, separators=(",", ":")) + "\n")
        return id

    def _about(self) -> None:
        d = self.dossier
        limits = (f"For {d.recipient}; purpose: {d.purpose}; handling: {d.handling}. "
                  f"Authority: {d.authority}; basis: {d.basis}; necessity: {d.necessity}; "
                  f"scope: {d.scope}; profile {d.profile}; run {d.run}.")  # fmt: skip
        self._put(identify("k", d.case), "Note", name=[d.case], description=[limits],
                  summary=["Events and values are machine-read unless a review is named; "
                           "an UnknownLink is a suggestion that a person confirmed."],
                  createdAt=[_date(d.made)], publisher=[d.made_by])  # fmt: skip

    def _exhibit(self, row: Row) -> None:
        self._put(row["id"], "Document", fileName=[row["name"]], title=[row["number"]],
                  fileSize=[row["size"]], notes=[f"SHA-256 {row['sha256']}"],
                  retrievedAt=[_date(row["acquired"])],
                  summary=[f"exhibit {row['number']}, from {row['origin']}, acquired by "
                           f"{row['acquired_by']} ({row['method']})"])  # fmt: skip

    def _event(self, event: Row) -> None:
        proof = {"proof": self._proof(event["exhibit"]), "summary": [_where(event)]}
        match event["kind"]:
            case EventKind.PAGE | EventKind.ADVERT | EventKind.PHOTOGRAPH:
                self._document(event, DOCUMENTS[EventKind(event["kind"])], proof)
            case EventKind.MESSAGE if _parties(event, Role.SENDER):
                self._put(event["id"], "Message", **proof, bodyText=[event["text"] or "–"],
                          date=_day(event), sender=self._holders(event, Role.SENDER),
                          recipients=self._holders(event, Role.RECIPIENT),
                          threadTopic=[dict(event["details"] or []).get("thread")])  # fmt: skip
            case EventKind.CALL:
                self._call(event, proof)
            case EventKind.PAYMENT if _parties(event, Role.PAYER) and _parties(event, Role.PAYEE):
                self._payment(event, proof)
            case EventKind.TIP | EventKind.NOTE:
                self._put(event["id"], "Note", **proof, description=[event["text"]],
                          name=[event["kind"]], createdAt=_day(event))  # fmt: skip
            case kind:
                self._put(event["id"], "Event", **proof, name=[kind], date=_day(event),
                          involved=self._holders(event, *Role), location=[event["place"]],
                          addressEntity=self._position(event), description=[event["text"]],
                          notes=[_amount(event)])  # fmt: skip

    def _document(self, event: Row, schema: str, proof: dict[str, list[str]]) -> None:
        details = dict(event["details"] or [])
        name = details.get("title") or f"{event['kind']} {_where(event)}"
        self._put(event["id"], schema, **proof, fileName=[name], title=[details.get("title")],
                  bodyText=[event["text"]], date=_day(event),
                  sourceUrl=[u for u in [details.get("url", "")] if _is_url(u)],
                  locationMentioned=[event["place"]], addressEntity=self._position(event),
                  notes=[f"{key}: {details[key]}" for key in TOLD
                         if details.get(key)])  # fmt: skip

    def _call(self, event: Row, proof: dict[str, list[str]]) -> None:
        details = dict(event["details"] or [])
        numbers = {role: [p["value"] for p in _parties(event, role) if PHONE.fullmatch(p["value"])]
                   for role in (Role.CALLER, Role.CALLEE)}  # fmt: skip
        self._put(event["id"], "Call", **proof, date=_day(event), recordId=[event["id"]],
                  caller=self._holders(event, Role.CALLER),
                  receiver=self._holders(event, Role.CALLEE),
                  callerNumber=numbers[Role.CALLER], receiverNumber=numbers[Role.CALLEE],
                  duration=[details.get("duration")],
                  description=[details.get("type")])  # fmt: skip

    def _payment(self, event: Row, proof: dict[str, list[str]]) -> None:
        amount = [] if event["amount"] is None else [f"{event['amount'].normalize():f}"]
        self._put(event["id"], "Payment", **proof, date=_day(event), recordId=[event["id"]],
                  payer=self._holders(event, Role.PAYER),
                  beneficiary=self._holders(event, Role.PAYEE),
                  payerAccount=self._accounts(event, Role.PAYER),
                  beneficiaryAccount=self._accounts(event, Role.PAYEE), amount=amount,
                  currency=[event["currency"]], purpose=[event["text"]],
                  transactionNumber=[dict(event["details"] or []).get("reference")])  # fmt: skip

    def _claim(self, claim: Row) -> None:
        locator = self.locators.get(claim["event"])
        if claim["kind"] not in IDENTIFIERS or locator is None:
            return
        node = self._node(node_of(claim["kind"], claim["value"]))
        self._put(claim["id"], "UnknownLink", subject=[claim["event"]], object=[node],
                  role=[f"{claim['role']} in this document"], status=[UNREVIEWED],
                  summary=[f"written “{claim['written']}” at {locator}; read by "
                           f"{claim['method']} {claim['version']}"],
                  proof=self._proof(claim["exhibit"]))  # fmt: skip

    def _link(self, link: Row) -> None:
        ends = [self._node(link["a"]), self._node(link["b"])]
        self._put(link["id"], "UnknownLink", subject=ends[:1], object=ends[1:],
                  role=[link["kind"]], status=["confirmed by a person"],
                  summary=[f"{link['reason'] or ''} Strength {link['score'] or 0:.2f}, which is "
                           "no probability."], recordId=[link["id"]])  # fmt: skip
        for event in sorted({link["a"], link["b"]} & self.locators.keys()):
            self._put(identify("o", event), "UnknownLink", subject=[self._node(event)],
                      object=[event], role=["author of this document"])  # fmt: skip

    def _identities(self) -> None:
        members: dict[str, list[str]] = {}
        for row in dossier_rows(self.dossier.identities):
            members.setdefault(row["identity"], []).append(row["node"])
        for identity, nodes in members.items():
            if len(nodes) < 2:
                continue
            id = self._put(
                identify("i", identity),
                "LegalEntity",
                name=[f"identity {identity}"],
                summary=["computed from links and decisions; may be several persons"],
            )
            for node in nodes:
                self._put(identify("m", identity, node), "UnknownLink", subject=[id],
                          object=[self._node(node)], role=["node of this identity"])  # fmt: skip

    def _finding(self, finding: Row) -> None:
        self._put(finding["id"], "Note", name=[finding["title"]], description=[finding["reason"]],
                  notes=[f"against it: {finding['counter']}"] if finding["counter"] else [],
                  summary=[f"{finding['kind']}, strength {finding['score'] or 0:.2f}, which is no "
                           "probability; reviewed by a person"],
                  entity=[self._node(node) for node in subjects(finding)])  # fmt: skip

    def _node(self, node: str) -> str:
        """Write what a node stands for, once, and return its id."""
        schema, properties = described(node)
        return self._put(identify("n", node), schema, **properties)

    def _holders(self, event: Row, *roles: Role) -> list[str]:
        """Write whoever stands behind each party in these roles, and return their ids."""
        return [self._holder(p["kind"], p["value"], event) for p in _parties(event, *roles)]

    def _holder(self, kind: str, value: str, event: Row) -> str:
        node = node_of(kind, value)
        if kind in (Kind.PHONE, Kind.EMAIL):
            return self._node(node)
        if node == f"name:{value}":  # a display name names nobody outside its exhibit
            node = f"name:{event['exhibit']}:{value}"
        return self._put(identify("u", node), "LegalEntity", name=[value],
                         summary=[f"whoever uses this {kind}; not identified"])  # fmt: skip

    def _accounts(self, event: Row, role: Role) -> list[str]:
        parties = [p for p in _parties(event, role) if p["kind"] in ACCOUNTS]
        return [self._node(node_of(p["kind"], p["value"])) for p in parties]

    def _position(self, event: Row) -> list[str]:
        if event["lat"] is None or event["lon"] is None:
            return []
        at = (f"{event['lat']:.5f}", f"{event['lon']:.5f}")
        return [self._put(identify("g", *at), "Address", name=[", ".join(at)], full=[", ".join(at)],
                          latitude=at[:1], longitude=at[1:])]  # fmt: skip

    def _proof(self, exhibit: str) -> list[str]:
        return [exhibit] if exhibit in self.numbers else []


def dossier_rows(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=4096):
        yield from batch.to_pylist()


def _parties(event: Row, *roles: Role) -> list[Row]:
    return [p for p in event["parties"] or [] if p["role"] in roles]


def _where(event: Row) -> str:
    reviewed = "entered by a person" if event["kind"] in BY_HAND else UNREVIEWED
    read = f"{event['method']} {event['version']}".strip()
    return f"{event['exhibit_number']}, {event['locator']}; read by {read}; {reviewed}"


def _day(event: Row) -> list[str]:
    """Return an event's time, only as precise as it is known."""
    if event["time"] is None:
        return []
    date = _date(event["time"])
    error = event["time_error"]
    return [date[:10] if error is not None and error >= DAY_ERROR else date]


def _date(time: object) -> str:
    if not isinstance(time, datetime):
        return ""
    return (time.astimezone(UTC) if time.tzinfo else time).strftime("%Y-%m-%dT%H:%M:%S")


def _amount(event: Row) -> str:
    if event["amount"] is None:
        return ""
    return f"{event['amount'].normalize():f} {event['currency'] or ''}".strip()


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc
