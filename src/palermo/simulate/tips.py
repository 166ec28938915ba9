"""Writes what reached hotlines and partners: tips as CSV, adverts as JSON Lines, saved pages."""

import csv
import io
import json

from palermo.simulate import pages
from palermo.simulate.intake import Evidence
from palermo.simulate.story import Posting
from palermo.simulate.writing import plate_text

CHANNELS = {"telephone": "line 1", "web form": "form", "letter": "post"}


def write_tips(evidence: Evidence) -> None:
    story = evidence.story
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["ref", "received", "received time", "channel", "town", "narrative", "caller number"]
    )
    rows = [
        (
            f"{tip.time.astimezone(tip.city.tz):%Y-%m-%d}",
            f"{tip.time.astimezone(tip.city.tz):%H:%M}",
            tip,
        )
        for tip in story.tips
    ]
    for number, (day, clock, tip) in enumerate(rows, 1):
        writer.writerow(
            [f"T{number:04d}", day, clock, tip.channel, tip.city.name, tip.text, tip.reporter]
        )
        for key in story.owner:
            value = key.split(":", 1)[1]
            if key.startswith("phone:") and (value in tip.text or value == tip.reporter):
                evidence.bears(key, value, "tips/tips.csv")
            if key.startswith("plate:") and plate_text(key.split(":")[2]) in tip.text:
                evidence.bears(key, plate_text(key.split(":")[2]), "tips/tips.csv")
    if not story.tips:
        return
    mapping = evidence.mapping(
        "tip_line",
        {
            "event": "tip",
            "match": {"header": ["ref", "received", "channel", "narrative", "caller number"]},
            "time": {"columns": ["received", "received time"], "format": "%Y-%m-%d %H:%M"},
            "text": ["narrative"],
            "place": "town",
            "parties": [{"column": "caller number", "kind": "phone", "role": "reporter"}],
            "details": {"channel": "channel"},
            "ignore": ["ref"],
        },
    )
    region = story.groups[0].region
    zone = "America/New_York" if region == "US" else "Europe/London"
    evidence.write("tips/tips.csv", out.getvalue(), mapping=mapping, region=region, zone=zone)


def write_partner(evidence: Evidence) -> None:
    """Write what a partner collected of one site as JSON Lines: sightings of adverts known besides."""
    story = evidence.story
    rng = story.stream("partner")
    site = rng.choice(story.sites)
    mine = [posting for posting in story.postings if posting.site == site]
    chosen = rng.sample(mine, min(len(mine), 25 if story.size == "small" else 400))
    name, lines = "partner/adverts.jsonl", []
    for posting in sorted(chosen, key=lambda p: (p.posted, p.url)):
        phones = [
            written
            for key, written, trick in posting.contacts
            if key.startswith("phone:") and trick == "plain" and key not in story.traps
        ]
        lines.append(
            json.dumps(
                {
                    "posted": int(posting.posted.timestamp()),
                    "url": posting.url,
                    "title": posting.title,
                    "body": posting.body,
                    "city": posting.city.name,
                    "phone": ";".join(phones),
                },
                ensure_ascii=False,
            )
        )
    mapping = evidence.mapping(
        "partner_adverts",
        {
            "event": "advert",
            "match": {"header": ["posted", "url", "title", "body", "phone", "city"]},
            "time": {"column": "posted", "format": "epoch", "zone": "UTC"},
            "text": ["title", "body"],
            "place": "city",
            "posting": "url",
            "parties": [{"column": "phone", "kind": "phone", "role": "poster", "split": ";"}],
            "details": {"url": "url", "title": "title", "contact": "phone"},
        },
    )
    evidence.write(name, "\n".join(lines) + "\n", region=site.region, mapping=mapping)


def write_saved(evidence: Evidence) -> None:
    """Write a few pages as an officer's browser saved them: HTML alone."""
    story = evidence.story
    rng = story.stream("saved")
    for number, posting in enumerate(rng.sample(story.postings, 4)):
        _save(evidence, f"pages/saved-{number + 1}.html", posting)
    site = story.sites[0]
    evidence.write(
        "pages/advice.html",
        pages.article(site, rng.randrange(4), "", story.start),
        region=site.region,
    )


def _save(evidence: Evidence, name: str, posting: Posting) -> None:
    evidence.write(
        name,
        pages.detail(posting, []),
        region=posting.site.region,
        zone="America/New_York" if posting.site.region == "US" else "Europe/London",
        note=f"saved from {posting.url}",
    )
    for key, written, _ in posting.contacts:
        evidence.bears(key, written, name)
