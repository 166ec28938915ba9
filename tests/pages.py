"""Pages as sites make them: several makes of listing, in several languages, and other pages."""

from html import escape
from typing import NamedTuple


class Ad(NamedTuple):
    title: str
    body: str
    price: str
    contact: str
    place: str
    posted: str


# The same four rooms, jobs and journeys in neutral words; telephones are fictional.
ADS = {
    "en": [
        Ad("Double room near the station", "Large bright room in a quiet shared house, bills included, two other people here.", "£120 per week", "020 7946 0018", "Leeds", "2 hours ago"),
        Ad("Kitchen staff wanted", "We are looking for reliable people for evening work in a busy kitchen, meals are given.", "£11.50/hour", "call 020 7946 0127", "Bradford", "3 May 2024"),
        Ad("Small flat for short stays", "Clean flat on the second floor, own entrance, available by the day or by the week.", "£60", "example@example.org", "York", "yesterday"),
        Ad("Help with documents", "Forms filled in and letters written for you, in your own language, fair and fast.", "£25", "+44 20 7946 0333", "Hull", "5 days ago"),
    ],
    "es": [
        Ad("Habitación cerca de la estación", "Habitación amplia y luminosa en piso compartido y tranquilo, gastos incluidos.", "120 €", "555 010 0118", "Valencia", "hace 2 horas"),
        Ad("Se busca personal de cocina", "Buscamos gente seria para trabajar por las tardes en una cocina con mucho movimiento.", "9,50 €/hora", "ejemplo@example.org", "Sevilla", "3 de mayo de 2024"),
        Ad("Piso pequeño por días", "Piso limpio en la segunda planta con entrada propia, disponible por días o semanas.", "60 €", "555 010 0133", "Bilbao", "ayer"),
    ],
    "ro": [
        Ad("Cameră lângă gară", "Cameră mare și luminoasă într-o casă liniștită, cheltuieli incluse, mai sunt doi oameni.", "500 lei", "020 7946 0401", "Cluj", "acum 2 ore"),
        Ad("Angajăm personal la bucătărie", "Căutăm oameni serioși pentru muncă de seară într-o bucătărie mare, masa este asigurată.", "30 lei", "020 7946 0402", "Iași", "3 mai 2024"),
        Ad("Apartament mic pe termen scurt", "Apartament curat la etajul doi, intrare separată, disponibil cu ziua sau cu săptămâna.", "200 lei", "020 7946 0403", "Arad", "ieri"),
    ],
    "vi": [
        Ad("Phòng cho thuê gần nhà ga", "Phòng rộng và sáng trong một ngôi nhà yên tĩnh, đã bao gồm điện nước, có hai người ở.", "3.000.000 đ", "020 7946 0501", "Huế", "2 giờ trước"),
        Ad("Tuyển người làm bếp", "Chúng tôi cần người chăm chỉ làm việc buổi tối trong nhà bếp đông khách, bao ăn.", "50.000 đ", "020 7946 0502", "Đà Nẵng", "3 tháng 5 năm 2024"),
        Ad("Căn hộ nhỏ ngắn ngày", "Căn hộ sạch ở tầng hai, lối vào riêng, thuê theo ngày hoặc theo tuần đều được.", "400.000 đ", "020 7946 0503", "Vinh", "hôm qua"),
    ],
    "ar": [
        Ad("غرفة قرب المحطة", "غرفة كبيرة ومضيئة في بيت هادئ مشترك، والفواتير مشمولة في السعر، وفيه شخصان آخران.", "500 درهم", "020 7946 0601", "دبي", "منذ ساعتين"),
        Ad("مطلوب عمال مطبخ", "نبحث عن أشخاص موثوقين للعمل مساء في مطبخ كبير، والوجبات مقدمة من صاحب العمل.", "30 درهم", "020 7946 0602", "العين", "٣ مايو ٢٠٢٤"),
        Ad("شقة صغيرة للإيجار القصير", "شقة نظيفة في الطابق الثاني بمدخل خاص، متاحة باليوم أو بالأسبوع حسب الرغبة.", "200 درهم", "020 7946 0603", "الشارقة", "أمس"),
    ],
    "ru": [
        Ad("Комната рядом с вокзалом", "Большая светлая комната в тихом доме, коммунальные услуги включены, живут ещё двое.", "15 000 ₽", "020 7946 0701", "Тверь", "2 часа назад"),
        Ad("Требуются повара", "Ищем надёжных людей для вечерней работы на большой кухне, питание предоставляется.", "300 ₽", "020 7946 0702", "Тула", "3 мая 2024"),
        Ad("Квартира посуточно", "Чистая квартира на втором этаже с отдельным входом, на день или на неделю.", "2 000 ₽", "020 7946 0703", "Псков", "вчера"),
    ],
    "th": [
        Ad("ห้องเช่าใกล้สถานี", "ห้องกว้างและสว่างในบ้านที่เงียบสงบ รวมค่าน้ำค่าไฟแล้ว มีคนอยู่อีกสองคน", "฿3,500", "020 7946 0801", "เชียงใหม่", "2 ชั่วโมงที่แล้ว"),
        Ad("รับสมัครพนักงานครัว", "ต้องการคนขยันทำงานตอนเย็นในครัวที่มีลูกค้ามาก มีอาหารให้ทุกวัน", "400 บาท", "020 7946 0802", "ระยอง", "3 พฤษภาคม 2567"),
        Ad("ห้องพักรายวัน", "ห้องสะอาดชั้นสอง มีทางเข้าส่วนตัว เช่าเป็นวันหรือเป็นสัปดาห์ก็ได้", "฿700", "020 7946 0803", "ตรัง", "เมื่อวาน"),
    ],
    "zh": [
        Ad("车站附近房间出租", "安静合租房里的大房间,采光好,包水电费,另有两位室友,随时可以看房。", "¥1500", "020 7946 0901", "上海", "2小时前"),
        Ad("招聘厨房员工", "诚聘勤快可靠的人员在繁忙的厨房上晚班,包吃,工资按小时计算。", "30元", "020 7946 0902", "苏州", "2024年5月3日"),
        Ad("短租小公寓", "二楼干净的小公寓,独立入口,可以按天或者按周出租,交通方便。", "200元", "020 7946 0903", "南京", "昨天"),
    ],
}  # fmt: skip


def cards(ads):
    rows = "".join(
        f'<div class="card"><a href="/ad/{n}"><img src="/img/{n}.jpg" alt=""></a><div class="card-body">'
        f'<h3><a href="/ad/{n}">{escape(ad.title)}</a></h3><p>{escape(ad.body)}</p>'
        f'<div class="card-footer"><span class="price">{escape(ad.price)}</span> '
        f'<span class="location">{escape(ad.place)}</span> <time>{escape(ad.posted)}</time></div>'
        f"<p>{escape(ad.contact)}</p></div></div>"
        for n, ad in enumerate(ads)
    )
    return f'<main><h1>Example listings</h1><div class="grid">{rows}</div></main>'


def table(ads):
    rows = "".join(
        f"<tr><td><a href='item.php?id={n}'><b>{escape(ad.title)}</b></a><br>{escape(ad.body)}</td>"
        f"<td>{escape(ad.price)}</td><td>{escape(ad.place)}</td><td>{escape(ad.posted)}</td>"
        f"<td>{escape(ad.contact)}</td></tr>"
        for n, ad in enumerate(ads)
    )
    head = "<tr><th>What</th><th>Price</th><th>Where</th><th>When</th><th>Contact</th></tr>"
    return f"<table class=list>{head}{rows}</table>"


def unclosed(ads):
    """Old markup: list items that nobody closes, capitals, bare attributes."""
    rows = "".join(
        f"<LI CLASS=x{n % 2}><FONT SIZE=4><A HREF=/v/{n}.html>{escape(ad.title)}</A></FONT>"
        f"<P>{escape(ad.body)}<P>{escape(ad.price)}<BR>{escape(ad.contact)}<BR><I>{escape(ad.place)} - {escape(ad.posted)}</I>"
        for n, ad in enumerate(ads)
    )
    return f"<UL>{rows}</UL>"


def flat(ads):
    """No element holds an advert: headings and what follows them."""
    return "<div id=content>" + "".join(
        f"<h2><a href='/p/{n}'>{escape(ad.title)}</a></h2><p>{escape(ad.body)}</p>"
        f"<p>{escape(ad.price)} | {escape(ad.contact)}</p><p><small>{escape(ad.posted)}, {escape(ad.place)}</small></p>"
        for n, ad in enumerate(ads)
    ) + "</div>"  # fmt: skip


def rules(ads):
    """Only rules stand between."""
    return "<div>" + "<hr>".join(
        f"<b>{escape(ad.title)}</b><br>{escape(ad.body)}<br>{escape(ad.price)}, {escape(ad.contact)}<br>{escape(ad.posted)}<br>"
        for ad in ads
    ) + "</div>"  # fmt: skip


def hashed(ads):
    """Names that say nothing, wrapped deep, contacts as links."""
    rows = "".join(
        f'<div class="sc-1x"><div class="sc-2y"><div class="a9"><span class="b8">{escape(ad.title)}</span></div>'
        f'<div class="c7"><div>{escape(ad.body)}</div></div><div class="d6"><span>{escape(ad.price)}</span></div>'
        f'<div class="e5">{escape(ad.place)}</div><div class="f4">{escape(ad.posted)}</div>'
        f'<a class="g3" href="tel:+4420794600{n:02d}">{escape(ad.contact)}</a></div></div>'
        for n, ad in enumerate(ads)
    )
    return f'<div id="root"><div class="z"><div class="y">{rows}</div></div></div>'


def rows_of_two(ads):
    """A grid whose last row may hold one."""

    def one(n, ad):
        return (
            f'<div class="col"><h4>{escape(ad.title)}</h4><p>{escape(ad.body)}</p>'
            f"<p>{escape(ad.price)}</p><p>{escape(ad.contact)}</p><p>{escape(ad.posted)}</p></div>"
        )

    cells = [one(n, ad) for n, ad in enumerate(ads)]
    rows = ["".join(cells[n : n + 2]) for n in range(0, len(cells), 2)]
    return "".join(f'<div class="row">{row}</div>' for row in rows)


MAKES = [cards, table, unclosed, flat, rules, hashed, rows_of_two]

HEADER = """<header class="top"><a href="/">Example board</a><nav><ul><li><a href="/rooms">Rooms</a>
<li><a href="/jobs">Jobs</a><li><a href="/travel">Travel</a><li><a href="/post">Post an advert, from £2</a></ul></nav>
<form role="search"><input name=q><button>Search</button></form></header>"""
FOOTER = """<ul class="pagination"><li><a href="?p=1">1</a><li><a href="?p=2">2</a><li><a href="?p=3">3</a></ul>
<aside><h4>Popular</h4><ul><li><a href="/a">Rooms from £50 in Leeds</a><li><a href="/b">Jobs today</a></ul></aside>
<footer><p>Questions? Call our office on 020 7946 0999 or write to office@example.org</p>
<p>© 2024 Example board. All prices in £, from £2.</p></footer>
<div class="cookie-banner"><p>We use cookies to improve this site. Read more in our policy, call 020 7946 0998.</p><button>OK</button></div>"""


def page(body, lang="en", header=HEADER, footer=FOOTER, head=""):
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>Example board</title>{head}'
        f"<style>p {{}}</style></head><body>{header}{body}{footer}<script>var p = '£5';</script></body></html>"
    ).encode()


def details(ad):
    """Return makes of a page about one advert."""
    title, body, price, contact, place, posted = map(escape, ad)
    body = f"{body} {body}"
    related = "".join(
        f'<div class="item"><img src="/r{n}.jpg"><a href="/ad/{n + 50}">Another room {n}</a><span>£{n + 60}</span><span>York</span></div>'
        for n in range(4)
    )
    return {
        "article": f'<main><ol class="breadcrumb"><li><a href="/">Home</a><li><a href="/r">Rooms</a></ol><article><h1>{title}</h1>'
        f'<p class="meta"><time>{posted}</time></p><div class="gallery"><img src="/1.jpg"><img src="/2.jpg"></div>'
        f'<div class="description"><p>{body}</p></div><ul><li>Price: {price}</li><li>Location: {place}</li></ul>'
        f'<p>{contact}</p></article></main><section class="similar"><h2>Similar adverts</h2>{related}</section>',
        "columns": f'<div class="wrap"><div class="left"><h1>{title}</h1><div class="pics"><img src="/1.jpg"></div>'
        f'<div class="text">{body}</div></div><div class="right"><div class="price">{price}</div>'
        f'<div class="seller"><a href="tel:{contact}">{contact}</a></div><div>{posted}</div></div></div>'
        f"<div><h3>More</h3>{related}</div>",
        "plain": f"<h1>{title}</h1><p>{posted}, {place}</p><p>{body}</p><p>{price}</p><p>{contact}</p>",
        "table": f"<table><tr><td><h1>{title}</h1></td></tr><tr><td>{body}</td></tr></table>"
        f"<table><tr><th>City:</th><td>{place}</td></tr><tr><th>Price</th><td>{price}</td></tr>"
        f"<tr><th>Phone</th><td>{contact}</td></tr><tr><th>Date</th><td>{posted}</td></tr></table>",
    }


TALK = "The council said on Tuesday that the plan for the old quay would be looked at again after the summer, "
OTHERS = {
    "article": "<main><article><h1>Council looks again at the quay</h1><p><time>3 May 2024</time> by A. Writer</p><img src='/q.jpg'>"
    + "".join(f"<p>{TALK * 4}</p>" for _ in range(6))
    + "<p>The work will cost £2.5 million. Anyone with questions can call 020 7946 0555.</p></article></main>",
    "news list": "<main><h1>News</h1>"
    + "".join(f"<article><img src='/{n}.jpg'><h2><a href='/n/{n}'>Quay story {n}</a></h2><p>{TALK}</p><time>{n + 1} May 2024</time></article>" for n in range(8))
    + "</main>",
    "news list with one price": "<main><h1>News</h1>"
    + "".join(f"<article><img src='/{n}.jpg'><h2><a href='/n/{n}'>Quay story {n}</a></h2><p>{TALK} {'It costs £20.' if n < 2 else ''}</p><time>{n + 1} May 2024</time></article>" for n in range(8))
    + "</main>",
    "link list": "<h1>Useful links</h1><ul>" + "".join(f"<li><a href='https://site{n}.example.org/'>Example site {n}</a></li>" for n in range(20)) + "</ul>",
    "search results": "<h1>Results for rooms</h1>"
    + "".join(f"<div class='g'><h3><a href='https://site{n}.example.com/rooms'>Rooms {n}</a></h3><cite>site{n}.example.com</cite><p>3 days ago - {TALK} Rooms from £{n + 40}, call 020 7946 00{n:02d}.</p></div>" for n in range(8)),
    "helplines": "<h1>Who can help</h1>"
    + "".join(f"<div class='org'><h3>Example aid {n}</h3><p>Free and confidential advice for workers and travellers, in many languages.</p><p>020 7946 01{n:02d}</p></div>" for n in range(5)),
    "offices": "<h1>Our offices</h1>"
    + "".join(f"<li class='office'><b>{town}</b><br>1 High Street, {town}<br>Tel. 020 7946 02{n:02d}</li>" for n, town in enumerate(["Leeds", "York", "Hull"])),
    "contact": "<main><h1>Contact us</h1><p>We are glad to hear from you and answer within two working days, whatever it is about.</p><p>Tel. 020 7946 0300</p><p>office@example.org</p></main>",
    "prices": "<h1>Plans</h1>"
    + "".join(f"<div class='plan'><h3>{name}</h3><p class='price'>£{n * 10}</p><ul><li>Post {n} adverts each and every month</li><li>Support by electronic mail</li></ul><a href='/buy'>Choose</a></div>" for n, name in enumerate(["Basic", "More", "Most"], 1)),
    "menu": "<h1>Menu</h1>" + "".join(f"<div class='dish'><h4>Dish {n}</h4><p>Fresh from the market every day, with rice or bread as you like it</p><span>£{n + 5}</span></div>" for n in range(9)),
    "forum": "<h1>How long does the ferry take?</h1>"
    + "".join(f"<div class='post'><div class='author'>reader{n}</div><div class='when'>{n + 2} hours ago</div><p>I took it last year and {TALK}</p></div>" for n in range(6)),
    "login": "<h1>Sign in</h1><form><label>Name<input></label><label>Word<input type=password></label><button>Go</button></form>",
    "questions": "<h1>Questions</h1>" + "".join(f"<h3>Question {n}?</h3><p>{TALK}</p>" for n in range(8)),
    "gallery": "<h1>Pictures</h1>" + "".join(f"<figure><img src='/{n}.jpg'><figcaption>The quay, {n + 1} May 2024</figcaption></figure>" for n in range(9)),
    "archive": "<h1>By month</h1><ul>" + "".join(f"<li><a href='/{n}'>May {2024 - n}</a> ({n * 7 + 3})</li>" for n in range(12)) + "</ul>",
    "empty": "",
    "nothing found": "<main><h1>Rooms in Leeds</h1><p>No adverts were found for what you asked. Try other words, or leave some out and ask again.</p></main>",
}  # fmt: skip
