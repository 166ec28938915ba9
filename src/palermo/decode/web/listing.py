"""Finds the adverts on a page by structure alone: no rule knows a site, a language or a word.

An advert shows a title and a price or a contact, and at least two more of: a body, a time, a place,
a picture; in a row of them a body, a time and a place will do, or a contact and a body alone (see
`plain`). Many of them in a row are a listing; one that fills the page is a detail page. Menus,
footers, banners, lists of links, articles and search results show other things.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from palermo.decode.web.outline import Outline, Sums, host_of
from palermo.decode.web.plain import are_plain, is_plain, is_plain_page
from palermo.decode.web.shape import Element

LONGEST = 6000  # letters of one advert in a listing
BODY = 40  # letters of prose
DETAIL_BODY = 60
ARTICLE = 1500  # letters; longer prose in which numbers only occur is an article
SHARE = 0.5  # of the siblings that must look like adverts
FOREIGN = 0.5  # share of records that lead to other hosts: then it is a list of links
WANTED = 2
LINKED_TITLE = 8  # letters of a title that leads to the advert
ADVERT_NAMES = """JobPosting Product Offer AggregateOffer Accommodation Apartment House Room
HotelRoom Vehicle Car Service RealEstateListing SingleFamilyResidence Demand Residence"""
ADVERT_TYPES = frozenset(ADVERT_NAMES.split())
ARTICLE_TYPES = {
    "NewsArticle",
    "Article",
    "BlogPosting",
    "Report",
    "FAQPage",
    "QAPage",
    "AboutPage",
}


@dataclass(slots=True)
class Block:
    """Where one advert stands: `pieces[begin:end]` without `gaps`, which are furniture."""

    begin: int
    end: int
    gaps: list[tuple[int, int]] = field(default_factory=list)
    whole: bool = False  # it is what the page is about, not one of several

    def ranges(self) -> list[tuple[int, int]]:
        found, at = [], self.begin
        for begin, end in sorted(self.gaps):
            if begin > at:
                found.append((at, begin))
            at = max(at, end)
        if at < self.end:
            found.append((at, self.end))
        return found


def find_blocks(outline: Outline) -> list[Block]:
    """Return the adverts on a page, in its order."""
    listed = _listed(outline)
    if listed and not _room_for_one(outline, listed):
        return listed
    single = _single(outline, listed)
    if single is not None and (not listed or _outweighs(outline, single, listed)):
        return [single]
    return listed


def _room_for_one(outline: Outline, listed: list[Block]) -> bool:
    """Whether the page says enough outside its lists to be about one advert."""
    within = sum(outline.sums(block.begin, block.end).prose for block in listed)
    total = outline.sums(0, len(outline.markup.pieces)).prose
    return total - within >= max(DETAIL_BODY, within / 2)


def _listed(outline: Outline) -> list[Block]:
    """Return the records of all lists of adverts on the page."""
    found: list[Block] = []
    holds: set[int] = set()  # elements with a list inside, by id
    for element in reversed(outline.marks.parents):
        records = [] if id(element) in holds else _records(outline, element, holds)
        if records and not _is_off(outline, element) and not _leads_away(outline, records):
            found += records
        if records or id(element) in holds:
            _note(element, holds)
    if found:
        found += _orphans(outline, found)
    found.sort(key=lambda block: block.begin)
    return found


def _note(element: Element, holds: set[int]) -> None:
    """Note that the elements round one with a list hold it, up to the next with several children."""
    above = element.parent
    while above is not None:
        holds.add(id(above))
        if len(above.children) > 1:
            return
        above = above.parent


def _records(outline: Outline, parent: Element, holds: set[int]) -> list[Block]:
    """Return the children of an element that are adverts in a row, or the stretches between."""
    if not outline.may_hold_records(parent.begin, parent.end):
        return []
    holding = [child for child in parent.children if id(child) in holds] if holds else []
    if holding:
        families = _families([child for child in parent.children if id(child) not in holds])
    else:
        families = outline.marks.noted(parent, lambda: _families(parent.children))
    best: list[Block] = []
    for children in families:
        records = _agreed(outline, children)
        if len(records) > len(best):
            best = records
    if best or holding:
        return best
    return _agreed(outline, outline.marks.noted(parent.children, lambda: _stretches(parent)))


def _families(children: list[Element]) -> list[list[tuple[int, int]]]:
    """Return where children stand that are of one make: of one tag, or of one class too."""
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for child in children:
        if child.end > child.begin:
            first_class = (child.attributes.get("class") or "").split()[:1]
            rows[child.tag].append((child.begin, child.end))
            if first_class:
                rows[f"{child.tag}.{first_class[0]}"].append((child.begin, child.end))
    found: list[list[tuple[int, int]]] = []
    for row in rows.values():
        if len(row) >= 2 and row not in found:
            found.append(row)
    return found


def _stretches(parent: Element) -> list[tuple[int, int]]:
    """Cut an element at its repeated headings or rules, where records have no element each."""
    tags = [child.tag for child in parent.children]
    for tag in ("h2", "h3", "h4", "h5", "h1", "h6", "dt", "hr"):
        if tags.count(tag) < 2:
            continue
        cuts = [child for child in parent.children if child.tag == tag]
        starts = [cut.begin for cut in cuts]
        last = parent.end
        for child in parent.children:
            if child.begin > starts[-1] and child.tag in ("hr", "nav", "footer", "form"):
                last = child.begin
                break
        if tag == "hr":
            first = parent.children[0].begin
            return list(zip([first, *starts], [*starts, last], strict=True))
        return list(zip(starts, [*starts[1:], last], strict=True))
    return []


def _agreed(outline: Outline, stretches: list[tuple[int, int]]) -> list[Block]:
    """Return the stretches that are adverts, if enough of them are to make the others so too."""
    sure = [stretch for stretch in stretches if is_advert(outline, *stretch)]
    if not sure:
        plain = [stretch for stretch in stretches if is_plain(outline, *stretch)]
        agreed = len(plain) > 1 and are_plain(outline, plain, stretches)
        return [Block(begin, end) for begin, end in plain] if agreed else []
    surely = set(sure)
    likely = [s for s in stretches if s not in surely and _resembles(outline, *s)]
    if len(sure) < 2 or len(sure) < SHARE * (len(sure) + len(likely)):
        return []
    return [Block(begin, end) for begin, end in sorted(sure + likely)]


def is_advert(outline: Outline, begin: int, end: int) -> bool:
    """Whether a stretch shows what an advert shows, once."""
    sums = outline.sums(begin, end)
    offers = sums.prices + sums.contacts > 0
    tells = sums.prose >= BODY and sums.dates > 0 and sums.places > 0
    if not (offers or tells) or sums.lines < 2 or sums.headings > 2 or sums.dates > 4:
        return False
    letters = sums.letters + sums.linked
    is_row = sums.prices > 0 and sums.dates > 0  # of a table: a linked title and little besides
    if not 8 <= letters <= LONGEST or (sums.letters * 4 < sums.linked and not is_row):
        return False
    return _marks(outline, sums, begin, end) >= WANTED


def _marks(outline: Outline, sums: Sums, begin: int, end: int) -> int:
    return (
        (sums.prose >= BODY)
        + (sums.dates > 0)
        + (sums.places > 0)
        + bool(outline.pictures_within(begin, end))
        + (sums.prices > 0 and sums.contacts > 0)
        + (sums.prices > 0 and sums.dates > 0 and sums.linked >= LINKED_TITLE)
    )


def _resembles(outline: Outline, begin: int, end: int) -> bool:
    """Whether a stretch among adverts may be one that states neither price nor contact."""
    sums = outline.sums(begin, end)
    if sums.lines < 2 or not 8 <= sums.letters + sums.linked <= LONGEST or sums.headings > 2:
        return False
    if sums.letters * 4 < sums.linked or sums.prices + sums.contacts:
        return False
    return _marks(outline, sums, begin, end) >= WANTED


def _is_off(outline: Outline, element: Element) -> bool:
    return any(begin <= element.begin and element.end <= end for begin, end in outline.furniture)


def _leads_away(outline: Outline, records: list[Block]) -> bool:
    """Whether most records lead to other hosts, several of them: search results, lists of links."""
    hosts = [host_of(outline.own_link(block.begin, block.end)) for block in records]
    away = [host for host in hosts if host and host != outline.host]
    return bool(outline.host) and len(away) > FOREIGN * len(hosts) and len(set(away)) > 1


def _orphans(outline: Outline, blocks: list[Block]) -> Iterator[Block]:
    """Yield adverts of the same make as listed ones that stand alone in their row."""
    taken = {(block.begin, block.end) for block in blocks}
    makes = {
        (element.tag, element.attributes.get("class"))
        for element in outline.markup.elements
        if (element.begin, element.end) in taken and element.attributes.get("class")
    }
    covered = bytearray(len(outline.markup.pieces) + 1)
    for block in blocks:
        covered[block.begin : block.end] = b"\1" * (block.end - block.begin)
    for element in outline.markup.elements if makes else ():
        if (element.tag, element.attributes.get("class")) not in makes:
            continue
        begin, end = element.begin, element.end
        if (
            not any(covered[begin:end])
            and not outline.off[begin]
            and is_advert(outline, begin, end)
        ):
            covered[begin:end] = b"\1" * (end - begin)
            yield Block(begin, end)


def _outweighs(outline: Outline, single: Block, listed: list[Block]) -> bool:
    """Whether a list on a page is an extra to its one advert ("similar adverts")."""
    own = sum(outline.sums(*part).prose for part in single.ranges())
    prose = [outline.sums(block.begin, block.end).prose for block in listed]
    before = sum(block.begin < single.begin for block in listed)
    return not before and own >= DETAIL_BODY and own > 2 * max(prose) and own > sum(prose) / 2


def _single(outline: Outline, listed: list[Block]) -> Block | None:
    """Return the one advert that a page is about, without what surrounds it."""
    with outline.without([(block.begin, block.end) for block in listed] + _loose(outline)):
        for head in _heads(outline):
            block = _grown(outline, head)
            if block is not None:
                return block
    return None


def _heads(outline: Outline) -> list[Element]:
    """Return what can title a page's one advert: what the page's own title begins with, first.

    Some sites use no headings; then a line that the page's title begins with is one.
    """
    title = outline.title
    heads: list[Element] = []
    named: list[Element] = []
    texts: dict[tuple[int, int], str] = {}
    for element in outline.marks.heads:
        begin, end = element.begin, element.end
        is_head = element.tag in ("h1", "h2", "h3")
        if outline.off[begin]:
            continue
        if not (is_head or title):
            continue
        if (text := texts.get((begin, end))) is None:
            text = texts[begin, end] = outline.markup.words(begin, end)
        if len(text) >= 3 and is_head:
            heads.append(element)
        if len(text) >= 4 and title.startswith(text):
            named.append(element)
    named.sort(key=lambda element: element.tag not in ("h1", "h2", "h3"))
    level = min((head.tag for head in heads), default="")
    return named[:1] + [head for head in heads if head.tag == level][:3]


def _grown(outline: Outline, head: Element) -> Block | None:
    """Return the least element round a heading that is an advert, grown while it gains fields."""
    element = head.parent
    while element is not None and not _is_detail(outline, element):
        element = element.parent
    if element is None or element.tag == "html":
        return None
    while (above := element.parent) is not None and above.tag not in ("html", "body"):
        own = outline.sums(element.begin, element.end)
        wide = outline.sums(above.begin, above.end)
        fields = (wide.short_price - own.short_price) + (wide.short_contact - own.short_contact)
        gains = fields + (wide.dates - own.dates)
        grows = wide.letters - own.letters
        if wide.headings - own.headings > 2 or grows > own.letters + 400 or (grows and not gains):
            break
        element = above
    begin = min(element.begin, head.begin)
    gaps = [gap for gap in outline.furniture if gap[0] < element.end and gap[1] > begin]
    return Block(begin, element.end, gaps, whole=True)


def _is_detail(outline: Outline, element: Element) -> bool:
    begin, end = element.begin, element.end
    sums = outline.sums(begin, end)
    if is_plain_page(outline, begin, end):
        return True
    typed = bool(outline.types & ADVERT_TYPES)
    if not sums.prices + sums.contacts or sums.prose < (BODY if typed else DETAIL_BODY):
        return False
    if outline.types & ARTICLE_TYPES and not typed:
        return False
    is_field = sums.short_price + sums.short_contact > 0
    talk = sums.places > 0 and sums.letters <= ARTICLE
    if not typed and not is_field and not talk:
        return False
    if sums.headings > 8 or sums.dates > 4 or (sums.letters > 4 * ARTICLE and not typed):
        return False
    return _marks(outline, sums, begin, end) >= (WANTED if typed else WANTED + 1)


def _links_on(outline: Outline, element: Element) -> Element | None:
    """Return a list whose every item is led by a link, with the heading that it alone stands under:
    "You may also like"."""
    if element.tag not in ("ul", "ol"):
        return None
    items = [child for child in element.children if child.end > child.begin]
    if len(items) < 2:
        return None
    sums = outline.sums(element.begin, element.end)
    linked = all(outline.marks.links_within(item.begin, item.end) for item in items)
    if not linked or sums.contacts or 2 * sums.linked < sums.letters:
        return None
    while (above := element.parent) is not None and above.tag in ("aside", "section", "div", "nav"):
        wide, own = (outline.sums(e.begin, e.end) for e in (above, element))
        if wide.lines - own.lines != wide.headings - own.headings:
            break
        element = above
    return element


def _loose(outline: Outline) -> list[tuple[int, int]]:
    """Return furniture that no name gives away: lists of links, banners, notices of rights."""
    found = []
    for element in outline.marks.blocks if outline.has_notice() else outline.marks.lists:
        begin, end = element.begin, element.end
        links = outline.marks.links_within(begin, end)
        notice = outline.has_notice(begin, end)
        if (on := _links_on(outline, element)) is not None:
            found.append((on.begin, on.end))
        if links < 3 and not notice:
            continue
        sums = outline.sums(begin, end)
        is_list = links >= 3 and sums.linked > 2 * sums.letters and not sums.prices + sums.contacts
        small = 0 < sums.lines <= 6 and sums.letters < 600 and not sums.headings
        if is_list or (notice and small):
            found.append((begin, end))
    return found
