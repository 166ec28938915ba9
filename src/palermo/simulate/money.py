"""Plans bank accounts: fees, deposits and instalments among everyday entries."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from palermo.simulate.people import name
from palermo.simulate.story import Actor, Entry, Ledger, Stay, Story

SHOPS = (
    "CORNER GROCERY",
    "FUEL STATION 24",
    "CITY LODGE",
    "PHONE TOP UP",
    "HARDWARE DEPOT",
    "COACH TICKETS",
    "LAUNDRETTE",
    "MARKET CAFE",
)


def ledger(
    story: Story, holder: Actor, region: str, rng: random.Random, american: bool = False
) -> Ledger:
    """Open an account for an actor and keep its statement; it starts with a round balance."""
    if american:
        key = "account:" + story.own(holder, "account", story.pool.account())
    else:
        key = "iban:" + story.own(holder, "iban", story.pool.iban(rng.choice(("GB", "NL", "RO"))))
    currency = "USD" if american else {"GB": "GBP", "NL": "EUR", "RO": "EUR"}[key[5:7]]
    opened = Ledger(key, holder.name.upper(), currency, region, Decimal(rng.randint(200, 4000)))
    story.ledgers.append(opened)
    return opened


def entry(
    account: Ledger, time: datetime, amount: Decimal, other: tuple[str, str], text: str
) -> Entry:
    """Book an entry; `other` is the other side's account number and name."""
    booked = Entry(time.replace(microsecond=0), amount, other[0], other[1], text)
    account.entries.append(booked)
    return booked


def everyday(
    story: Story, account: Ledger, rng: random.Random, per_week: int, stays: Sequence[Stay] = ()
) -> None:
    """Book card payments, cash, salaries from people of no concern, and the payment company's fee."""
    company = next((k for k, t in story.traps.items() if t[0] == "payment company"), None)
    for _ in range(story.days * per_week // 7):
        time = story.start + timedelta(days=rng.uniform(0, story.days - 1))
        where = [s.city.name.upper() for s in stays if s.start <= time < s.end]
        draw = rng.random()
        if draw < 0.55:
            text = " ".join([rng.choice(SHOPS), *where])
            entry(account, time, -_cents(rng, 3, 90), ("", text), f"CARD {rng.randint(1000, 9999)}")
        elif draw < 0.75:
            text = " ".join(["CASH DEPOSIT", *where])
            entry(account, time, _cents(rng, 40, 600, 10), ("", ""), text)
        elif draw < 0.9 or company is None:
            other = stranger(story, rng)
            sign = 1 if rng.random() < 0.5 else -1
            entry(
                account,
                time,
                sign * _cents(rng, 10, 250),
                (other.first("iban"), other.name.upper()),
                rng.choice(("INVOICE", "RENT", "THANKS", "GIFT", "REPAIR"))
                + f" {rng.randint(1, 999)}",
            )
        else:
            entry(
                account,
                time,
                -_cents(rng, 1, 12),
                (company.split(":", 1)[1], "PAYRIGHT SERVICES"),
                f"FEE {rng.randint(10**6, 10**7)}",
            )


def stranger(story: Story, rng: random.Random) -> Actor:
    """Return somebody of no concern who has a bank account."""
    city = rng.choice([a.home for a in list(story.actors.values())[:40]])
    actor = story.actor(None, "bystander", city, "en", name("en", rng))
    story.own(actor, "iban", story.pool.iban(rng.choice(("GB", "RO", "NL"))))
    return actor


def _cents(rng: random.Random, low: int, high: int, step: int = 0) -> Decimal:
    if step:
        return Decimal(rng.randrange(low, high, step))
    return Decimal(rng.randint(low * 100, high * 100)) / 100
