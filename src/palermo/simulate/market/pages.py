"""Draws the pages of the market's sites: one advert a page, or a list of them."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from html import escape
from zoneinfo import ZoneInfo

from palermo.simulate.market.contacts import phone
from palermo.simulate.market.ground import SITES, TRADES, ZONES, Site

# A page's parts: id, title, town, price, posted (as shown), text (as HTML).
Shown = tuple[int, str, str, str, str, str]
LISTED = 10  # adverts a page of a site of the make "list"


@cache
def _zone(region: str) -> ZoneInfo:
    return ZoneInfo(ZONES[region])


@cache
def _months() -> tuple[str, ...]:
    return tuple(f"{datetime(2025, month, 1):%B}" for month in range(1, 13))


def posted(site: Site, second: int) -> str:
    """Write a time, in seconds since 1970, in the manner of a site."""
    t = datetime.fromtimestamp(second, _zone(site.region))
    if site.dates == "iso":
        return f'<time datetime="{t.isoformat()}">{t.day} {_months()[t.month - 1][:3]}</time>'
    american = site.region == "US"
    clock = f"{t.hour % 12 or 12}:{t.minute:02} {'AP'[t.hour > 11]}M" if american else f"{t:%H:%M}"
    if site.dates == "long":
        month = _months()[t.month - 1]
        day = f"{month} {t.day}, {t.year}" if american else f"{t.day} {month} {t.year}"
        return f"Posted {day}, {clock}"
    first, second_ = (t.month, t.day) if american else (t.day, t.month)
    return f"{first:02}/{second_:02}/{t.year} {clock}"


def path(site: Site, number: int) -> str:
    """Return a posting's path on its site."""
    if site.make == "table":
        return f"/view.php?id={number}"
    if site.make == "soup":
        return f"/p/{number}"
    return f"/ads/{number}" + (".html" if site.make == "cards" else "")


def html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>\n")


@cache
def _frame(number: int) -> tuple[str, str, str]:
    """Return a site's page up to its title, from there to its content, and from there on."""
    site = SITES[number]
    links = "".join(f'<a href="/{trade}">{trade.capitalize()}</a> ' for trade in TRADES)
    line = phone(site.region, 0).value  # the site's own hotline
    foot = (
        f'Something wrong with an advert? Write to <a href="mailto:support@{site.host}">'
        f'support@{site.host}</a> or call <a href="tel:{line}">{line}</a> · Terms · Privacy'
    )
    notice = "This site keeps a small file on your device. <a href=/privacy>Read more</a>"
    if site.make == "table":
        return (
            "<html><head><meta charset=utf-8><title>",
            f'</title></head><body bgcolor=white><table width="100%"><tr><td colspan=2>{links}</td>'
            f"</tr><tr><td valign=top width=160>{site.host}</td><td>",
            f"</td></tr><tr><td colspan=2><font size=1>{foot}</font></td></tr></table>"
            f"<div id=cookie>{notice}</div></body></html>",
        )
    if site.make == "soup":
        return (
            '<!doctype html><html><head><meta charset="utf-8"><title>',
            f'</title></head><body><div class="x1"><div class="x2">{links}</div></div>'
            f'<div class="x9">{notice}</div><div class="k0">',
            f'</div><div class="z1">{foot}</div><script>var t=0;</script></body></html>',
        )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>',
        f" - {site.host}</title>\n<style>body{{margin:0}}</style>\n</head>\n<body>\n<header><nav>"
        f'{links}</nav></header>\n<div class="consent" role="dialog">{notice}</div>\n<main>\n',
        f"\n</main>\n<footer><p>{foot}</p></footer>\n</body>\n</html>\n",
    )


def page(number: int, shown: Shown) -> bytes:
    """Draw an advert's own page on the site of a number."""
    site = SITES[number]
    _, title, town, price, when, text = shown
    begin, middle, end = _frame(number)
    if site.make == "cards":
        main = (
            f'<div class="ad-card"><h1 class="ad-title">{title}</h1><p class="meta"><span '
            f'class="place">{town}</span> · <span class="price">{price}</span> · <span class="date">'
            f'{when}</span></p><div class="description">{text}</div></div>'
        )
    elif site.make == "table":
        main = (
            f"<h2>{title}</h2><table border=1><tr><th>Where</th><td>{town}</td></tr><tr><th>Price"
            f"</th><td>{price}</td></tr><tr><th>Date</th><td>{when}</td></tr><tr><th>Text</th><td>"
            f"{text}</td></tr></table>"
        )
    elif site.make == "soup":
        main = (
            f'<div class="q7"><div class="q1">{title}</div><div class="q2">{when} | {town} | {price}'
            f'</div><div class="q4">{text}</div></div>'
        )
    elif site.make == "article":
        main = (
            f'<article class="listing" itemscope><h1 itemprop="name">{title}</h1>{when}<address>'
            f'{town}</address><data itemprop="price" value="{price}">{price}</data><section '
            f'itemprop="description"><p>{text}</p></section></article>'
        )
    else:
        main = (
            f'<section class="advert"><h1>{title}</h1><dl><dt>Town</dt><dd>{town}</dd><dt>Price</dt>'
            f"<dd>{price}</dd><dt>Placed</dt><dd>{when}</dd></dl><p>{text}</p></section>"
        )
    return f"{begin}{title}{middle}{main}{end}".encode()


def listing(number: int, heading: str, rows: Sequence[Shown]) -> bytes:
    """Draw a page of several adverts, each with a link to its own."""
    site = SITES[number]
    begin, middle, end = _frame(number)
    items = "\n".join(
        f'<li class="result"><a class="ad-title" href="{path(site, id)}">{title}</a> <span '
        f'class="place">{town}</span> <span class="price">{price}</span> <span class="date">{when}'
        f"</span><p>{text}</p></li>"
        for id, title, town, price, when, text in rows
    )
    main = f"<h1>{heading}</h1><ul class=results>\n{items}\n</ul>"
    return f"{begin}{heading}{middle}{main}{end}".encode()
