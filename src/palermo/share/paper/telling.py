"""Tells an event in a sentence made of its typed fields: who paid whom how much, who called whom for
how long, where something was. The words of the record itself stand beside it, as written."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from palermo.share.paper.blocks import Inline, Line, Written, excerpt, joined, value
from palermo.vocabulary import EventKind, Kind, Role

Row = dict[str, Any]
# What is said before a value that does not tell its kind by itself.
_CALLED = {Kind.IBAN: "IBAN ", Kind.ACCOUNT: "account ", Kind.CARD: "card ", Kind.VESSEL: "vessel "}
FROM = (Role.PAYER, Role.CALLER, Role.SENDER, Role.POSTER, Role.REPORTER)
TO = (Role.PAYEE, Role.CALLEE, Role.RECIPIENT)
_OWNERS = (Role.TRAVELLER, Role.HOLDER, Role.DEVICE)
NOBODY: Line = ("someone not named",)
KMH = 3.6  # of one metre per second


def told(event: Row) -> Line:
    """Return what happened, by the fields that were read from the record."""
    tell = _TELL.get(event["kind"])
    line = tell(event, dict(event["details"] or [])) if tell else (f"A {event['kind']}",)
    if isinstance(line[0], str):
        line = (line[0][:1].upper() + line[0][1:], *line[1:])
    return (*line, *_where(event))


def written(event: Row) -> Line:
    """Return an event's own words, quoted and cut to a length that can be read."""
    return (Written(excerpt(event["text"], None, None)),) if event["text"] else ()


def who(event: Row, roles: Sequence[str]) -> Line:
    """Return the parties in some roles; further values of one role follow in brackets."""
    by_role: dict[str, list[Line]] = {}
    for party in event["parties"] or []:
        if party["role"] in roles:
            by_role.setdefault(party["role"], []).append(_party(party))
    return joined([_one(by_role[role]) for role in roles if role in by_role])


def said(line: Line) -> str:
    """Return a line as plain words, for a cell."""
    return "".join(part if isinstance(part, str) else getattr(part, "text", "") for part in line)


def lasted(seconds: str) -> str:
    """Return a duration in hours, minutes and seconds."""
    if not seconds.isdecimal():
        return f"{seconds} s"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{n} {unit}" for n, unit in ((hours, "h"), (minutes, "min"), (rest, "s")) if n]
    return " ".join(parts) or "0 s"


def _party(party: Row) -> Line:
    called = "" if "~" in party["value"] else _CALLED.get(party["kind"], "")
    return (called, value(party["value"])) if called else (value(party["value"]),)


def _one(values: list[Line]) -> Line:
    first, *rest = values
    return (*first, " (", *joined(rest), ")") if rest else first


def _payment(event: Row, details: dict[str, str]) -> Line:
    payer, payee = who(event, [Role.PAYER]), who(event, [Role.PAYEE])
    holder = who(event, [Role.HOLDER])
    if holder and not payer and not payee:
        payer, payee = ((), holder) if details.get("direction") == "in" else (holder, ())
        holder = ()
    line: Line = (*(payer or NOBODY), " paid ", *(payee or NOBODY), " ", *_sum(event))
    if details.get("reference"):
        line = (*line, ", reference ", value(details["reference"]))
    if details.get("booked"):
        line = (*line, ", booked ", value(details["booked"]))
    line = (*line, ", on the account of ", *holder) if holder else line
    line = (*line, ", a reversal") if details.get("reversal") else line
    return (*line, ", expected and not booked yet") if details.get("expected") else line


def _balance(event: Row, details: dict[str, str]) -> Line:
    kind = (value(details["type"]), " ") if details.get("type") else ()
    holder = who(event, _OWNERS)
    return ("The ", *kind, "balance of ", *(holder or NOBODY), " was ", *_sum(event))


def _sum(event: Row) -> Line:
    amount = event["amount"]
    return (value(f"{money(amount)} {event['currency'] or ''}".strip()),) if amount is not None else (
        "a sum that is not stated",
    )  # fmt: skip


def money(amount: Decimal) -> str:
    """Return an amount with every digit it has, thousands apart; hundredths are written in full."""
    plain = amount.normalize()
    exponent = plain.as_tuple().exponent
    assert isinstance(exponent, int)  # an amount is a number
    return f"{plain:,.2f}" if exponent == -1 else f"{plain:,f}"


def _call(event: Row, details: dict[str, str]) -> Line:
    caller, callee = who(event, [Role.CALLER]) or NOBODY, who(event, [Role.CALLEE]) or NOBODY
    line: Line
    if details.get("type") == "sms":
        line = (*caller, " sent ", *callee, " a text message")
    elif details.get("duration"):
        line = (*caller, " called ", *callee, " for ", value(lasted(details["duration"])))
    else:
        line = (*caller, " called ", *callee, "; for how long is not stated")
    line = (*line, *_owner(event, "in the records of"))
    return (*line, ", by antenna ", value(details["antenna"])) if details.get("antenna") else line


def _message(event: Row, details: dict[str, str]) -> Line:
    sender, recipient = who(event, [Role.SENDER]), who(event, [Role.RECIPIENT])
    line: Line
    if details.get("system"):
        line = ("The application told",)
    else:
        line = (*(sender or NOBODY), " wrote", *((" to ", *recipient) if recipient else ()))
    if details.get("thread"):
        line = (*line, " in the chat ", "“", value(details["thread"]), "”")
    if details.get("attachment"):
        line = (*line, ", attaching ", "“", value(details["attachment"]), "”")
    return (*line, *_owner(event, "on the device of"))


def _position(event: Row, details: dict[str, str]) -> Line:
    line: Line = (*(who(event, _OWNERS) or ("A device",)), " was")
    if details.get("speed"):
        line = (*line, " moving at ", value(_speed(details["speed"])))
    return (*line, ", course ", value(details["course"]), "°,") if details.get("course") else line


def _speed(metres: str) -> str:
    try:
        return f"{float(metres) * KMH:.1f} km/h"
    except ValueError:
        return metres


def _photograph(event: Row, details: dict[str, str]) -> Line:
    line: Line = ("A photograph was taken",)
    if not event["time"] and event["lat"] is None:
        line = ("A photograph",)
    made = " ".join(details[key] for key in ("make", "model") if details.get(key))
    line = (*line, " with ", value(made)) if made else line
    if details.get("width") and details.get("height"):
        line = (*line, ", ", value(f"{details['width']} × {details['height']}"))
    return (*line, *_owner(event, "on the device of"))


def _advert(event: Row, details: dict[str, str]) -> Line:
    line: Line = ("An advert",)
    line = (*line, " called ", "“", value(details["title"]), "”") if details.get("title") else line
    poster = who(event, [Role.POSTER])
    line = (*line, ", by ", *poster) if poster else line
    line = (*line, ", price ", value(details["price"])) if details.get("price") else line
    return (*line, ", at ", value(details["url"])) if details.get("url") else line


def _page(event: Row, details: dict[str, str]) -> Line:
    line: Line = ("A page",)
    line = (*line, " called ", "“", value(details["title"]), "”") if details.get("title") else line
    return (*line, ", captured at ", value(details["url"])) if details.get("url") else line


def _tip(event: Row, details: dict[str, str]) -> Line:
    reporter = who(event, [Role.REPORTER])
    line: Line = (*(reporter or NOBODY), " gave a tip")
    return (*line, " by ", value(details["channel"])) if details.get("channel") else line


def _note(event: Row, details: dict[str, str]) -> Line:
    return ("A note was entered by hand",)


def _owner(event: Row, words: str) -> Line:
    holder = who(event, _OWNERS)
    return (f", {words} ", *holder) if holder else ()


def _where(event: Row) -> Line:
    parts: list[Inline] = []
    if event["place"]:
        parts += [", place ", value(event["place"])]
    if event["lat"] is not None and event["lon"] is not None:
        error = event["place_error"]
        near = f" (± {error:,.0f} m)" if error else ""
        spot = value(f"{event['lat']:.5f}, {event['lon']:.5f}{near}")
        parts += [" at " if event["kind"] == EventKind.POSITION else ", at ", spot]
    return tuple(parts)


_TELL: dict[str, Callable[[Row, dict[str, str]], Line]] = {
    EventKind.PAYMENT: _payment,
    EventKind.BALANCE: _balance,
    EventKind.CALL: _call,
    EventKind.MESSAGE: _message,
    EventKind.POSITION: _position,
    EventKind.PHOTOGRAPH: _photograph,
    EventKind.ADVERT: _advert,
    EventKind.PAGE: _page,
    EventKind.TIP: _tip,
    EventKind.NOTE: _note,
}
