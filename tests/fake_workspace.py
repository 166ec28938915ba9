"""A small fictional case in place of the workspace, for what only the service itself decides."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from palermo import answers as a
from palermo.look.album import View
from palermo.review.decisions import ACTS
from palermo.safeguards.refusal import Invalid, NotFound, Refused

START = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
HOSTILE = "<img src=x onerror=\"fetch('https://evil.example.net')\"><script>document.title='owned'</script>"


def node(node, shown=None, masked=False):
    return a.Node(
        node=node, kind=node.split(":")[0].split("~")[0], shown=shown or node, masked=masked
    )


PHONE = node("phone:+442079460018", "+44 20 7946 0018")
OTHER = node("phone:+442079460111", "+44 20 7946 0111")
NAME = node("name~7K3F9A2B", "name~7K3F9A2B", masked=True)
X1, X2 = "x" + "1" * 32, "x" + "2" * 32

TEXTS = [
    ("London", 51.5074, -0.1278, "Rooms by the day, call O2O 7946 oo18 📞 any time"),
    ("Leeds", 53.7965, -1.5478, "Viajes y documentos, llame al 020 7946 0018"),
    ("Dover", 51.1279, 1.3134, "سفر وعمل في المدينة، اتصل ‎020 7946 0018"),
    ("Glasgow", 55.8651, -4.2576, "Работа и жильё, звоните 020 7946 0111"),
    ("Bristol", 51.4552, -2.5967, "提供住宿和旅行，电话 020 7946 0018"),
    ("Cardiff", 51.48, -3.18, "งานและที่พัก โทร 020 7946 0111"),
    ("London", 51.5074, -0.1278, HOSTILE + " call 020 7946 0018"),
]


def event(n):
    place, lat, lon, text = TEXTS[n % len(TEXTS)]
    return a.Event(
        id=f"e{n:032x}",
        kind="advert" if n % 3 else "message",
        exhibit=X1,
        exhibit_number=1,
        locator=f"offset:{n * 1000};length:900",
        time=START + timedelta(days=n * 2, hours=n),
        time_error=[60, 86400, 50400][n % 3],
        zone=["+00:00", "assumed Europe/London", "unknown"][n % 3],
        place=place,
        lat=lat,
        lon=lon,
        place_error=[500.0, 5000.0][n % 2],
        title=text[:30],
        text=text,
        amount=None,
        currency=None,
        parties=[a.Party(role="poster", value=PHONE)],
        within=None,
        posting=None,
        details={"url": f"http://rooms.example.org/{n}", "note": HOSTILE},
        identities=["i1-1" if n % 2 else "i1-2"],
        tags=[],
        reviewed=False,
    )


EVENTS = [event(n) for n in range(24)]


def claim(n):
    written = "O2O 7946 oo18"
    return a.Claim(
        id=f"c{n:032x}",
        event=EVENTS[n].id,
        kind="phone",
        role="poster",
        value=PHONE,
        written=written,
        start=23,
        end=36,
        confidence=0.9,
        reason="look-alike letters read as digits",
        details={},
        method="phone",
        version="1",
    )


def link(n):
    return a.Link(
        id=f"l{n:032x}",
        kind=["same_identifier", "near_text", "same_picture"][n % 3],
        a=node(EVENTS[n].id, EVENTS[n].title),
        b=PHONE if n % 2 else node(EVENTS[n + 1].id, EVENTS[n + 1].title),
        score=0.9 - n / 20,
        reason="Both bear the same phone, which occurs in 14 events of 1 exhibit",
        claims=[claim(0).id],
        decision=None,
    )


def finding(n):
    return a.Finding(
        id=f"f{n:032x}",
        kind=["circuit", "shared_contact"][n % 2],
        title=["One contact moving through five cities", "One phone behind four names"][n % 2],
        score=0.8,
        start=START,
        end=START + timedelta(days=40),
        reason="Adverts with the same phone appear in London, Leeds, Dover, Glasgow and Bristol",
        counter="A switchboard, an agency or people travelling together would look the same",
        subjects=[PHONE, NAME],
        identities=["i1-1"],
        evidence=[EVENTS[0].id, claim(0).id, link(0).id],
        details={"cities": ["London", "Leeds"]},
        decision=None,
        run=1,
    )


PERSON = a.Person(
    number=1,
    label="Person 1",
    roles=[a.Role(role="possible victim", since=START.date(), until=None, source="Tip of 2 March")],
    nodes=[NAME],
)


def identity(n):
    return a.Identity(
        id=f"i1-{n}",
        label=f"+44 20 7946 {n:04}",
        nodes=[node(f"phone:+44207946{n:04}"), NAME],
        events=5 + n * 3,
        kinds={"advert": 5, "message": n},
        start=START,
        end=START + timedelta(days=30),
        places=["London", "Leeds"],
        persons=[PERSON] if n == 1 else [],
    )


EXHIBIT = a.Exhibit(
    number=1,
    id=X1,
    name="rooms.warc.gz",
    origin="disk:1/rooms.warc.gz",
    sha256="ab" * 32,
    size=123456,
    parent=None,
    acquired=START,
    acquired_by="analyst",
    method="folder",
    decoder="warc",
    statement={"region": "GB", "zone": "Europe/London"},
    events=24,
    problems=1,
)
ENTRY = a.Entry(
    number=1,
    at=START,
    actor="analyst",
    act="seal",
    purpose="investigation",
    subject=X1,
    entry="cd" * 32,
)


CONSENT = a.Consent(
    number=1,
    at=START,
    giver="W-07",
    purpose="Finding who held her papers " + HOSTILE,
    language="ro",
    age="unknown",
    guardian="G-1",
    preference="a woman",
    recipients=["Example Prosecution"],
    given=START.date(),
    until=None,
    withdrawn=None,
    reason=None,
    over=None,
    exhibits=3,
)

# Not pictures at all: the service passes on what it is given.
COARSE, CLEAR = (b"coarse", "image/png"), (b"clear", "image/jpeg")


class Fake:
    def __init__(self, actor=None, purpose=None, gone=None):
        self.actor, self.purpose, self.gone = actor, purpose, gone if gone is not None else set()

    def status(self):
        return a.Status(
            case="Operation Example",
            offence="trafficking",
            authority="Order 12/2026",
            basis="Art. 1, fictional act",
            necessity="not stated apart from the legal basis",
            scope="the whole authority",
            profile="police",
            profile_says="Evidence is taken under the authority.",
            until=datetime(2027, 1, 1).date(),
            approved_by="A. Approver",
            approval="claimed",
            exhibits=1,
            bytes=123456,
            pending=1,
            withheld=0,
            events={"advert": 16, "message": 8},
            claims={"phone": 30, "place": 12},
            links={"same_identifier": 4, "near_text": 2},
            findings={"circuit": 1, "shared_contact": 1},
            identities=6,
            persons=1,
            problems=1,
            decisions=0,
            packages=0,
            run=1,
            stale=True,
            custody_entries=9,
            head="ef" * 32,
        )

    def consents(self):
        return a.Consents(consents=[CONSENT])

    def consent(self, stated):
        return a.Consents(
            consents=[CONSENT.model_copy(update={"number": 2, "giver": stated.giver})]
        )

    def withdraw(self, number, reason):
        over = f"consent {number} was withdrawn on 2026-03-20"
        return a.Consents(consents=[CONSENT.model_copy(update={"over": over, "reason": reason})])

    def verify(self):
        return a.Verified(
            sound=True, exhibits=1, bytes=123456, entries=9, head="ef" * 32, faults=[]
        )

    def problems(self, limit=1000):
        problem = a.Problem(
            id="p" + "1" * 32,
            exhibit=X1,
            exhibit_number=1,
            name="rooms.warc.gz",
            locator="offset:99;length:12",
            kind="truncated",
            message="The record ends early " + HOSTILE,
            count=2,
        )
        return a.Problems(problems=[problem][:limit])

    def search(
        self, words, kind=None, place=None, since=None, until=None, limit=20, offset=0, site=None
    ):
        found = [e for e in EVENTS if words.casefold() in e.text.casefold()]
        found = [e for e in found if kind in (None, e.kind) and place in (None, e.place)]
        hits = [
            a.Hit(
                event=e,
                score=2.0,
                snippet=e.text,
                spans=[(at, at + len(words))]
                if (at := e.text.casefold().find(words.casefold())) >= 0 and words
                else [],
            )
            for e in found[offset : offset + limit]
        ]
        facets = {
            "kind": {"advert": 16, "message": 8},
            "place": {"London": 8},
            "month": {"2026-03": 20},
            "day": {"2026-03-08": 20},
            "site": {"ads.example.org": 16},
        }
        listed = len(found)
        return a.Found(query=words, total=listed, listed=listed, hits=hits, facets=facets)

    def show(self, id):
        if id.startswith("e"):
            e = next((e for e in EVENTS if e.id == id), None)
            if e:
                return a.Shown(event=e, claims=[claim(int(id[1:], 16))] if "oo18" in e.text else [])
        if id == PHONE.node:
            return a.Shown(node=PHONE, events=EVENTS[:5])
        if id.startswith("f"):
            return a.Shown(finding=finding(int(id[1:], 16)), events=EVENTS[:3])
        if id.startswith("l"):
            return a.Shown(link=link(int(id[1:], 16)), events=EVENTS[:2], claims=[claim(0)])
        if id.startswith("i1-"):
            return a.Shown(identity=identity(int(id[3:])), events=EVENTS[:8])
        if id == X1:
            return a.Shown(exhibit=EXHIBIT, events=EVENTS[:5])
        raise NotFound(
            f"{id[:40]} is not in this case",
            "No id or value is written so",
            "Search for it: palermo search",
        )

    def picture(self, id, reason=None):
        if not id.startswith("e"):
            raise NotFound("show a picture", "no picture has this id", "Search for it")
        return View(*(CLEAR if reason else COARSE), exposure=1)

    def why(self, id):
        e = EVENTS[0]
        steps = [
            a.Step(
                id=finding(0).id,
                what="finding",
                text="One contact moving through five cities",
                rests_on=[link(0).id],
            ),
            a.Step(
                id=link(0).id, what="link", text="Both bear the same phone", rests_on=[claim(0).id]
            ),
            a.Step(
                id=claim(0).id,
                what="claim",
                text="phone +44 20 7946 0018, written O2O 7946 oo18",
                rests_on=[e.id],
            ),
            a.Step(id=e.id, what="event", text="advert of 2026-03-02 in London", rests_on=[X1]),
            a.Step(id=X1, what="exhibit", text="rooms.warc.gz, sealed", rests_on=["custody:1"]),
        ]
        excerpt = a.Excerpt(
            exhibit=X1,
            locator=e.locator,
            first=223,
            last=236,
            before="<p>Rooms by the day, call ",
            words="O2O 7946 oo18",
            after=" 📞 any time</p>",
            verified=True,
            sha256="ab" * 32,
        )
        return a.Why(id=id, steps=steps, excerpts=[excerpt], custody=[ENTRY])

    def network(self, id=None, depth=1, limit=500):
        edges = [
            a.Edge(
                a=f"i1-{n}",
                b=f"i1-{n % 6 + 1}",
                kind=["call", "message", "payment"][n % 3],
                count=n * 2,
                start=START,
                end=START + timedelta(days=9),
                amounts={"GBP": "120.00"} if n % 3 == 2 else {},
            )
            for n in range(1, 7)
        ]
        return a.Network(
            identities=[identity(n) for n in range(1, 7)][:limit],
            edges=edges,
            links=[link(0)],
            total=6,
        )

    def timeline(self, id=None, since=None, until=None, limit=200, offset=0):
        kept = [
            e for e in EVENTS if (not since or e.time >= since) and (not until or e.time <= until)
        ]
        return a.Timeline(events=kept[offset : offset + limit], total=len(kept))

    def movements(self, id=None):
        stays = [
            a.Stay(
                identity="i1-1",
                place=p,
                lat=lat,
                lon=lon,
                start=START + timedelta(days=7 * n),
                end=START + timedelta(days=7 * n + 4),
                basis=["observed", "claimed"][n % 2],
                events=[EVENTS[n].id],
            )
            for n, (p, lat, lon, _) in enumerate(TEXTS[:5])
        ]
        odd = a.Contradiction(
            identity="i1-1",
            reason="London and Leeds within one hour",
            events=[EVENTS[0].id, EVENTS[1].id],
        )
        return a.Movements(stays=stays, contradictions=[odd], coarsened=True)

    def leads(self, id, limit=20):
        reason = a.LeadReason(kind="text", points=1.9, says="Nearly the same text", rests_on=[])
        lead = a.Lead(
            id="i1-2",
            score=0.7,
            value=OTHER,
            adverts=3,
            events=EVENTS[:1],
            reasons=[reason],
            against=["It is copied " + HOSTILE],
            a=PHONE.node,
            b=OTHER.node,
        )
        return a.Leads(
            id=id,
            confirmed=[PHONE],
            adverts=5,
            leads=[lead][:limit],
            total=1,
            rejected=0,
            shared_by_many=[],
            weights={"text": 2.0},
            learned="On training cases",
            says="No probability.",
        )

    def watches(self):
        watch = a.Watch(
            number=1,
            at=START,
            actor="analyst",
            value=PHONE,
            how="as an international number",
            reason="Named in a tip " + HOSTILE,
            until=None,
            over=None,
            events=2,
            new=1,
        )
        return a.Watches(watches=[watch])

    def watch(self, value, reason, until=None):
        return self.watches()

    def end_watch(self, number, reason):
        return self.watches()

    def alerts(self, limit=100, mark=True):
        assert not mark, "to ask for a page shows nothing for good"
        alert = a.Alert(
            number=4, watch=1, value=PHONE, reason="Named in a tip", event=EVENTS[0],
            claim=claim(0), why=claim(0).id,
        )  # fmt: skip
        return a.Alerts(alerts=[alert][:limit], waiting=1, through=4, watches=1)

    def seen(self, through):
        return a.Alerts(alerts=[], waiting=0, through=0, watches=1)

    def queue(self, limit=50):
        links = [link(n) for n in range(6) if link(n).id not in self.gone]
        findings = [finding(n) for n in range(2) if finding(n).id not in self.gone]
        return a.Queue(
            links=links[:limit],
            findings=findings[:limit],
            persons=[PERSON],
            total=len(links) + len(findings),
        )

    def decisions(self):
        return a.Decisions(decisions=[])

    def exhibits(self, limit=200, offset=0):
        return a.Exhibits(exhibits=[EXHIBIT], total=1)

    def custody(self, limit=100, offset=0):
        return a.Custody(entries=[ENTRY], total=1)

    def decide(self, act, a_, b, reason, role=None):
        if act not in ACTS:
            raise Invalid(f"decide {act}", "there is no such act", "Use another")
        if act == "set_role" and role == "suspect":
            raise Refused(
                "The role was not set",
                "Having travelled along makes nobody a suspect",
                "Record another tie first",
            )
        for n in range(6):
            if {link(n).a.node, link(n).b.node} == {a_, b}:
                self.gone.add(link(n).id)
        self.gone.add(a_)
        made = a.Decision(
            number=1, at=START, actor=self.actor or "", act=act, a=a_, b=b, reason=reason
        )
        return a.Decided(decisions=[made], identities=6, findings=2)

    def note(self, text, time=None, place=None, lat=None, lon=None, source=None, given=None):
        return a.Noted(event=EVENTS[0].id, exhibit=X1, also_read=0)

    def check(self, lines):
        return a.Checked(
            lines=[
                a.Looked(
                    line=n,
                    column="",
                    written=line,
                    answer="found" if any(c.isdigit() for c in line) else "not understood",
                    why="as an international number",
                    matches=[
                        a.Match(
                            node=PHONE.node,
                            reading="as an international number",
                            events=3,
                            ids=[EVENTS[0].id],
                            exhibits=[1],
                        )
                    ]
                    if any(c.isdigit() for c in line)
                    else [],
                )
                for n, line in enumerate(lines, 1)
            ],
            found=1,
            absent=0,
            not_understood=0,
            unread=0,
        )

    def preview(self, format, to, purpose):
        return a.Preview(
            format=format,
            recipient=to,
            purpose=purpose,
            rows={"events": 24},
            events={"advert": 16, "message": 8},
            links={},
            findings={},
            disclosure={},
            persons={"possible victim": 1},
            exhibits=[a.Leaving(number="EX-1", name="rooms.warc.gz", events=24)],
            withheld={"links that no person has confirmed": 3},
            refusals=[],
        )

    def share(self, format, to, purpose):
        return a.Shared(
            package="k1",
            folder="packages/k1",
            files=["report.html"],
            rows={"events": 24},
            withheld={"unreviewed links": 6},
        )


def opener():
    gone: set[str] = set()

    @contextmanager
    def open(folder, actor=None, purpose=None):
        open.asked.append((folder, actor, purpose))
        yield Fake(actor, purpose, gone)

    open.asked = []
    return open
