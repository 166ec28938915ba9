"""FollowTheMoney entities: each schema, property and reference is one of the model's.

`MODEL` pins what is used of the model of followthemoney 4.11, so that this runs without the
package; where it is installed, the package itself judges every value.
"""

import json
import re
from pathlib import Path

import pytest

from dossier import make
from palermo.share.format import Dossier
from palermo.share.ftm import Ftm
from palermo.share.ftm_nodes import described, node_of
from palermo.testing import check_format

THING = {"name", "summary", "description", "notes", "proof", "createdAt", "publisher",
         "sourceUrl", "retrievedAt", "addressEntity"}  # fmt: skip
INTERVAL = {"date", "description", "proof", "summary", "recordId"}
DOCUMENT = THING | {"fileName", "title", "fileSize", "bodyText", "date", "locationMentioned"}
MODEL = {
    "Address": THING | {"full", "latitude", "longitude"},
    "Asset": THING,
    "BankAccount": THING | {"accountNumber", "accountType"},
    "Call": INTERVAL | {"caller", "receiver", "callerNumber", "receiverNumber", "duration"},
    "CryptoWallet": THING | {"blockchain", "publicKey"},
    "Document": DOCUMENT,
    "Event": THING | INTERVAL | {"involved", "location"},
    "HyperText": DOCUMENT,
    "Image": DOCUMENT,
    "LegalEntity": THING | {"phone", "email", "idNumber"},
    "Message": DOCUMENT | INTERVAL | {"sender", "recipients", "threadTopic"},
    "Note": THING | {"entity"},
    "Payment": INTERVAL | {"payer", "beneficiary", "payerAccount", "beneficiaryAccount", "amount",
                           "currency", "purpose", "transactionNumber"},
    "Person": THING,
    "PlainText": DOCUMENT,
    "UnknownLink": INTERVAL | {"subject", "object", "role", "status"},
    "UserAccount": THING | {"username", "service"},
    "Vehicle": THING | {"registrationNumber"},
    "Vessel": THING | {"mmsi"},
}  # fmt: skip
REQUIRED = {"Event": {"name"}, "Document": {"fileName"}, "Message": {"bodyText", "sender"},
            "Payment": {"payer", "beneficiary"}, "UnknownLink": {"subject", "object"},
            "LegalEntity": {"name"}, "Person": {"name"}, "UserAccount": {"username"},
            "Vessel": {"name"}}  # fmt: skip
PARTS = {"LegalEntity": {"LegalEntity", "Person"}, "BankAccount": {"BankAccount"},
         "Document": {"Document", "HyperText", "PlainText", "Image", "Message"},
         "Address": {"Address"},
         "Thing": set(MODEL) - {"Call", "Payment", "UnknownLink"}}  # fmt: skip
RANGES = {"proof": "Document", "caller": "LegalEntity", "receiver": "LegalEntity",
          "sender": "LegalEntity", "recipients": "LegalEntity", "payer": "LegalEntity",
          "beneficiary": "LegalEntity", "payerAccount": "BankAccount", "entity": "Thing",
          "beneficiaryAccount": "BankAccount", "subject": "Thing", "object": "Thing",
          "involved": "LegalEntity", "addressEntity": "Address"}  # fmt: skip

NODES = ["phone:+442079460018", "phone:+4420••••••18", "email:a@example.org",
         "email:a•••@example.org", "handle:telegram:example_travel",
         "iban:GB33BUKB20201555555555", "account:00012345",
         "card:4111•••1111", "wallet:bitcoin:bc1qexample", "plate:GB:AB12CDE",
         "vessel:mmsi:235012345",
         "document:passport:GBR:123456789", "place:geonames:2643743", "device:exif:Example:M1:77",
         "picture:sha256:" + "a" * 64, "reference:R-0001", "url:https://example.org/",
         "domain:example.org", "name:x1:Ana", "text:cluster", "phone~LORHWTHZA4ASW",
         "iban~3HAXTWY2W2NI", "strange"]  # fmt: skip


def entities(dossier: Dossier, folder: Path) -> list[dict]:
    text = Ftm().write(dossier, folder)[0].read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def found(dossier: Dossier, tmp_path: Path) -> dict[str, dict]:
    listed = entities(dossier, tmp_path)
    by_id = {entity["id"]: entity for entity in listed}
    assert len(by_id) == len(listed), "an id is written once"
    return by_id


def test_entities_keep_the_promises_of_a_format(dossier, empty, tmp_path: Path):
    for name, case in (("full", dossier), ("empty", empty)):
        (tmp_path / name).mkdir()
        check_format(Ftm(), case, tmp_path / name)


def test_every_entity_fits_the_pinned_model(found: dict[str, dict]):
    for entity in found.values():
        schema, properties = entity["schema"], entity["properties"]
        assert set(properties) <= MODEL[schema], schema
        assert REQUIRED.get(schema, set()) <= set(properties), (schema, properties)
        assert re.fullmatch(r"[0-9a-zA-Z]+", entity["id"])
        for name, values in properties.items():
            assert values and all(isinstance(v, str) and v for v in values)
            if name in RANGES:
                assert {found[v]["schema"] for v in values} <= PARTS[RANGES[name]], (schema, name)


def test_every_event_is_told_and_names_its_exhibit(dossier: Dossier, found: dict[str, dict]):
    for event in dossier.events.to_pylist():
        entity = found[event["id"]]
        assert entity["properties"]["proof"] == [event["exhibit"]]
        summary = entity["properties"]["summary"][0]
        assert event["exhibit_number"] in summary and event["locator"] in summary
        assert ("machine-read" in summary) is (event["kind"] != "note")
    kinds = {e["kind"]: found[e["id"]]["schema"] for e in dossier.events.to_pylist()}
    assert kinds == {"advert": "PlainText", "call": "Call", "payment": "Payment",
                     "page": "HyperText", "position": "Event", "note": "Note",
                     "message": "Message", "tip": "Note",
                     "photograph": "Image", "balance": "Event"}  # fmt: skip


def test_a_payment_keeps_its_amount_parties_and_only_the_day_it_knows(dossier, found):
    event = next(e for e in dossier.events.to_pylist() if e["kind"] == "payment")
    told = found[event["id"]]["properties"]
    assert told["amount"] == ["1234567890123456.12345678"] and told["currency"] == ["GBP"]
    assert told["date"] == ["2026-03-04"], "known to the day"
    payer = found[told["payerAccount"][0]]["properties"]
    assert payer["accountNumber"] == ["GB33BUKB20201555555555"]


def test_a_link_joins_the_author_to_the_shared_value(dossier: Dossier, found: dict[str, dict]):
    link = dossier.links.to_pylist()[0]
    told = found[link["id"]]["properties"]
    author, hub = found[told["subject"][0]], found[told["object"][0]]
    assert hub["properties"]["phone"] == ["+442079460018"] and author["schema"] == "LegalEntity"
    wrote = [
        e for e in found.values() if e["properties"].get("role") == ["author of this document"]
    ]
    assert [
        e["properties"]["object"] for e in wrote if e["properties"]["subject"] == [author["id"]]
    ]
    assert "no probability" in told["summary"][0]


def test_purpose_limits_and_the_disclosure_schedule_travel_along(dossier, found):
    text = json.dumps(list(found.values()), ensure_ascii=False)
    assert "purpose: prosecution" in text and "disclosure: rejected link" in text
    assert "against it: " in text, "a finding brings what speaks against it"


def test_a_masked_value_is_never_an_identifier():
    for node in NODES:
        if "•" in node or "~" in node:
            _, properties = described(node)
            told = {name for name, values in properties.items() if values}
            assert not told & {"phone", "email", "accountNumber", "idNumber", "publicKey"}, node


def test_a_masked_value_is_one_node_wherever_it_stands():
    assert node_of("phone", "[phone~LORHWTHZA4ASW]") == "phone~LORHWTHZA4ASW"
    assert node_of("phone", "phone~LORHWTHZA4ASW") == "phone~LORHWTHZA4ASW"
    assert node_of("phone", "+442079460018") == "phone:+442079460018"
    assert described("phone~LORHWTHZA4ASW")[0] == "LegalEntity"
    assert described("iban~3HAXTWY2W2NI")[0] == "BankAccount"


@pytest.mark.parametrize("node", NODES)
def test_every_kind_of_node_fits_the_pinned_model(node: str):
    schema, properties = described(node)
    told = {name for name, values in properties.items() if values}
    assert told <= MODEL[schema] and REQUIRED.get(schema, set()) <= told


def test_the_package_itself_accepts_every_value(tmp_path: Path):
    ftm = pytest.importorskip("followthemoney", reason="followthemoney needs ICU to be built")
    listed = entities(make(), tmp_path)
    schemata = {e["id"]: e["schema"] for e in listed}
    for node in NODES:
        schema, properties = described(node)
        told = {name: values for name, values in properties.items() if values}
        listed.append({"id": "n1", "schema": schema, "properties": told})
    for entity in listed:
        schema = ftm.model.get(entity["schema"])
        schema.validate(entity)
        for name, values in entity["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (schema.name, name)
            for value in values:
                assert prop.type.clean(value) == value, (schema.name, name, value)
                if prop.range is not None:
                    assert ftm.model.get(schemata[value]).is_a(prop.range), (schema.name, name)
