"""Draws the pages of fictional classified sites, each with another HTML structure."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from palermo.simulate.story import Posting
from palermo.simulate.world import SITE_ZONE, Site

NOTICE = (
    "This site keeps a small file on your device so that it works. "
    '<a href="/privacy">Read more</a> <button>Accept</button>'
)
SECTIONS = ("jobs", "rooms", "travel", "documents", "cleaning", "services")
ARTICLES = (
    (
        "How to rent a room without trouble",
        "See the room before you pay. Ask for a written "
        "agreement and a receipt for every payment. A fair landlord gives you time to read. Keep "
        "copies of what you sign, and let a friend know where you are going.",
    ),
    (
        "Ten questions before you take a job abroad",
        "Who is the employer, and are they "
        "registered? What is the pay after deductions? Who keeps your passport? Nobody but you "
        "should. Ask where you will live and what it costs, and whom you can call on a free day.",
    ),
    (
        "Sharing a lift: what to agree on",
        "Agree on the price and the stops before you set "
        "out. Meet in a public place. Tell somebody the number of the car and when you expect to "
        "arrive. Drivers may share the cost of fuel but need a licence to earn from it.",
    ),
    (
        "What a good translation costs",
        "Prices depend on the language and on how soon you need "
        "it. A sworn translator gives a stamp and a signature. Compare two offers, and do not send "
        "your original papers by post.",
    ),
)


def posted_text(posting: Posting, style: str) -> str:
    """Write a posting's time in the manner of its site and country."""
    time, region = posting.posted, posting.site.region
    if style == "iso":
        local = time.astimezone(posting.city.tz)
        return (
            f'<time datetime="{local.isoformat(timespec="seconds")}">{local.day} {local:%b}</time>'
        )
    local = time.astimezone(ZoneInfo(SITE_ZONE[region]))
    clock = local.strftime("%I:%M %p").lstrip("0") if region == "US" else f"{local:%H:%M}"
    if style == "long":
        day = (
            f"{local:%B} {local.day}, {local.year}"
            if region == "US"
            else (f"{local.day} {local:%B} {local.year}")
        )
        return f"Posted {day}, {clock}"
    return f"{local:%m/%d/%Y} {clock}" if region == "US" else f"{local:%d/%m/%Y} {clock}"


def body_html(posting: Posting) -> str:
    text = escape(posting.body, quote=False).replace("\n", "<br>\n")
    if posting.site.layout == "soup" and posting.contacts:
        written = escape(posting.contacts[0][1], quote=False)
        text = text.replace(written, f"<b>{written}</b>", 1)
    return text


def image_path(shot: int, variant: int) -> str:
    return f"/media/{shot:05d}-{variant}.jpg"


def _pictures(posting: Posting, css: str) -> str:
    return "".join(
        f'<img class="{css}" src="{image_path(p.shot.id, p.variant)}" alt="">'
        for p in posting.pictures
    )


def _path(posting: Posting) -> str:
    return escape(posting.url.split("/", 3)[3].join(("/", "")))


def _related(others: Sequence[Posting]) -> str:
    items = "".join(
        f'<li><a href="{_path(p)}">{escape(p.title)}</a> {escape(p.city.name)}</li>' for p in others
    )
    return (
        f'<aside class="also"><h4>You may also like</h4><ul>{items}</ul></aside>' if items else ""
    )


def page(site: Site, title: str, main: str, head: str = "") -> bytes:
    """Put a page's content between the site's navigation, cookie notice and footer."""
    links = "".join(f'<a href="/{s}">{s.capitalize()}</a> ' for s in SECTIONS)
    foot = (
        f'Something wrong with an advert? Write to <a href="mailto:{site.support}">'
        f"{site.support}</a> · {site.host} · Terms · Privacy"
    )
    if site.layout == "table":
        text = (
            f"<html><head><meta charset={site.charset}><title>{escape(title)}</title>{head}</head>"
            f'<body bgcolor=white><table width="100%"><tr><td colspan=2>{links}</td></tr>'
            f"<tr><td valign=top width=160>{site.host}</td><td>{main}</td></tr>"
            f"<tr><td colspan=2><font size=1>{foot}</font></td></tr></table>"
            f"<div id=cookie>{NOTICE}</div></body></html>"
        )
    elif site.layout == "soup":
        text = (
            f'<!doctype html><html><head><meta charset="{site.charset}"><title>{escape(title)}'
            f'</title>{head}</head><body><div class="x1"><div class="x2">{links}</div></div>'
            f'<div class="x9">{NOTICE}</div><div class="k0">{main}</div>'
            f'<div class="z1">{foot}</div><script>var t=0;</script></body></html>'
        )
    else:
        text = (
            f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="{site.charset}">\n'
            f"<title>{escape(title)}</title>\n{head}<style>body{{margin:0}}</style>\n</head>\n<body>\n"
            f"<header><nav>{links}</nav></header>\n"
            f'<div class="consent" role="dialog">{NOTICE}</div>\n<main>\n{main}\n</main>\n'
            f"<footer><p>{foot}</p></footer>\n</body>\n</html>\n"
        )
    return text.encode(site.charset, "xmlcharrefreplace")


def detail(posting: Posting, others: Sequence[Posting]) -> bytes:
    """Draw an advert's own page, with titles of other people's adverts beside it."""
    site, title = posting.site, escape(posting.title, quote=False)
    posted, text = posted_text(posting, site.dates), body_html(posting)
    place, price = escape(posting.city.name), escape(posting.price)
    head = ""
    if site.layout == "cards":
        main = (
            f'<div class="ad-card"><h1 class="ad-title">{title}</h1><p class="meta">'
            f'<span class="place">{place}</span> · <span class="price">{price}</span> · '
            f'<span class="date">{posted}</span></p>{_pictures(posting, "photo")}'
            f'<div class="description">{text}</div></div>'
        )
    elif site.layout == "table":
        main = (
            f"<h2>{title}</h2><table border=1><tr><th>Where</th><td>{place}</td></tr>"
            f"<tr><th>Price</th><td>{price}</td></tr><tr><th>Date</th><td>{posted}</td></tr>"
            f"<tr><th>Text</th><td>{text}</td></tr></table>{_pictures(posting, 'p')}"
        )
    elif site.layout == "soup":
        main = (
            f'<div class="q7"><div class="q1">{title}</div><div class="q2">{posted} | {place} | '
            f'{price}</div><div class="q4">{text}</div><div class="q5">'
            f"{_pictures(posting, 'q6')}</div></div>"
        )
    elif site.layout == "article":
        head = f'<link rel="canonical" href="{escape(posting.url)}">\n'
        main = (
            f'<article class="listing" itemscope><h1 itemprop="name">{title}</h1>{posted}'
            f'<address>{place}</address><data itemprop="price" value="{price}">{price}</data>'
            f'<section itemprop="description"><p>{text}</p></section>'
            f"<figure>{_pictures(posting, 'ph')}</figure></article>"
        )
    else:
        contact = escape(posting.contacts[0][1], quote=False) if posting.contacts else ""
        main = (
            f'<section class="advert"><h1>{title}</h1><dl><dt>Town</dt><dd>{place}</dd>'
            f"<dt>Price</dt><dd>{price}</dd><dt>Placed</dt><dd>{posted}</dd>"
            f"<dt>Contact</dt><dd>{contact}</dd></dl><p>{text}</p>{_pictures(posting, 'pic')}</section>"
        )
    return page(site, f"{posting.title} - {site.host}", main + _related(others), head)


def listing(site: Site, heading: str, postings: Sequence[Posting]) -> bytes:
    """Draw a page of many adverts; some sites show the whole text there, others its beginning."""
    rows = []
    for p in postings:
        title, link = escape(p.title, quote=False), _path(p)
        place, posted = escape(p.city.name), posted_text(p, site.dates)
        short = escape(p.body[:140].rsplit(" ", 1)[0], quote=False).replace("\n", " ") + " …"
        if site.layout == "cards":
            rows.append(
                f'<li class="result"><a class="ad-title" href="{link}">{title}</a>'
                f'<span class="place">{place}</span> <span class="price">{escape(p.price)}</span>'
                f' <span class="date">{posted}</span><p>{short}</p></li>'
            )
        elif site.layout == "table":
            rows.append(
                f'<tr><td>{posted}</td><td><a href="{link}">{title}</a></td>'
                f"<td>{place}</td><td>{escape(p.price)}</td></tr>"
            )
        elif site.layout == "soup":
            rows.append(
                f'<div class="r3"><div class="r1"><a href="{link}">{title}</a></div><div class="r2">'
                f'{posted} | {place} | {escape(p.price)}</div><div class="r4">{body_html(p)}</div></div>'
            )
        elif site.layout == "article":
            rows.append(
                f'<article class="teaser"><h2><a href="{escape(p.url)}">{title}</a></h2>{posted}'
                f"<address>{place}</address><p>{short}</p></article>"
            )
        else:
            rows.append(
                f'<div class="item"><h3><a href="{link}">{title}</a></h3><dl><dt>Town</dt>'
                f"<dd>{place}</dd><dt>Price</dt><dd>{escape(p.price)}</dd><dt>Placed</dt>"
                f"<dd>{posted}</dd></dl><p>{short}</p></div>"
            )
    joined = "\n".join(rows)
    wrap = {"cards": ("<ul class=results>", "</ul>"), "table": ("<table>", "</table>")}
    before, after = wrap.get(site.layout, ("<div>", "</div>"))
    return page(
        site, f"{heading} - {site.host}", f"<h1>{escape(heading)}</h1>{before}{joined}{after}"
    )


def article(site: Site, number: int, line: str, written: datetime) -> bytes:
    """Draw a page that is no advert, though it speaks of the same things."""
    title, text = ARTICLES[number % len(ARTICLES)]
    main = (
        f'<article class="post"><h1>{title}</h1><p class="by">By the editors, '
        f"{written.day} {written:%B} {written.year}</p><p>{text}</p><p>{escape(line)}</p></article>"
    )
    return page(site, f"{title} - {site.host}", main)
