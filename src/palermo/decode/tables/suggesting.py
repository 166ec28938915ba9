"""Drafts a mapping from a table's header; a person corrects it before it is used."""

from typing import Any

from palermo.decode.tables.cells import precision, readable
from palermo.decode.tables.layout import Outside, fold
from palermo.decode.tables.recognise import Sight, View, columns_of

# words of headers in English, Spanish, German, French and Dutch; the first that is there is taken
WORDS = {
    "time": "datetime,date time,timestamp,start time,start,time,call date,date,booking date,"
    "value date,fecha,buchungstag,buchungsdatum,datum,date opération,posted,received,t,created_at",
    "lat": "lat,latitude,latitude_degrees,y,latitud,breitengrad",
    "lon": "lon,lng,long,longitude,longitude_degrees,x,longitud,längengrad",
    "speed": "sog_knots",
    "caller": "caller,calling number,a number,a-number,from,originating number,msisdn a",
    "callee": "callee,called number,b number,b-number,to,terminating number,msisdn b",
    "other": "other party,correspondent,correspondent_id,counterparty number,number,phone",
    "direction": "direction,call direction,in/out,richtung,dirección",
    "duration": "duration,call_duration,duration (s),duration seconds,dauer,duración",
    "antenna": "antenna_id,antenna,cell,cell id,cell_id,cgi,site",
    "amount": "amount,betrag,importe,montant,bedrag,value,umsatz",
    "debit": "debit,money out,paid out,withdrawals,soll,débit,cargo",
    "credit": "credit,money in,paid in,deposits,haben,crédit,abono",
    "currency": "currency,ccy,währung,moneda,devise,munt",
    "account": "iban,account,account number,konto,kontonummer,cuenta,counterparty account,"
    "tegenrekening",
    "name": "name,payee,beneficiary,counterparty,nombre,empfänger,naam",
    "reference": "reference,description,details,verwendungszweck,concepto,narrative,omschrijving",
    "title": "title,titel,título,titre,headline",
    "body": "body,text,description,narrative,message,beschreibung,descripción,content,report",
    "contact": "phone,contact,telephone,mobile,teléfono,telefon,contact number",
    "url": "url,link,address,web address",
    "place": "city,place,location,town,ciudad,ort,ville",
    "vessel": "mmsi",
    "device": "tracker,device,device_id,imei,tracker_id,vehicle_id",
}
FORMATS = (
    "iso", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M",
    "%m/%d/%Y", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y", "%Y%m%d%H%M%S", "%Y%m%d", "%d %b %Y", "%d-%b-%Y", "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d", "epoch", "epoch_ms",
)  # fmt: skip


def draft(head: bytes, name: str) -> dict[str, Any] | None:
    """Return a mapping as plain data, or None where the header says too little."""
    sight = Sight(head, name)
    views = sight.views(Outside())
    if not views:
        return None
    view = max(views, key=lambda each: max((len(row.cells) for row in each.rows), default=0))
    columns = _columns(view)
    there = {fold(column): column for column in columns}
    found = {}
    for field, words in WORDS.items():
        hit = next((there[word] for word in words.split(",") if word in there), None)
        if hit:
            found[field] = hit
    body = _body(found)
    if body is None:
        return None
    mapping: dict[str, Any] = {"event": body.pop("event"), "match": {"header": list(columns)}}
    if view.outside.format == "csv":
        mapping["file"] = {"delimiter": view.outside.delimiter}
    if "time" in found:
        mapping["time"] = {"column": found["time"], "format": _format(view, found["time"], columns)}
    mapping.update(body)
    used = {
        fold(text) for key, part in mapping.items() if key != "match" for text in _strings(part)
    }
    mapping["ignore"] = [column for column in columns if fold(column) not in used]
    return mapping


def _columns(view: View) -> tuple[str, ...]:
    if view.outside.format == "jsonl":
        return tuple(dict.fromkeys(name for row in view.rows for name in row.names or ()))
    width = max((len(row.cells) for row in view.rows), default=0)
    header = next((row for row in view.rows if len(row.cells) == width), None)
    return columns_of(header) if header else ()


def _body(found: dict[str, str]) -> dict[str, Any] | None:
    if "lat" in found and "lon" in found and "time" in found:
        return _position(found)
    if ("amount" in found or ("debit" in found and "credit" in found)) and "time" in found:
        return _payment(found)
    both = "caller" in found and "callee" in found
    if (both or ("direction" in found and "other" in found)) and "time" in found:
        return _call(found, both)
    if "body" in found:
        return _writing(found)
    return None


def _position(found: dict[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = {"event": "position", "lat": found["lat"], "lon": found["lon"]}
    body["parties"] = [
        {"column": found[kind], "kind": kind, "role": "device"}
        for kind in ("vessel", "device")
        if kind in found
    ] or [{"holder": True, "role": "holder"}]
    if "speed" in found:
        body["speed"] = {"column": found["speed"], "unit": "knots"}
    return body


def _payment(found: dict[str, str]) -> dict[str, Any]:
    amount: dict[str, Any] = (
        {"column": found["amount"], "sign": True}
        if "amount" in found
        else {"debit": found["debit"], "credit": found["credit"]}
    )
    other = {"out": "payee", "in": "payer"}
    parties: list[dict[str, Any]] = [{"holder": True, "role": {"out": "payer", "in": "payee"}}]
    if "account" in found:
        parties.append({"column": found["account"], "kind": ["iban", "account"], "role": other})
    if "name" in found:
        parties.append({"column": found["name"], "kind": "name", "role": other})
    body: dict[str, Any] = {"event": "payment", "amount": amount, "parties": parties}
    if "currency" in found:
        body["currency"] = found["currency"]
    if "reference" in found:
        body["details"] = {"reference": found["reference"]}
    return body


def _call(found: dict[str, str], both: bool) -> dict[str, Any]:
    body: dict[str, Any] = {"event": "call"}
    if both:
        body["parties"] = [
            {"column": found[role], "kind": "phone", "role": role} for role in ("caller", "callee")
        ]
    else:
        body["direction"] = {"column": found["direction"], "out": ["out"], "in": ["in"]}
        body["parties"] = [
            {"holder": True, "role": {"out": "caller", "in": "callee"}},
            {"column": found["other"], "kind": "phone", "role": {"out": "callee", "in": "caller"}},
        ]
    body.update({key: found[key] for key in ("duration", "antenna") if key in found})
    return body


def _writing(found: dict[str, str]) -> dict[str, Any]:
    advert = "title" in found or "url" in found
    body: dict[str, Any] = {"event": "advert" if advert else "tip"}
    body["text"] = [found[key] for key in ("title", "body") if key in found]
    if "place" in found:
        body["place"] = found["place"]
    if "contact" in found:
        role = "poster" if advert else "reporter"
        body["parties"] = [{"column": found["contact"], "kind": ["email", "phone"], "role": role}]
    body["details"] = {key: found[key] for key in ("url", "title") if key in found}
    return body


def _format(view: View, column: str, columns: tuple[str, ...]) -> str:
    """Return the first format that reads all of the column's values that can be seen."""
    values = []
    for row in view.rows:
        names = row.names if row.names is not None else columns
        pairs = zip(names, row.cells, strict=False)
        values += [cell.value for name, cell in pairs if name == column and cell.value]
    values = [value for value in values if value != column]  # the header itself
    fits = [form for form in FORMATS if values and all(readable(value, form) for value in values)]
    return min(fits, key=lambda form: precision(form) if "%" in form else 0, default="iso")


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _strings(inner)]
    return [value] if isinstance(value, str) else []
