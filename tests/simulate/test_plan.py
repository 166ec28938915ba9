"""What is planned: another structure for every seed, and ties that a sound method can follow."""

import itertools
from collections import Counter, defaultdict

import pytest

from palermo.simulate.plan import plan
from palermo.simulate.story import Story

SEEDS = range(20, 28)


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return [plan(seed, "small") for seed in SEEDS]


def test_seeds_differ_in_structure(stories: list[Story]):
    shapes = {
        (
            tuple(sorted(g.make for g in s.groups)),
            tuple(sorted(site.layout for site in s.sites)),
            tuple(g.traits.get("traces", "") for g in s.groups),
            tuple(sorted({p.language for p in s.postings})),
        )
        for s in stories
    }
    assert len(shapes) == len(stories)
    assert len({tuple(sorted(g.make for g in s.groups)) for s in stories}) > 2
    assert len({tuple(sorted(t[0] for t in s.traps.values())) for s in stories}) > 2
    assert len({p.language for s in stories for p in s.postings}) == 8


def test_most_adverts_are_of_people_who_belong_to_nobody(stories: list[Story]):
    for story in stories:
        free = sum(story.actors[p.actor].group is None for p in story.postings)
        assert free > len(story.postings) * 0.5


def _components(story: Story) -> dict[str, str]:
    """Join what a careful reader may join: own contacts, own pictures, own texts. Slow and plain."""
    parent: dict[str, str] = {}

    def find(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    common = set(story.traps)
    for p in story.postings:
        for key, _, _ in p.contacts:
            if key not in common:
                parent[find(p.url)] = find(key)
        for copy in p.pictures:
            if f"shot:{copy.shot.id}" not in common:
                parent[find(p.url)] = find(f"shot:{copy.shot.id}")
    for album in story.albums:
        for shot in album.shots:
            assert shot.device
            parent[find(album.holder)] = find("device:exif:" + ":".join(shot.device))
    for group in _same_text(story):
        for p in group[1:]:
            parent[find(p.url)] = find(group[0].url)
    return {node: find(node) for node in parent}


def _same_text(story: Story):
    """Group adverts that share most of their sentences and no popular text."""
    words = {
        p.url: set(p.body.split())
        if p.language not in ("zh", "th")
        else set(zip(p.body, p.body[1:], p.body[2:], strict=False))
        for p in story.postings
    }
    own = [p for p in story.postings if not p.template]
    for i, p in enumerate(own):
        near = [
            q
            for q in own[:i]
            if q.language == p.language
            and q.category == p.category
            and len(words[p.url] & words[q.url]) > 0.6 * len(words[p.url] | words[q.url])
        ]
        if near:
            yield [p, near[0]]


def test_identities_can_be_recovered_and_hold_nobody_else(stories: list[Story]):
    """The truth is in the evidence: joining what may be joined gives nearly the actors themselves."""
    for story in stories:
        joined = _components(story)
        actor = dict(story.owner) | {p.url: p.actor for p in story.postings}
        by_root, by_actor = defaultdict(set), defaultdict(Counter)
        for node, root in joined.items():
            if node in actor:
                by_root[root].add(actor[node])
                by_actor[actor[node]][root] += 1
        assert not [who for who in by_root.values() if len(who) > 1], story.seed
        posts = Counter(p.actor for p in story.postings)
        found = sum(max(by_actor[a].values()) for a in posts)
        assert found / sum(sum(by_actor[a].values()) for a in posts) > 0.97, story.seed


def test_common_numbers_are_printed_by_many(stories: list[Story]):
    for story in stories:
        for key in story.traps:
            if key.startswith("phone:"):
                by = {p.actor for p in story.postings for k, _, _ in p.contacts if k == key}
                assert len(by) >= 10, (story.seed, key)


def test_every_stay_is_seen_on_its_first_day(stories: list[Story]):
    for story in stories:
        phone = {
            a.id: {k[6:] for k in a.keys if k.startswith("phone:")} for a in story.actors.values()
        }
        for stay in story.stays:
            day = stay.start.astimezone(stay.city.tz).date()
            numbers = phone[stay.actor]
            near = [
                p.posted for p in story.postings if p.actor == stay.actor and p.city == stay.city
            ]
            near += [
                c.start
                for r in story.records
                if r.holder in numbers
                for c in r.calls
                if c.city == stay.city
            ]
            near += [
                s.taken
                for a in story.albums
                if a.holder[6:] in numbers
                for s in a.shots
                if s.place == stay.city
            ]
            near += [
                f.time
                for t in story.tracks
                if t.holder[6:] in numbers
                for f in t.fixes
                if f.speed < 2
            ]
            assert day in {t.astimezone(stay.city.tz).date() for t in near}, (story.seed, stay)


def test_stays_of_one_person_do_not_overlap(stories: list[Story]):
    for story in stories:
        by: dict[str, list] = defaultdict(list)
        for stay in story.stays:
            assert stay.start < stay.end
            by[stay.actor].append(stay)
        for stays in by.values():
            assert all(a.end <= b.start for a, b in itertools.pairwise(stays))


def test_those_who_are_moved_or_pay_control_nothing(stories: list[Story]):
    for story in stories:
        posters = {p.actor for p in story.postings}
        for actor in story.actors.values():
            if actor.part in ("victim", "traveller"):
                assert actor.group
                assert actor.id not in posters
        assert {a.part for a in story.actors.values()} >= {"victim", "traveller", "independent"}


def test_contacts_are_disguised_at_believable_rates(stories: list[Story]):
    tricks: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for story in stories:
        for p in story.postings:
            grouped = story.actors[p.actor].group is not None
            tricks[grouped].update(t for k, _, t in p.contacts if k.startswith("phone:"))
    for grouped, low, high in ((True, 0.2, 0.6), (False, 0.03, 0.25)):
        share = 1 - tricks[grouped]["plain"] / sum(tricks[grouped].values())
        assert low < share < high
    assert len(tricks[True] + tricks[False]) >= 12


def test_a_contradiction_names_another_city_than_the_posters(stories: list[Story]):
    told = [(s, url, place) for s in stories for url, place in s.contradictions]
    assert told
    for story, url, place in told:
        posting = next(p for p in story.postings if p.url == url)
        stay = next(
            t for t in story.stays if t.actor == posting.actor and t.start <= posting.posted < t.end
        )
        assert stay.city == place
        assert (
            posting.city != place
            or len({t.city for t in story.stays if t.actor == posting.actor}) == 1
        )
