"""Small pages of other people's making, and what a reader would say stands on them."""

from typing import NamedTuple


class Own(NamedTuple):
    """An advert that a page holds: its title, some of its body, and a contact where it has one."""

    title: str
    body: str
    contact: str = ""


class Page(NamedTuple):
    name: str
    why: str
    html: str
    adverts: tuple[Own, ...] = ()
    speaks: bool = False  # nothing is found on it, though it shows contacts: that is reported


EN = Own(
    "Room to let in Hull", "Warm room over a bakery, own key, share of the kitchen", "020 7946 0110"
)
EN2 = Own(
    "Fruit pickers needed",
    "Work from May until September, caravan on the farm, weekly pay",
    "020 7946 0111",
)
RU = Own("Требуются швеи", "Работа в цехе, жильё рядом, оплата каждую неделю", "+44 20 7946 0112")
RU2 = Own(
    "Сдам комнату", "Комната в центре для одного или двоих, без посредников", "+44 20 7946 0113"
)
AR = Own("مطلوب سائق توصيل", "عمل يومي مع سكن مشترك قريب من المطعم والراتب أسبوعي", "020 7946 0114")
AR2 = Own("غرفة للإيجار", "غرفة مفروشة في شقة هادئة تصلح لشخصين قرب السوق", "020 7946 0115")
TH = Own("รับสมัครพนักงานร้านอาหาร", "ทำงานทุกวันมีที่พักและอาหารให้ฟรี", "020 7946 0116")
TH2 = Own("ห้องเช่ารายเดือน", "ห้องสะอาดใกล้ตลาดเข้าอยู่ได้ทันที", "020 7946 0117")
VI = Own("Cần thợ làm móng", "Tiệm đông khách, bao ăn ở, trả lương hằng tuần", "020 7946 0118")
VI2 = Own(
    "Cho thuê phòng trọ", "Phòng có cửa sổ, gần chợ và bến xe, giờ giấc tự do", "020 7946 0119"
)
ES = Own(
    "Se necesita camarera de pisos",
    "Hotel pequeño junto al puerto, alojamiento incluido",
    "555-010-0120",
)
ES2 = Own(
    "Alquilo habitación", "Habitación exterior con llave propia, gastos aparte", "555-010-0121"
)
SITE = "<footer><p>Example Board Ltd. Questions? Call 020 7946 0900.</p></footer>"
NAV = (
    '<nav><a href="/">Home</a> <a href="/new">New</a> <a href="/help">Help</a> 020 7946 0900</nav>'
)
STORY = (
    "The harbour office said on Thursday that the lights along the pier would stay on through the "
    "winter, after people who walk there in the evening had asked for it at two meetings. "
)


def doc(body: str, lang: str = "en", head: str = "") -> str:
    title = "" if "<title>" in head else "<title>Example</title>"
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{title}{head}</head><body>{body}</body></html>'


def article(ad: Own, tag: str = "article", head: str = "h2") -> str:
    return f"<{tag}><{head}>{ad.title}</{head}><p>{ad.body}. {ad.contact}</p></{tag}>"


def item(ad: Own) -> str:
    return f"<div class=item><div>{ad.title}</div><div>{ad.body}</div><div>{ad.contact}</div></div>"


def paired(name: str, lang: str, first: Own, second: Own) -> list[Page]:
    both = (first, second)
    return [
        Page(
            f"articles {lang}",
            "two plain articles, a heading and a paragraph with a telephone",
            doc("".join(map(article, both)), lang),
            both,
        ),
        Page(
            f"items {lang}",
            "divs called item, their fields in bare divs",
            doc("".join(map(item, both)), lang),
            both,
        ),
        Page(
            f"one {lang}",
            f"one article alone on a page, in {name}",
            doc(article(first, head="h1"), lang),
            (first,),
        ),
    ]


OTHER_PAGES = [
    *paired("English", "en", EN, EN2),
    *paired("Russian", "ru", RU, RU2),
    *paired("Arabic", "ar", AR, AR2),
    *paired("Thai", "th", TH, TH2),
    *paired("Vietnamese", "vi", VI, VI2),
    *paired("Spanish", "es", ES, ES2),
    Page("single h2", "one article under h2, as small boards print it", doc(NAV + article(EN) + SITE), (EN,)),
    Page(
        "table rows", "title, text and telephone in three cells, under a header row",
        doc("<table><tr><th>What</th><th>About</th><th>Tel</th></tr>" + "".join(f"<tr><td>{a.title}</td><td>{a.body}</td><td>{a.contact}</td></tr>" for a in (EN, EN2)) + "</table>"),
        (EN, EN2),
    ),
    Page(
        "layout tables", "each advert is a table of its own, as old boards have it",
        doc("".join(f"<table width=100%><tr><td><b>{a.title}</b></td></tr><tr><td>{a.body}</td></tr><tr><td>{a.contact}</td></tr></table>" for a in (ES, ES2)), "es"),
        (ES, ES2),
    ),
    Page(
        "definition list", "dt holds the title, dd the rest",
        doc("<dl>" + "".join(f"<dt>{a.title}</dt><dd>{a.body}. Tel {a.contact}</dd>" for a in (EN, EN2)) + "</dl>"),
        (EN, EN2),
    ),
    Page(
        "list items", "li with a bold title and a break",
        doc("<ul>" + "".join(f"<li><b>{a.title}</b><br>{a.body}, {a.contact}</li>" for a in (VI, VI2)) + "</ul>", "vi"),
        (VI, VI2),
    ),
    Page(
        "cards with tel links", "the telephone stands in a link only",
        doc('<div class="row">' + "".join(f'<div class="col"><div class="card"><h5>{a.title}</h5><p>{a.body}</p><a class="btn" href="tel:{a.contact.replace(" ", "")}">Call</a></div></div>' for a in (EN, EN2)) + "</div>"),
        (EN, EN2),
    ),
    Page(
        "single posting", "h1, a paragraph, a telephone in a paragraph of its own, site round it",
        doc(NAV + f"<main><h1>{EN2.title}</h1><p>{EN2.body}</p><p>{EN2.contact}</p></main>" + SITE),
        (EN2,),
    ),
    Page(
        "single posting without main", "h1 and paragraphs straight in the body",
        doc(f"<h1>{RU.title}</h1><p>{RU.body}.</p><p>Звоните {RU.contact}</p>", "ru"),
        (RU,),
    ),
    Page(
        "wrapped", "each advert in three divs of no name",
        doc("<div><div>" + "".join(f"<div><div><div><h3>{a.title}</h3></div><div><div>{a.body}</div></div><div><span>{a.contact}</span></div></div></div>" for a in (TH, TH2)) + "</div></div>", "th"),
        (TH, TH2),
    ),
    Page(
        "unclosed", "nothing is ever closed but the title and the divs",
        f"<title>Board</title><body><div class=ad><h2>{EN.title}<p>{EN.body}<p>{EN.contact}</div><div class=ad><h2>{EN2.title}<p>{EN2.body}<p>{EN2.contact}",
        (EN, EN2),
    ),
    Page(
        "grid with links", "a classifieds grid: picture, linked title, price, telephone",
        doc("".join(f'<div class="tile"><img src="/p.jpg"><a href="/ad/{n}">{a.title}</a><span class="price">£{n}5</span><p>{a.body}</p><p>{a.contact}</p></div>' for n, a in enumerate((EN, EN2), 1))),
        (EN, EN2),
    ),
    Page(
        "microdata job", "schema.org JobPosting in attributes",
        doc(f'<div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop="title">{EN2.title}</h1><div itemprop="description">{EN2.body}</div><span itemprop="telephone">{EN2.contact}</span></div>'),
        (EN2,),
    ),
    Page(
        "json-ld offer", "schema.org Offer in a script; the visible page is bare",
        doc(f"<h1>{ES2.title}</h1><div>{ES2.body}</div><div>{ES2.contact}</div>", "es", '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Offer","name":"x"}</script>'),
        (ES2,),
    ),
    Page(
        "amp", "an AMP page of one advert",
        '<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><title>Room</title><style amp-boilerplate>body{}</style></head>'
        f'<body><article><header><h1>{EN.title}</h1></header><amp-img src="/1.jpg" width=300 height=200></amp-img><p>{EN.body}.</p><p>{EN.contact}</p></article></body></html>',
        (EN,),
    ),
    Page(
        "messenger only", "the contact is a messenger link",
        doc("".join(f'<article><h3>{a.title}</h3><p>{a.body}</p><a href="https://t.me/example_{n}">Telegram</a></article>' for n, a in enumerate((RU, RU2))), "ru"),
        (RU._replace(contact="t.me/example_0"), RU2._replace(contact="t.me/example_1")),
    ),
    Page(
        "e-mail", "the contact is an e-mail address",
        doc("".join(f"<div class='listing'><h4>{a.title}</h4><p>{a.body}</p><p>box{n}@example.org</p></div>" for n, a in enumerate((EN, EN2)))),
        (EN._replace(contact="box0@example.org"), EN2._replace(contact="box1@example.org")),
    ),
    Page(
        "headings only", "no element round each advert, only its heading begins it",
        doc("<h1>Board</h1>" + "".join(f"<h3>{a.title}</h3><p>{a.body}</p><p>{a.contact}</p>" for a in (AR, AR2)), "ar"),
        (AR, AR2),
    ),
    Page(
        "board with footer", "the site's own telephone belongs to no advert",
        doc(NAV + "<main>" + article(EN) + article(EN2) + "</main>" + SITE),
        (EN, EN2),
    ),
    Page(
        "forum thread of offers", "a thread where each post offers something with a telephone",
        doc("<h1>Offers in June</h1>" + "".join(f'<div class="post"><div class="user">user{n}</div><div class="date">2026-06-0{n} 10:00</div><div class="content">{a.title}. {a.body}. {a.contact}</div></div>' for n, a in enumerate((EN, EN2), 1))),
        (EN._replace(title=""), EN2._replace(title="")),
    ),
    # and what holds none
    Page("footer", "navigation and a telephone in the footer", doc(NAV + "<h1>Welcome</h1><p>Find rooms and work near you.</p>" + SITE)),
    Page("blog", "a blog article that is no advert and has no contact", doc(f"<article><h1>A walk along the pier</h1><p>{STORY * 5}</p></article>")),
    Page("news with phone", "a news story that quotes a telephone", doc(f"<article><h1>Lights stay on</h1><time>2026-03-01</time><p>{STORY * 4}</p><p>{STORY} People can ring the office on 020 7946 0800 to say what they think.</p></article>"), speaks=True),
    Page("typed news", "a story that says it is one, and is short", doc(f'<article><h1>Lights stay on</h1><p>{STORY}</p><p>Ring 020 7946 0801.</p></article>', head='<meta property="og:type" content="article"><script type="application/ld+json">{"@type":"NewsArticle"}</script>'), speaks=True),
    Page("advice", "an editor's advice, short, signed and dated, with the editor's line to call", doc(f"<article class='post'><h1>How to rent</h1><p>By the editors, 1 March 2026</p><p>{STORY}</p><p>Free advice line: 020 7946 0803</p></article>"), speaks=True),
    Page("signed", "the same, the writer told by a class only", doc(f"<article><h1>How to rent</h1><p class='author'>A. Writer</p><p>{STORY}</p><p>Free advice: 020 7946 0804</p></article>"), speaks=True),
    Page("contact page", "how to reach the site itself", doc("<h1>Contact us</h1><p>Example Board Ltd, 1 Quay Street</p><p>020 7946 0802</p><p>office@example.org</p>"), speaks=True),
    Page("shop", "goods with prices and no way to reach a poster", doc("".join(f'<div class="product"><h3>Kettle {n}</h3><span class="price">£{n}9.00</span><button>Add to basket</button></div>' for n in range(1, 5)))),
    Page("team", "people of an office with their telephones", doc("<h1>Our people</h1>" + "".join(f"<div class='person'><h3>A. Person {n}</h3><p>Clerk</p><p>020 7946 07{n:02d}</p></div>" for n in range(4))), speaks=True),
    Page("forum talk", "a thread of talk", doc("<h1>Ferry times</h1>" + "".join(f'<div class="post"><b>reader{n}</b><p>{STORY}</p></div>' for n in range(4)))),
    Page("search form", "a form and no results", doc("<h1>Search</h1><form><input><button>Go</button></form>" + SITE)),
    Page("terms", "long terms with an address for notices", doc("<h1>Terms of use</h1>" + "".join(f"<h2>{n}. Clause</h2><p>{STORY * 3}</p>" for n in range(5)) + "<p>Notices go to legal@example.org.</p>"), speaks=True),
]  # fmt: skip
