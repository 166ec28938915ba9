"""Writes down what two fictional reviewers decided: one quick to agree, one who asks for more."""

import itertools
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from palermo.simulate.story import Actor, Decision, Posting, Story

QUICK, CAREFUL = "R. Hollins", "T. Marchetti"
PARTS = {
    "advertiser": "suspect",
    "recruiter": "suspect",
    "organiser": "suspect",
    "victim": "victim",
    "traveller": "possible victim",
    "driver": "third party",
}


class Desk:
    """Dates the decisions one after the other, in the days after the case's last event."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.rng = story.stream("reviewers")
        self._time = story.end + timedelta(days=2, hours=9)

    def note(
        self,
        act: str,
        a: str,
        reason: str,
        b: str = "",
        by: str = "",
        role: str = "",
        since: datetime | None = None,
    ) -> None:
        self._time += timedelta(minutes=self.rng.randint(4, 90))
        name = by or (QUICK if self.rng.random() < 0.6 else CAREFUL)
        self.story.decisions.append(Decision(act, a, name, self._time, reason, b, role, since))


def decide(story: Story) -> None:
    """Fill `story.decisions`: true ties confirmed, wrong ones refused, common numbers set apart."""
    desk = Desk(story)
    posted: dict[str, list[Posting]] = defaultdict(list)
    for posting in story.postings:
        posted[posting.actor].append(posting)
    leads = [a for a in story.actors.values() if a.part in ("advertiser", "recruiter") and a.group]
    for actor in leads:
        _confirm(desk, actor, {key for p in posted[actor.id] for key, _, _ in p.contacts})
    _refuse(desk, leads, posted)
    _set_apart(desk)
    _persons(desk, posted)
    _settle(desk, leads)
    for tour in [a for a in story.actors.values() if a.part == "touring"][:2]:
        desk.note(
            "exculpatory",
            tour.keys[0],
            "Travels for a trade of their own; the adverts, the "
            "one number and the prices are those of one person at work.",
            by=CAREFUL,
        )


def _confirm(desk: Desk, actor: Actor, printed: set[str]) -> None:
    """Confirm some of an advertiser's true ties, as few as reviewers get to."""
    phones = [key for key in actor.keys if key.startswith("phone:") and key in printed]
    for first, second in itertools.pairwise(phones):
        if desk.rng.random() < 0.4 or not desk.story.decisions:
            desk.note(
                "confirm",
                first,
                "The same wording and prices, and the second number begins "
                "in the city where the first one ends.",
                second,
            )
    for handle in (
        key for key in actor.keys if key.startswith("handle:") and key in printed and phones
    ):
        if desk.rng.random() < 0.3:
            desk.note("confirm", phones[0], "Adverts bear both.", handle, by=QUICK)


def _settle(desk: Desk, leads: Sequence[Actor]) -> None:
    """Settle values that a register shows to be one subscriber's, and what was seen of movements."""
    for actor in leads:
        phones = [key for key in actor.keys if key.startswith("phone:")]
        for phone in phones[:2]:
            desk.note("confirm", phone, "The carrier's register shows one subscriber.", by=CAREFUL)
    moving = [actor for actor in leads if actor.part == "advertiser"]
    for actor in moving:
        phone = next((key for key in actor.keys if key.startswith("phone:")), "")
        if phone:
            reason = "The dates agree with the calls and the payments; the gaps are marked."
            desk.note("confirm", "finding:circuit", reason, phone, by=CAREFUL)


def _refuse(desk: Desk, leads: Sequence[Actor], posted: dict[str, list[Posting]]) -> None:
    """Refuse ties that look right and are wrong; once the quick one had said yes before."""
    story, rng = desk.story, desk.rng
    others = [p for p in story.postings if story.actors[p.actor].group is None]
    for number, actor in enumerate(leads):
        mine = [p for p in posted[actor.id] if p.contacts]
        if not mine:
            continue
        near = _near(rng.choice(mine), others, rng)
        if near is None:
            continue
        own = actor.keys[0]
        if number == 0:
            desk.note("confirm", own, "Same city, same week, same kind of offer.", near, by=QUICK)
            reason = (
                "Same city and week is all there is: other wording, other hours, and this "
                "number was in use years before. Not the same people."
            )
            desk.note("reject", own, reason, near, by=CAREFUL)
        else:
            desk.note(
                "reject", own, "Same city and week, but nothing else in common.", near, by=CAREFUL
            )
    popular = [p for p in others if p.template][:2]
    if len(popular) == 2 and popular[0].actor != popular[1].actor:
        desk.note(
            "reject",
            popular[0].url,
            "A text that many copied; the contacts differ.",
            popular[1].url,
            by=CAREFUL,
        )


def _near(posting: Posting, others: Sequence[Posting], rng: random.Random) -> str | None:
    """Return the phone of somebody independent who advertised in that city in that week."""
    week = timedelta(days=7)
    close = [
        key
        for p in others
        if p.city == posting.city and abs(p.posted - posting.posted) < week
        for key, _, _ in p.contacts
        if key.startswith("phone:") and key in _owned(p)
    ]
    return rng.choice(close) if close else None


def _owned(posting: Posting) -> set[str]:
    # what is printed besides the poster's own contacts are common numbers, printed last
    return {key for key, _, _ in posting.contacts[:1]}


def _set_apart(desk: Desk) -> None:
    for key, (kind, why) in sorted(desk.story.traps.items()):
        if key.startswith(("phone:", "email:", "iban:")) and desk.rng.random() < 0.5:
            desk.note(
                "generic",
                key,
                f"It is {why}." if kind != "taxi" else f"It is {why}; called to ask.",
                by=CAREFUL,
            )


def _persons(desk: Desk, posted: dict[str, list[Posting]]) -> None:
    """Open persons for some members of each group, each with a dated role and where it is from."""
    story, number = desk.story, 0
    for group in story.groups:
        seen: set[str] = set()
        for actor in (a for a in story.actors.values() if a.group == group.id):
            keys = [key for key in actor.keys if key.startswith("phone:")]
            if actor.part not in PARTS or actor.part in seen or not keys or not _shown(desk, actor):
                continue
            seen.add(actor.part)
            number += 1
            label = f"Person {number}"
            source, since = _source(story, actor, posted)
            desk.note("open_person", label, f"Named by {source}.")
            desk.note("tie", label, f"Used as {actor.part} in {source}.", keys[0])
            role = PARTS[actor.part]
            if role == "suspect" and not _acted(keys[0], posted[actor.id]):
                role = "third party"  # to have been called or written to is no act of one's own
            desk.note("set_role", label, f"From {source}.", role=role, since=since)
    for tip in [t for t in story.tips if t.reporter][:1]:
        label = f"Person {number + 1}"
        desk.note("open_person", label, "Called the tip line.")
        desk.note("tie", label, "The number that called.", f"phone:{tip.reporter}")
        desk.note("set_role", label, "Saw it and told us.", role="witness", since=tip.time)


def _acted(phone: str, postings: list[Posting]) -> bool:
    """Say whether somebody offered something under this number."""
    return any(phone == key for p in postings for key, _, _ in p.contacts)


def _shown(desk: Desk, actor: Actor) -> bool:
    """Say whether the evidence bears the actor's first phone, and not as a chat's holder alone."""
    phone = actor.first("phone")
    story = desk.story
    return (
        any(phone in chat.others and chat.messages and not chat.shown for chat in story.chats)
        or any(
            record.calls and (phone == record.holder or any(c.other == phone for c in record.calls))
            for record in story.records
        )
        or any(p.actor == actor.id for p in story.postings)
    )


def _source(story: Story, actor: Actor, posted: dict[str, list[Posting]]) -> tuple[str, datetime]:
    if posted[actor.id]:
        first = posted[actor.id][0]
        return f"the advert {first.url}", first.posted
    phone = actor.first("phone")
    for chat in story.chats:
        if phone in (chat.holder, *chat.others) and chat.messages:
            return "the chat on the telephone that was handed over", chat.messages[0].time
    return "the carrier's record", story.start


def write_decisions(story: Story, file: Path) -> None:
    """Write the decisions as JSON Lines, one an act, in the order they were taken."""
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for decision in story.decisions:
            row = {
                "act": decision.act,
                "a": decision.a,
                "b": decision.b,
                "role": decision.role,
                "since": decision.since.date().isoformat() if decision.since else "",
                "reason": decision.reason,
                "by": decision.by,
                "at": decision.at.isoformat(timespec="minutes"),
            }
            out.write(json.dumps({k: v for k, v in row.items() if v}, ensure_ascii=False) + "\n")
