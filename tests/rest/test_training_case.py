"""The service on a real case: what the routes answer is what the workspace holds."""

import re
import shutil
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from palermo.answers import Refusal
from palermo.ui.rest.app import create

TOKEN = "a-token-of-this-start"


def serving(case):
    client = TestClient(create(case, "analyst", TOKEN), base_url="http://127.0.0.1:8000")
    client.post("/api/session", json={"token": TOKEN})
    return client


@pytest.fixture(scope="module")
def client(trained):
    return serving(trained)


@pytest.fixture
def writing(trained, tmp_path):
    """A client of a copy, for tests that change the case."""
    return serving(shutil.copytree(trained, tmp_path / "copy"))


def get(client, path, **params):
    answer = client.get(f"/api/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def finding(client):
    findings = [one for one in get(client, "queue")["findings"] if one["identities"]]
    assert findings, "the training case holds no finding on an identity"
    return findings[0]


def test_the_way_back_ends_at_verified_words_of_sealed_bytes(client, finding):
    why = get(client, "why", id=finding["id"])
    assert why["steps"][0]["what"] == "finding"
    assert {"event", "exhibit"} <= {step["what"] for step in why["steps"]}
    assert why["custody"]
    assert why["excerpts"]
    assert all(excerpt["verified"] for excerpt in why["excerpts"])


def test_whatever_is_shown_can_be_asked_for_by_its_id(client, finding):
    identity = finding["identities"][0]
    event = next(id for id in finding["evidence"] if id.startswith("e"))
    exhibit = get(client, "exhibits", limit=1)["exhibits"][0]["id"]
    for id, field in [
        (finding["id"], "finding"),
        (identity, "identity"),
        (event, "event"),
        (exhibit, "exhibit"),
        (get(client, "queue")["links"][0]["id"], "link"),
        (get(client, "show", id=event)["claims"][0]["id"], "claim"),
    ]:
        assert get(client, "show", id=id)[field] is not None, id


def test_search_timeline_network_and_movements_agree_on_an_identity(client, finding):
    id = finding["identities"][0]
    events = get(client, "timeline", id=id, limit=1000)["events"]
    assert events
    assert id in {one["id"] for one in get(client, "network", id=id)["identities"]}
    known = {event["id"] for event in events}
    for stay in get(client, "movements", id=id)["stays"]:
        assert known & set(stay["events"])


def test_no_answer_names_a_masked_value(client):
    """Bank accounts are masked wherever they stand: in values, ids, reasons and texts."""
    accounts = set()
    for event in get(client, "timeline", limit=5000)["events"]:
        accounts |= {p["value"]["node"] for p in event["parties"] if p["value"]["kind"] == "iban"}
    assert accounts, "the training case holds no account"
    assert all(account.startswith("iban~") for account in accounts)
    some = sorted(accounts)[0]
    for path in ("queue?limit=200", "network", "movements", f"show?id={some}", f"why?id={some}"):
        answer = client.get(f"/api/{path}")
        assert answer.status_code == 200, answer.text
        assert not re.search(r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b", answer.text), path


def test_search_narrows_by_facet_and_time(client):
    everything = get(client, "search", words="call")
    assert everything["total"] > 3
    month = sorted(everything["facets"]["month"])[0]
    narrowed = get(client, "search", words="call", until=f"{month}-28T00:00:00Z")
    assert 0 < narrowed["total"] <= everything["total"]
    kind = next(iter(everything["facets"]["kind"]))
    hits = get(client, "search", words="call", kind=kind)["hits"]
    assert {hit["event"]["kind"] for hit in hits} == {kind}


def test_a_rejected_link_leaves_the_queue_and_stays_in_the_decisions(writing):
    link = get(writing, "queue")["links"][0]
    body = {"act": "reject", "a": link["id"], "reason": "Two captures of different offices"}
    assert writing.post("/api/decide", json=body).status_code == 200
    assert link["id"] not in {one["id"] for one in get(writing, "queue", limit=500)["links"]}
    assert get(writing, "show", id=link["id"])["link"]["decision"] == "reject"
    assert get(writing, "decisions")["decisions"][-1]["reason"] == body["reason"]


def test_a_masked_value_is_revealed_for_a_reason_alone(writing):
    found = get(writing, "timeline", limit=1000)["events"]
    masked = next(
        party["value"] for event in found for party in event["parties"] if party["value"]["masked"]
    )
    body = {"act": "reveal", "a": masked["node"], "reason": "To call the witness back"}
    assert writing.post("/api/decide", json={**body, "reason": " "}).status_code == 422
    assert writing.post("/api/decide", json=body).status_code == 200
    again = get(writing, "timeline", limit=1000)["events"]
    shown = {p["value"]["node"] for event in again for p in event["parties"]}
    assert masked["node"] not in shown


def test_a_note_is_sealed_and_found(writing):
    text = "<b>Seen</b> at the quay by a harbour master, plate unknown"
    noted = writing.post("/api/note", json={"text": text, "source": "Harbour master"})
    assert noted.status_code == 200, noted.text
    event = get(writing, "show", id=noted.json()["event"])["event"]
    assert text in event["text"]
    assert get(writing, "search", words="harbour master")["total"] >= 1


def test_every_look_is_in_the_log_with_its_purpose(writing):
    purpose = "Prüfung der Kontakte: اتصال"
    headers = {"Palermo-Purpose": quote(purpose)}
    assert writing.get("/api/status", headers=headers).status_code == 200
    total = get(writing, "custody")["total"]
    newest = get(writing, "custody", limit=10, offset=total - 5)["entries"]
    assert purpose in {entry["purpose"] for entry in newest}
    assert {entry["actor"] for entry in newest} == {"analyst"}


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("show?id=e00000000000000000000000000000000", "an event that is not there"),
        ("show?id=phone:%2B442079460999", "a value that does not occur"),
        ("why?id=l00000000000000000000000000000000", "a link that is not there"),
        ("timeline?id=nobody", "no such identity"),
        ("network?id=nobody", "no such identity"),
        ("movements?id=nobody", "no such identity"),
        ("show?id=x'%20OR%201=1%20--", "an attack"),
        ("show?id=%00", "a NUL"),
    ],
)
def test_what_is_not_there_is_not_found(client, path, why):
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 404, (why, answer.text)
    assert Refusal(**answer.json()).error == "not_found"


def test_an_act_that_does_not_exist_is_invalid(writing):
    body = {"act": "arrest", "a": "x", "reason": "y"}
    assert writing.post("/api/decide", json=body).status_code == 422


def test_identifiers_are_checked_against_the_case(client):
    event = next(e for e in get(client, "timeline", limit=500)["events"] if e["kind"] == "advert")
    claims = get(client, "show", id=event["id"])["claims"]
    phone = next((c for c in claims if c["kind"] in ("phone", "email")), None)
    assert phone is not None
    lines = [phone["written"], "+44 20 7946 0999", "no identifier at all!"]
    checked = client.post("/api/check", json={"lines": lines}).json()
    told = [line["answer"] for line in checked["lines"]]
    assert told == ["found", "absent", "not understood"]
    assert checked["lines"][0]["matches"][0]["events"]


def test_the_case_still_verifies_after_all_of_this(client):
    assert get(client, "verify")["sound"]
