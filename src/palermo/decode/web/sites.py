"""Reads adverts as a site's description says: CSS selectors, kept as YAML with the case.

The description is documented in docs/sites.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborNode

from palermo.decode.web.listing import Block
from palermo.decode.web.outline import Outline, host_of
from palermo.decode.web.shape import Element

FIELDS = ("title", "body", "posted", "place", "price", "contact", "pictures")
KNOWN = {*FIELDS, "hosts", "advert", "zone", "region", "name", "note"}


@dataclass(slots=True)
class Described:
    """An advert where a site's description found it, and the elements that hold its fields."""

    block: Block
    fields: dict[str, list[Element]] = field(default_factory=dict)


def site_for(
    sites: Mapping[str, Mapping[str, Any]], url: str
) -> tuple[str, Mapping[str, Any]] | None:
    """Return the name and description of the site that a page is of; the closest host wins."""
    if not sites:
        return None
    host = host_of(url)
    found: list[tuple[int, str, Mapping[str, Any]]] = []
    for name, site in sorted(sites.items()):
        hosts = site.get("hosts") or []
        for stated in [hosts] if isinstance(hosts, str) else hosts:
            wanted = str(stated).lower().removeprefix("www.").strip("/")
            if host and (host == wanted or host.endswith(f".{wanted}")):
                found.append((len(wanted), name, site))
    if not found:
        return None
    _, name, site = max(found, key=lambda row: row[0])
    return name, site


def faults_of(site: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a description, in words for whoever wrote it."""
    for key in sorted(set(map(str, site)) - KNOWN):
        yield f"has a field {key!r} that is not known; known are {', '.join(sorted(KNOWN))}"
    for key in ("advert", *FIELDS):
        value = site.get(key)
        if value is not None and not (isinstance(value, str) and value.strip()):
            yield f"has a {key!r} that is not a CSS selector"


def described(outline: Outline, site: Mapping[str, Any]) -> list[Described]:
    """Return the adverts that a description finds; ValueError for a selector that is none."""
    elements = {element.node.mem_id: element for element in outline.markup.elements}
    root = outline.markup.shape.parser.root
    found: list[Described] = []
    end = -1
    for node in _select(root, site["advert"]) if root is not None else ():
        element = elements.get(node.mem_id)
        if element is None or element.begin < end or element.begin == element.end:
            continue  # within the advert before it, or empty
        end = element.end
        advert = Described(Block(element.begin, element.end))
        for key in FIELDS:
            selector = site.get(key)
            if isinstance(selector, str):
                nodes = _select(node, selector)
                advert.fields[key] = [elements[n.mem_id] for n in nodes if n.mem_id in elements]
        found.append(advert)
    return found


def _select(node: LexborNode, selector: str) -> list[LexborNode]:
    try:
        return node.css(selector)
    except Exception as error:  # lexbor's own class of error is not public
        raise ValueError(f"{selector!r} is no CSS selector") from error
