"""Recognises adverts that show no more than a title, a body and a contact.

So little is also what an office or a helpline shows. Hence in a row most must be so, and each must
say something of its own; alone, the page must be neither a story nor about its own site.
"""

import re

from palermo.decode.web.fields import CONTACT_HREF, PROSE, Line
from palermo.decode.web.outline import Outline

MOST_LINES = 12
SHARE = 0.5  # of the siblings with a body
SAYING = 1500  # letters; a longer text in which a contact occurs is an article
TALK = 400  # letters; in a text as short, the contact may stand in a sentence
# What sites call the page that tells how to reach themselves, as whole headings.
OWN_PAGES = re.compile(
    r"(?:contacts?|contact us|contact info(?:rmation)?|get in touch|about|about us|our (?:people|"
    r"team|offices?)|who (?:we are|can help)|help|imprint|impressum|kontakty?|über uns|contacto|"
    r"contáctenos|contáctanos|sobre nosotros|quiénes somos|contato|fale conosco|sobre nós|"
    r"nous contacter|contactez-nous|à propos|contatti|chi siamo|despre noi|contactați-ne|"
    r"контакты|наши контакты|связаться с нами|о нас|контакти|про нас|اتصل بنا|تواصل معنا|من نحن|"
    r"liên hệ|về chúng tôi|ติดต่อ|ติดต่อเรา|เกี่ยวกับเรา|联系我们|关于我们|聯絡我們|お問い合わせ|会社概要|연락처|"
    r"문의하기|iletişim|hakkımızda|contact opnemen|over ons)\W*",
    re.IGNORECASE,
)
# "By A. Writer", as the line under a story's title says it.
BYLINE = re.compile(
    r"(?:by|written by|von|por|par|di|door|autor|de către|автор|текст|bởi|tác giả|بقلم|كتب|โดย|เขียนโดย|作者|"
    r"文|撰文|글|yazan)(?:\s*[:：]\s*|\s+)\w",
    re.IGNORECASE,
)


def is_plain(outline: Outline, begin: int, end: int) -> bool:
    """Whether a stretch shows a title, then a body, and a contact, and little else."""
    sums = outline.sums(begin, end)
    if not sums.contacts or sums.prose < PROSE or not 2 <= sums.lines <= MOST_LINES:
        return False
    if sums.headings > 2 or sums.dates > 4 or sums.letters < sums.linked:
        return False
    lines = [line for line in outline.within(begin, end) if line.letters + line.linked]
    if len(lines) < 2 or not lines[0].short or OWN_PAGES.fullmatch(lines[0].text):
        return False
    return not lines[0].contacts and not any(_is_own(outline, line) for line in lines)


def are_plain(outline: Outline, sure: list[tuple[int, int]], all_: list[tuple[int, int]]) -> bool:
    """Whether stretches in a row are adverts though they are plain: most, each with its words."""
    bodied = [one for one in all_ if outline.sums(*one).prose >= PROSE]
    own = {_body(outline, *one) for one in sure}
    return len(sure) >= SHARE * len(bodied) and len(own) > len(sure) / 2


def is_plain_page(outline: Outline, begin: int, end: int) -> bool:
    """Whether a stretch that a heading leads is one plain advert, and not a story."""
    sums = outline.sums(begin, end)
    if outline.is_story or sums.letters > SAYING or sums.headings > 2:
        return False
    if any(line.short and BYLINE.match(line.text) for line in outline.within(begin, end)[1:4]):
        return False
    return (sums.short_contact > 0 or sums.letters <= TALK) and is_plain(outline, begin, end)


def shows_contacts(outline: Outline) -> bool:
    """Whether a page shows how to reach somebody, apart from its furniture."""
    lines = (line for line in outline.lines if line.contacts and not outline.off[line.begin])
    return any(_reaches(contact) for line in lines for contact in line.contacts)


def _reaches(contact: str) -> bool:
    if CONTACT_HREF.match(contact) or sum(map(str.isdigit, contact)) >= 7:
        return True
    return "@" in contact.lstrip("@")


def _is_own(outline: Outline, line: Line) -> bool:
    """Whether a line's e-mail address is at the page's own host."""
    hosts = [c.rpartition("@")[2].lower() for c in line.contacts if "@" in c]
    return any(h and (outline.host == h or outline.host.endswith(f".{h}")) for h in hosts)


def _body(outline: Outline, begin: int, end: int) -> str:
    longest = max(outline.within(begin, end), key=lambda line: line.letters)
    return re.sub(r"[\W\d_]+", "", longest.text).casefold()
