"""The gate: every read and write asks here, and gets a permit or a reason."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from palermo import wiring
from palermo.custody.log import Act, Log
from palermo.safeguards import consent
from palermo.safeguards import profile as profiles
from palermo.safeguards.refusal import Refused
from palermo.safeguards.rule import Action, Authority, Rule
from palermo.store import catalogue as c
from palermo.store.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """Leave for one query or run: who, what, for which purpose, under which authority."""

    number: int
    at: datetime
    actor: str
    act: str
    purpose: str
    authority: Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Asks every rule and logs the answer, yes or no, before anything happens."""

    catalogue: Catalogue
    log: Log
    actor: str
    purpose: str | None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def authority(self) -> Authority | None:
        with self.catalogue.read() as connection:
            newest = sa.select(c.authority).order_by(c.authority.c.number.desc()).limit(1)
            row = connection.execute(newest).mappings().first()
            if row is None and self.log.head(connection)[0]:
                raise _altered("its row is missing")
        if row is not None and row["profile"] not in profiles.names():
            raise _altered("it names a profile that there is not")
        return Authority(**row) if row else None

    def ask(self, act: str, query: Mapping[str, Any] | None = None, **facts: Any) -> Permit:  # noqa: ANN401
        """Return a permit for `act`, or raise `Refused`; `query` is what was asked, for the log."""
        authority = self.authority()
        now = self.clock()
        with self.catalogue.read() as connection:
            still_read = consent.still_read(connection, now)
        default = authority.authority if authority else ""
        action = Action(
            act=act,
            actor=self.actor,
            purpose=self.purpose if self.purpose is not None else default,
            at=now,
            authority=authority,
            facts={"default_purpose": self.purpose is None, "still_read": still_read, **facts},
        )
        detail = {"purpose": action.purpose, "query": dict(query or {})}
        self.judge(action, detail)
        assert authority is not None  # the rule `authority` has refused otherwise
        with self.catalogue.write() as connection:
            number: int = connection.execute(
                sa.insert(c.permit)
                .values(
                    at=action.at,
                    actor=self.actor,
                    authenticated=False,
                    act=act,
                    purpose=action.purpose,
                    authority=authority.number,
                    until=authority.until,
                )
                .returning(c.permit.c.number)
            ).scalar_one()
            rows = {"permit": [number]}
            self.log.append(
                connection, Act(act=act, actor=self.actor, permit=number, detail=detail, rows=rows)
            )
        return Permit(
            number=number,
            at=action.at,
            actor=self.actor,
            act=act,
            purpose=action.purpose,
            authority=authority,
        )

    def check(self, permit: Permit, **facts: Any) -> None:  # noqa: ANN401
        """Judge a further fact of an act that has a permit, such as one file's origin."""
        action = Action(
            act=permit.act,
            actor=permit.actor,
            purpose=permit.purpose,
            at=self.clock(),
            authority=permit.authority,
            facts={"default_purpose": self.purpose is None, **facts},
        )
        self.judge(action, {"permit": permit.number})

    def judge(self, action: Action, detail: Mapping[str, Any]) -> None:
        """Raise `Refused` with the first rule's reason, and log it; our own rules are always asked,
        whatever plugins are installed."""
        rules: dict[str, Rule] = wiring.plugins("rules")
        missing = CLOSED - rules.keys()
        if missing:
            raise Refused(
                action.act,
                f"the safeguards {', '.join(sorted(missing))} are not installed",
                "Install Palermo again",
            )
        for name, rule in rules.items():
            no = rule.refuse(action)
            if no is not None:
                self._log_refusal(action, name, no.why, detail)
                raise Refused(action.act, no.why, no.next)

    def _log_refusal(self, action: Action, rule: str, why: str, detail: Mapping[str, Any]) -> None:
        refusal = {**detail, "refused_by": rule, "why": why}
        with self.catalogue.write() as connection:
            self.log.append(
                connection, Act(act=f"refused {action.act}", actor=self.actor, detail=refusal)
            )

    def shown(self, permit: Permit, ids: Iterable[str]) -> None:
        """Log a digest of what a permit's query is about to show."""
        listed = sorted(set(ids))
        digest = hashlib.sha256("\n".join(listed).encode()).hexdigest()
        with self.catalogue.write() as connection:
            self.log.append(
                connection,
                Act(
                    act="shown",
                    actor=self.actor,
                    permit=permit.number,
                    detail={"ids": len(listed), "digest": digest},
                ),
            )


def _altered(why: str) -> Refused:
    next = "See what else was altered: palermo verify CASE"
    return Refused("read the authority", why, next, "unsound")


# The rules without which no act is allowed.
CLOSED = frozenset(
    {
        "authority",
        "consent",
        "immigration",
        "pictures",
        "recipient",
        "reviewed",
        "scope",
        "smuggled",
        "watched",
    }
)
