"""Writes bank statements: MT940, CSV after two banks' manners, and workbooks. Balances add up."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from palermo.simulate.intake import Evidence
from palermo.simulate.story import Entry, Ledger
from palermo.simulate.workbook import workbook

OUT_IN = {"out": "payer", "in": "payee"}, {"out": "payee", "in": "payer"}


def _parties(number: str, name: str) -> list[dict[str, Any]]:
    return [
        {"holder": True, "role": OUT_IN[0]},
        {"column": number, "kind": ["iban", "account"], "role": OUT_IN[1]},
        {"column": name, "kind": "name", "role": OUT_IN[1]},
    ]


def balances(ledger: Ledger) -> list[Decimal]:
    """Return the balance after each entry."""
    total, after = ledger.opening, []
    for entry in ledger.entries:
        total += entry.amount
        after.append(total)
    return after


def mt940(evidence: Evidence, ledger: Ledger, name: str) -> str:
    """SWIFT's statement, a message a week; later messages begin where the one before ended."""
    lines: list[str] = []
    for number, (opening, entries) in enumerate(_weeks(ledger), 1):
        closing = opening + sum((e.amount for e in entries), Decimal(0))
        account = ledger.holder.split(":", 1)[1]
        lines += [
            "{1:F01PLRMGB2LAXXX0000000000}{2:O9400000000000PLRMGB2LAXXX00000000000000000000N}{4:",
            f":20:STMT{number:06d}",
            f":25:{account}",
            f":28C:{number:05d}/001",
            f":60F:{_mark(opening)}{entries[0].time:%y%m%d}{ledger.currency}{_comma(abs(opening))}",
        ]
        for n, entry in enumerate(entries, 1):
            sign, day = ("C" if entry.amount > 0 else "D"), entry.time
            kind = "NMSC" if not entry.account else "NTRF"
            lines.append(
                f":61:{day:%y%m%d}{day:%m%d}{sign}{_comma(abs(entry.amount))}{kind}NONREF//B{number:03d}{n:05d}"
            )
            lines += _info(entry)
        lines += [
            f":62F:{_mark(closing)}{entries[-1].time:%y%m%d}{ledger.currency}{_comma(abs(closing))}",
            "-}",
        ]
    evidence.write(
        f"{name}.sta", "\r\n".join(lines) + "\r\n", region=ledger.region, holder=ledger.holder
    )
    return f"{name}.sta"


def _weeks(ledger: Ledger) -> list[tuple[Decimal, list[Entry]]]:
    weeks: list[tuple[Decimal, list[Entry]]] = []
    total = ledger.opening
    for entry in ledger.entries:
        if not weeks or entry.time - weeks[-1][1][0].time > timedelta(days=7):
            weeks.append((total, []))
        weeks[-1][1].append(entry)
        total += entry.amount
    return weeks


def _mark(amount: Decimal) -> str:
    return "C" if amount >= 0 else "D"


def _comma(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")


def _info(entry: Entry) -> list[str]:
    """Write field 86 in lines of 65 characters at most."""
    parts = [f"/IBAN/{entry.account}"] if entry.account else []
    parts += [f"/NAME/{entry.name}"] if entry.name else []
    text = ":86:" + "".join([*parts, f"/REMI/{entry.text}"])
    return [text[i : i + 65] for i in range(0, len(text), 65)]


def _csv(rows: Sequence[Sequence[object]], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def signed(evidence: Evidence, ledger: Ledger, name: str) -> str:
    """One signed column with a decimal point, and the balance after each entry."""
    rows: list[list[object]] = [
        ["Date", "Description", "Payee or payer", "Account", "Amount", "Balance"]
    ]
    for entry, after in zip(ledger.entries, balances(ledger), strict=True):
        rows.append(
            [
                f"{entry.time:%Y-%m-%d}",
                entry.text,
                entry.name,
                entry.account,
                f"{entry.amount:.2f}",
                f"{after:.2f}",
            ]
        )
    mapping = evidence.mapping(
        f"harbour_{ledger.currency.lower()}",
        {
            "event": "payment",
            "match": {
                "header": ["Date", "Description", "Payee or payer", "Account", "Amount", "Balance"]
            },
            "time": {"column": "Date", "format": "iso"},
            "amount": {"column": "Amount", "decimal": ".", "sign": True},
            "currency": {"value": ledger.currency},
            "parties": _parties("Account", "Payee or payer"),
            "details": {"reference": "Description"},
            "ignore": ["Balance"],
        },
    )
    evidence.write(
        f"{name}.csv",
        _csv(rows, ","),
        region=ledger.region,
        holder=ledger.holder,
        mapping=mapping,
        zone="Europe/London",
    )
    return f"{name}.csv"


def continental(evidence: Evidence, ledger: Ledger, name: str) -> str:
    """Two columns for out and in, decimal comma, dots between thousands, a byte order mark."""
    rows: list[list[object]] = [["Booked", "Name", "Number", "Purpose", "Debit", "Credit", "Saldo"]]
    for entry, after in zip(ledger.entries, balances(ledger), strict=True):
        amount = _dots(abs(entry.amount))
        pair = ["", amount] if entry.amount > 0 else [amount, ""]
        rows.append(
            [f"{entry.time:%d.%m.%Y}", entry.name, entry.account, entry.text, *pair, _dots(after)]
        )
    mapping = evidence.mapping(
        f"kanalbank_{ledger.currency.lower()}",
        {
            "event": "payment",
            "match": {"header": ["Booked", "Name", "Number", "Purpose", "Debit", "Credit"]},
            "file": {"delimiter": ";"},
            "time": {"column": "Booked", "format": "%d.%m.%Y", "zone": "Europe/Amsterdam"},
            "amount": {"debit": "Debit", "credit": "Credit", "decimal": ",", "group": "."},
            "currency": {"value": ledger.currency},
            "parties": _parties("Number", "Name"),
            "details": {"reference": "Purpose"},
            "ignore": ["Saldo"],
        },
    )
    evidence.write(
        f"{name}.csv",
        "\ufeff" + _csv(rows, ";"),
        region=ledger.region,
        holder=ledger.holder,
        mapping=mapping,
    )
    return f"{name}.csv"


def _dots(amount: Decimal) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def sheet(evidence: Evidence, ledger: Ledger, name: str) -> str:
    """A workbook whose dates and amounts are cells of their own types."""
    rows: list[list[object]] = [
        [
            "Posted",
            "Type",
            "Counterparty",
            "Counterparty account",
            "Memo",
            "Amount",
            "Running balance",
        ]
    ]
    for entry, after in zip(ledger.entries, balances(ledger), strict=True):
        day = entry.time.replace(tzinfo=None, hour=0, minute=0, second=0)
        kind = "CREDIT" if entry.amount > 0 else "DEBIT"
        rows.append([day, kind, entry.name, entry.account, entry.text, entry.amount, after])
    mapping = evidence.mapping(
        f"prairie_{ledger.currency.lower()}",
        {
            "event": "payment",
            "match": {
                "header": ["Posted", "Type", "Counterparty", "Counterparty account", "Amount"]
            },
            "time": {"column": "Posted"},
            "amount": {"column": "Amount", "sign": True},
            "currency": {"value": ledger.currency},
            "parties": _parties("Counterparty account", "Counterparty"),
            "details": {"reference": "Memo"},
            "ignore": ["Type", "Running balance"],
        },
    )
    zone = "America/New_York" if ledger.region == "US" else "Europe/London"
    evidence.write(
        f"{name}.xlsx",
        workbook({"Statement": rows}),
        region=ledger.region,
        holder=ledger.holder,
        mapping=mapping,
        zone=zone,
    )
    return f"{name}.xlsx"


def write_ledgers(evidence: Evidence) -> None:
    """Write each account's statement; at least one of a case is MT940 where it has an IBAN."""
    story = evidence.story
    rng = story.stream("banks")
    choices: dict[str, list[Callable[[Evidence, Ledger, str], str]]] = {
        "iban": [mt940, *rng.sample([continental, signed, sheet], 3)],
        "account": rng.sample([signed, sheet], 2),
    }
    written = {"iban": 0, "account": 0}
    for number, ledger in enumerate(ledger for ledger in story.ledgers if ledger.entries):
        ledger.entries.sort(key=lambda entry: entry.time)
        kind = ledger.holder.split(":")[0]
        write = choices[kind][written[kind] % len(choices[kind])]
        written[kind] += 1
        file = write(evidence, ledger, f"bank/statement_{number + 1:02d}")
        for entry in ledger.entries:
            if entry.account:
                evidence.bears(f"iban:{entry.account}", entry.account, file)
        if write is mt940:
            evidence.bears(ledger.holder, ledger.holder.split(":", 1)[1], file)
