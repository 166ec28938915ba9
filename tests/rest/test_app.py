"""What the service itself answers for: routes, one error shape, and nobody else let in."""

from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from fake_workspace import CLEAR, COARSE, EVENTS, HOSTILE, PHONE, link, opener
from palermo.answers import Refusal
from palermo.ui.rest import packages
from palermo.ui.rest.app import create

TOKEN = "a-token-of-this-start"
CASE = Path("example-case")


@pytest.fixture
def opened():
    return opener()


@pytest.fixture
def app(opened):
    return create(CASE, "analyst", TOKEN, opener=opened)


@pytest.fixture
def anyone(app):
    return TestClient(app, base_url="http://127.0.0.1:8000")


@pytest.fixture
def client(anyone):
    assert anyone.post("/api/session", json={"token": TOKEN}).status_code == 204
    return anyone


READS = [
    "session",
    "status",
    "verify",
    "problems",
    "search?words=020&kind=advert&place=London&limit=3&offset=1&since=2026-01-01T00:00:00Z",
    f"show?id={quote(PHONE.node)}",
    f"show?id={EVENTS[0].id}",
    f"why?id={EVENTS[0].id}",
    "network?depth=2&limit=10",
    "timeline?since=2026-03-01T00:00:00Z&until=2026-04-01T00:00:00Z",
    "movements",
    "leads?id=i1-1&limit=5",
    "watches",
    "alerts?limit=5",
    f"picture?id={EVENTS[0].id}",
    "queue",
    "decisions",
    "exhibits",
    "consents",
    "custody?limit=5",
    "formats",
    "gazetteer",
    "openapi.json",
]
WRITES = [
    ("decide", {"act": "confirm", "a": "x", "b": "y", "reason": "seen both"}),
    ("note", {"text": "Seen at the station", "lat": 51.5, "lon": -0.1}),
    ("check", {"lines": ["020 7946 0018"]}),
    ("consent", {"giver": "W-08", "purpose": "Help", "language": "ro", "age": "adult"}),
    ("withdraw", {"number": 1, "reason": "by telephone"}),
    ("watch", {"value": "020 7946 0018", "reason": "Named in a tip"}),
    ("watch/end", {"number": 1, "reason": "It is found"}),
    ("alerts/seen", {"through": 4}),
    ("picture", {"id": EVENTS[0].id, "reason": "To see the door"}),
    ("preview", {"format": "report", "to": "Prosecutor", "purpose": "trial"}),
    ("share", {"format": "report", "to": "Prosecutor", "purpose": "trial"}),
]


@pytest.mark.parametrize("path", READS)
def test_every_read_answers(client, path):
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("path", "body"), WRITES)
def test_every_write_answers(client, path, body):
    answer = client.post(f"/api/{path}", json=body)
    assert answer.status_code == 200, answer.text


def test_these_are_all_the_routes(app):
    named = {f"/api/{path.split('?')[0]}" for path in READS} | {f"/api/{p}" for p, _ in WRITES}
    assert set(app.openapi()["paths"]) | {"/api/openapi.json"} == named


@pytest.mark.parametrize("path", [*READS, *(path for path, _ in WRITES)])
def test_nothing_is_answered_without_the_token(anyone, path):
    if path in dict(WRITES):
        answer = anyone.post(f"/api/{path}", json=dict(WRITES)[path])
    else:
        answer = anyone.get(f"/api/{path}")
    assert answer.status_code == 401
    assert Refusal(**answer.json()).error == "refused"


def test_a_wrong_token_opens_nothing(anyone):
    assert anyone.post("/api/session", json={"token": "guess"}).status_code == 401
    assert anyone.post("/api/session", json={"token": "ünïcode"}).status_code == 401
    assert anyone.get("/api/status").status_code == 401
    assert anyone.get("/api/status", headers={"Authorization": "Bearer x"}).status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(anyone):
    cookie = anyone.post("/api/session", json={"token": TOKEN}).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_bearer_token_serves_programs(anyone):
    answer = anyone.get("/api/status", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("host", "served", "why"),
    [
        ("127.0.0.1:8000", True, "loopback"),
        ("localhost:9", True, "loopback by name"),
        ("[::1]:8000", True, "loopback of IPv6"),
        ("evil.example.net", False, "a name rebound to loopback"),
        ("127.0.0.1.example.net", False, "looks like loopback"),
        ("localhost@evil.example.net", False, "user part in front"),
        ("evil.example.net#localhost", False, "fragment behind"),
        ("", False, "no name at all"),
    ],
)
@pytest.mark.parametrize("path", ["/api/status", "/"])
def test_only_this_machines_names_are_served(client, path, host, served, why):
    headers = {"Host": host, "Authorization": f"Bearer {TOKEN}"}
    assert (client.get(path, headers=headers).status_code != 421) is served, why


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Origin": "https://evil.example.net"}, "another site"),
        ({"Origin": "http://127.0.0.1:9999"}, "another port of this machine"),
        ({"Origin": "null"}, "a sandboxed frame"),
        ({"Sec-Fetch-Site": "cross-site"}, "the browser says so"),
        ({"Sec-Fetch-Site": "same-site"}, "another port, the browser says"),
        ({"Content-Type": "text/plain"}, "a form can send it without asking"),
    ],
)
def test_a_forged_post_is_refused(client, opened, headers, why):
    body = b'{"act": "confirm", "a": "x", "b": "y", "reason": "z"}'
    headers = {"Content-Type": "application/json", **headers}
    answer = client.post("/api/decide", content=body, headers=headers)
    assert answer.status_code == 403, why
    assert opened.asked == []


def test_our_own_posts_pass(client):
    headers = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    body = {"act": "confirm", "a": "x", "b": "y", "reason": "z"}
    assert client.post("/api/decide", json=body, headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/", "/item/x", "/api/status", "/api/nothing", "/assets/none.js"])
def test_every_answer_carries_the_policy(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "error"),
    [
        ("GET", "/api/show?id=e404", None, 404, "not_found"),
        ("GET", "/api/nothing", None, 404, "not_found"),
        ("GET", "/api/show", None, 422, "invalid"),
        ("GET", "/api/search?limit=-1", None, 422, "invalid"),
        ("GET", "/api/timeline?since=yesterday", None, 422, "invalid"),
        ("POST", "/api/decide", {"act": "confirm", "a": "x", "reason": "  "}, 422, "invalid"),
        ("POST", "/api/decide", {"act": "arrest", "a": "x", "reason": "y"}, 422, "invalid"),
        ("POST", "/api/check", {"lines": []}, 422, "invalid"),
        ("POST", "/api/picture", {"id": "e1"}, 422, "invalid"),
        ("POST", "/api/picture", {"id": "e1", "reason": " \n"}, 422, "invalid"),
        ("GET", "/api/picture?id=x1", None, 404, "not_found"),
        ("GET", "/api/picture", None, 422, "invalid"),
        ("POST", "/api/status", {}, 405, "invalid"),
        (
            "POST",
            "/api/decide",
            {"act": "set_role", "a": "1", "reason": "r", "role": "suspect"},
            403,
            "refused",
        ),
    ],
)
def test_errors_have_one_shape(client, method, path, body, status, error):
    answer = client.request(method, path, json=body)
    assert answer.status_code == status, answer.text
    refusal = Refusal(**answer.json())
    assert refusal.error == error
    assert refusal.what and refusal.why and refusal.next


def test_a_fault_of_ours_has_the_same_shape_and_tells_no_secret(opened):
    def broken(folder, actor=None, purpose=None):
        raise RuntimeError("+442079460018 at /home/someone")

    app = create(CASE, "analyst", TOKEN, opener=broken)
    client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    answer = client.get("/api/status", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 500
    assert Refusal(**answer.json()).error == "internal"
    assert "7946" not in answer.text and "someone" not in answer.text
    assert "frame-ancestors" in answer.headers["content-security-policy"]


def test_an_invalid_request_does_not_echo_what_was_asked(client):
    body = {"act": "confirm", "a": ["+442079460018"], "reason": "r"}
    assert "7946" not in client.post("/api/decide", json=body).text


def test_each_request_states_its_purpose_and_actor(client, opened):
    client.get("/api/status")
    client.get("/api/status", headers={"Palermo-Purpose": quote("Gefährdung prüfen: دبي")})
    client.get("/api/status", headers={"Palermo-Purpose": "  "})
    assert opened.asked == [
        (CASE, "analyst", None),
        (CASE, "analyst", "Gefährdung prüfen: دبي"),
        (CASE, "analyst", None),
    ]


def test_hostile_text_stays_text(client):
    answer = client.get(f"/api/show?id={EVENTS[6].id}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["event"]["text"].startswith(HOSTILE)


def test_a_picture_is_clear_only_when_posted_with_a_reason(client):
    blurred = client.get(f"/api/picture?id={EVENTS[0].id}&reason=please&clear=1")
    assert (blurred.content, blurred.headers["content-type"]) == COARSE
    body = {"id": EVENTS[0].id, "reason": "To see the door"}
    answer = client.post("/api/picture", json=body)
    assert (answer.content, answer.headers["content-type"]) == CLEAR
    assert answer.headers["palermo-exposure"] == "1"
    for one in (blurred, answer):
        assert one.headers["cache-control"] == "no-store"
        assert one.headers["x-content-type-options"] == "nosniff"
        assert one.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example.net"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "text/plain"},
    ],
)
def test_another_site_cannot_have_a_picture_shown(client, opened, headers):
    body = f'{{"id": "{EVENTS[0].id}", "reason": "z"}}'.encode()
    headers = {"Content-Type": "application/json", **headers}
    assert client.post("/api/picture", content=body, headers=headers).status_code == 403
    assert opened.asked == []


def test_a_start_without_pictures_gives_none_and_says_so(opened):
    app = create(CASE, "analyst", TOKEN, opener=opened, pictures=False)
    client = TestClient(app, base_url="http://127.0.0.1:8000")
    client.post("/api/session", json={"token": TOKEN})
    assert client.get("/api/session").json()["pictures"] is False
    body = {"id": EVENTS[0].id, "reason": "To see the door"}
    for answer in (
        client.get(f"/api/picture?id={EVENTS[0].id}"),
        client.post("/api/picture", json=body),
    ):
        assert answer.status_code == 403
        assert "without pictures" in Refusal(**answer.json()).why
    assert opened.asked == []


def test_a_start_has_a_purpose_for_requests_that_state_none(opened):
    app = create(CASE, "analyst", TOKEN, opener=opened, purpose="Hearing on 3 May")
    client = TestClient(app, base_url="http://127.0.0.1:8000")
    client.post("/api/session", json={"token": TOKEN})
    assert client.get("/api/session").json()["purpose"] == "Hearing on 3 May"
    client.get("/api/status")
    client.get("/api/status", headers={"Palermo-Purpose": "Appeal"})
    assert [purpose for *_, purpose in opened.asked] == ["Hearing on 3 May", "Appeal"]


def test_a_decision_takes_a_link_from_the_queue(client):
    first = client.get("/api/queue").json()["links"][1]
    assert first["id"] == link(1).id
    body = {
        "act": "reject",
        "a": first["a"]["node"],
        "b": first["b"]["node"],
        "reason": "a hotline",
    }
    assert client.post("/api/decide", json=body).json()["decisions"][0]["actor"] == "analyst"
    assert link(1).id not in {one["id"] for one in client.get("/api/queue").json()["links"]}


def test_formats_say_what_they_write(client, monkeypatch):
    class Table:
        """Writes a table."""

    monkeypatch.setattr(packages, "plugins", lambda group: {"table": Table()})
    assert client.get("/api/formats").json() == [{"name": "table", "writes": "Writes a table."}]


def test_the_gazetteer_holds_large_towns_and_nothing_of_the_case(client, opened):
    towns = client.get("/api/gazetteer").json()
    assert {"London", "Dubai"} <= {town["name"] for town in towns}
    assert towns == sorted(towns, key=lambda town: -town["people"])
    assert opened.asked == []


def test_without_a_build_the_root_says_how_to_build_it(app, anyone, tmp_path):
    app.state.workbench = tmp_path / "none"
    answer = anyone.get("/")
    assert answer.status_code == 503
    assert "npm run build" in answer.text


def test_views_and_assets_are_served_from_the_build_alone(app, anyone, tmp_path):
    (tmp_path / "built" / "assets").mkdir(parents=True)
    (tmp_path / "built" / "index.html").write_text("<!doctype html>the workbench")
    (tmp_path / "built" / "assets" / "a.js").write_text("1")
    (tmp_path / "secret.txt").write_text("secret")
    app.state.workbench = tmp_path / "built"
    assert "workbench" in anyone.get("/").text
    assert "workbench" in anyone.get("/item/url:https://example.org/a").text
    assert anyone.get("/assets/a.js").headers["cache-control"].endswith("immutable")
    assert anyone.get("/assets/b.js").status_code == 404
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"):
        assert "secret" not in anyone.get(path).text
