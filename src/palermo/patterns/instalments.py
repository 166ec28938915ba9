"""Looks for payments in parts that are released by a code."""

import polars as pl
import pyarrow as pa

from palermo.counting import many
from palermo.link.excerpt import Excerpt
from palermo.link.matcher import Evidence
from palermo.link.table import node
from palermo.patterns.table import Seen, findings_table, frame, nodes

PARTS = 2
# A code that stands in more payments than this is a shop's name or a form's number.
COMMON = 4
# Letters and figures together, as release codes and transfer numbers are made; an IBAN is longer.
CODE = r"\b[A-Za-z0-9]{2,8}(?:-[A-Za-z0-9]{2,8}){0,2}\b"
SHORTEST, LONGEST = 5, 14

PAID_FOR = Excerpt(
    "payments",
    f"""
SELECT e.id AS event, e.exhibit, e.time, e.amount, e.currency, e.details['reference'] AS reference,
  e.text || ' ' || coalesce(e.details['reference'], '') AS text,
  {node("x.kind", "x.value", "x.exhibit")} AS payee,
  {node("y.kind", "y.value", "y.exhibit")} AS payer
FROM events e
JOIN claims x ON x.event = e.id AND x.role = 'payee'
LEFT JOIN claims y ON y.event = e.id AND y.role = 'payer'
WHERE e.kind = 'payment'
""",
)
PAYMENTS = """
SELECT p.event, p.time, p.amount, p.currency, p.reference, p.text,
  min(coalesce(i.identity, p.payee)) AS payee, min(coalesce(j.identity, p.payer)) AS payer
FROM {payments} p
LEFT JOIN identities i ON i.node = p.payee LEFT JOIN identities j ON j.node = p.payer
GROUP BY p.event, p.time, p.amount, p.currency, p.reference, p.text
"""
MESSAGES = "SELECT id AS event, text FROM events WHERE kind = 'message' AND text <> ''"
STATED = "SELECT DISTINCT value AS code FROM claims WHERE kind = 'reference'"

COUNTER = (
    "Rent, wages, a loan, school fees or help for a family are paid in parts too, and transfer"
    " services give every payment a code. The code's meaning must be read in the messages."
)


class Instalments:
    """Payers pay one side in parts, each under a code that messages speak of too."""

    name = "instalments"
    version = "1"
    excerpts = (PAID_FOR,)

    def find(self, evidence: Evidence) -> pa.Table:
        """The subject is the side that collects; whoever pays is counted and never named.

        `details`: payers, payments, codes (counts), amounts by currency.
        """
        payments = frame(evidence, PAYMENTS.format(payments=PAID_FOR.of(evidence)))
        if payments.is_empty():  # nor need messages be read
            return findings_table([], self.name, self.version)
        payments = payments.sort("time", "event")
        # Two statements, or two copies of one, tell of the same payment: it is counted once.
        same = ["time", "amount", "currency", "reference", "payee", "payer"]
        payments = payments.unique(same, keep="first", maintain_order=True).drop("reference")
        codes = _codes(payments)
        rare = codes.filter(pl.col("event").n_unique().over("code") <= COMMON)
        spoken = rare.join(_codes(frame(evidence, MESSAGES)), on="code", suffix="_message")
        stated = frame(evidence, STATED).with_columns(_bare("code")).unique()
        spoken = spoken.join(stated.with_columns(stated=pl.lit(True)), on="code", how="left")
        coded = _collected(payments.join(spoken, on="event"))
        named = nodes(evidence, coded["payee"])
        found = []
        for (payee,), rows in coded.group_by("payee", maintain_order=True):
            seen = _seen(named.get(str(payee), [str(payee)]), rows)
            found += [seen] if seen else []
        return findings_table(found, self.name, self.version)


def _collected(coded: pl.DataFrame) -> pl.DataFrame:
    """Leave out transfers to oneself, and money that reached someone who pays more parts than that.

    Who pays their way in parts may get some of it back; that makes them no collector.
    """
    coded = coded.filter(pl.col("payer").is_null() | (pl.col("payer") != pl.col("payee")))
    paid = coded.drop_nulls("payer").group_by(payee="payer").agg(paid=pl.col("event").n_unique())
    got = pl.col("event").n_unique().over("payee")
    coded = coded.join(paid, on="payee", how="left", maintain_order="left")
    coded = coded.filter(got > pl.col("paid").fill_null(0))
    return coded.sort("payee", "time", "event", "code", "event_message")


def _bare(column: str) -> pl.Expr:
    return pl.col(column).str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")


def _codes(texts: pl.DataFrame) -> pl.DataFrame:
    """Return event, code: what in a text is made like a code, without its hyphens."""
    rows = texts.select("event", code=pl.col("text").str.extract_all(CODE)).explode("code")
    rows = rows.drop_nulls("code").with_columns(_bare("code"))
    length = pl.col("code").str.len_chars()
    mixed = pl.col("code").str.contains("[0-9]") & pl.col("code").str.contains("[A-Z]")
    # figures on their own are dates, amounts and account numbers far too often
    return rows.filter(mixed & (length >= SHORTEST) & (length <= LONGEST)).unique()


def _seen(subjects: list[str], rows: pl.DataFrame) -> Seen | None:
    payments = rows.unique("event", maintain_order=True)
    # a payer whom the statement does not name still pays in parts where the codes are several
    payer = pl.coalesce("payer", pl.lit("unknown"))
    parts = payments.group_by(payer.alias("payer")).agg(parts=pl.len())
    parts = parts.filter(pl.col("parts") >= PARTS)
    if parts.is_empty():
        return None
    payers = parts.height
    codes = rows["code"].n_unique()
    stated = rows["stated"].fill_null(False).any()
    known = payments.filter(pl.col("amount").is_not_null())
    sums = known.group_by("currency").agg(pl.col("amount").abs().sum()).sort("currency")
    amounts = {str(currency): f"{amount.normalize():f}" for currency, amount in sums.iter_rows()}
    total = ", ".join(f"{amount} {currency}" for currency, amount in amounts.items())
    return Seen(
        subjects=subjects,
        score=min(0.9, (1 - 0.6**payers * 0.85**codes) * (1.0 if stated else 0.8)),
        title=f"Paid in parts by {many(payers, 'payer')}, released by code",
        reason=(
            f"{many(payments.height, 'payment')} from {many(payers, 'payer')} of at least"
            f" {PARTS} parts each ({total or 'amounts unknown'}); {many(codes, 'code')}"
            " of the payments stand in messages too"
            + (", where words announce them." if stated else ".")
        ),
        counter=COUNTER,
        evidence=[*payments["event"], *rows["event_message"].unique(maintain_order=True)],
        start=payments["time"].min(),  # type: ignore[arg-type]
        end=payments["time"].max(),  # type: ignore[arg-type]
        details={
            "payers": payers, "payments": payments.height, "codes": codes, "amounts": amounts,
        },
    )  # fmt: skip
