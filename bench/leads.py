"""Leads: fits how much each likeness counts, and measures on unseen seeds who is found.

A training case's truth says who is of one group. Each identity that is one actor's stands for a
network that a person has confirmed; right are the other adverts of its group. `--write` fits on the
training seeds and writes src/palermo/look/leads.yaml. Figures, over networks of which there is
anything to find: precision among the first 10 adverts and recall among the first 50 (of at most 50
that can be there), and how often the first lead is right. Beside them the plain count of contacts
that somebody outside shares with the network.

Run: python bench/leads.py --work FOLDER --train 101 ... --unseen 201 ... [--write]
Cases are made in FOLDER (some 10 CPU-seconds each) and used again.
"""

import argparse
import csv
import json
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from palermo.look import weighing
from palermo.look.leads import saying
from palermo.look.likeness import Unit, likenesses
from palermo.look.nearby import Nearby, Ring, gather
from palermo.look.sentences import without
from palermo.look.style import STAND_IN, habits, script, stand_in
from palermo.safeguards.authority import Grant
from palermo.simulate import simulate
from palermo.store.case import Case
from palermo.store.engine import Tables
from palermo.workspace import Workspace

# Where the fit begins, set by hand: points of each likeness at its most. What the training cases do
# not show (an account's name used twice) stays there.
PRIOR = {
    "text": 2.0, "picture": 2.0, "contact": 3.0, "mention": 2.0, "web": 1.0, "account_name": 2.0,
    "sentence": 2.0, "price": 1.0, "place": 1.0, "journey": 1.0, "site": 0.5, "style": 0.5,
}  # fmt: skip
# How firmly the fit holds to the prior: the case's towns are few, and must not decide everything.
FIRM = 10.0
FEWEST = 5  # adverts that a network has
RIGHT = 0.2  # weight of all right leads together, of that of the wrong ones
LEFT_OUT = ("tracks", "pictures", "damaged")
YAML = Path(__file__).parents[1] / "src" / "palermo" / "look" / "leads.yaml"
Floats = NDArray[np.float64]


class Asked(NamedTuple):
    """One network, what lies around it, and how many adverts outside are right."""

    seed: int
    units: list[Unit]
    right: dict[str, int]  # unit → its adverts of the group
    size: dict[str, int]  # unit → its adverts
    contacts: dict[str, int]  # unit → contacts that it shares with the network
    outside: int
    seconds: float


def made(work: Path, seed: int) -> Path:
    """Make a training case, or find it made."""
    folder = work / f"s{seed}"
    if not (folder / "case" / "case.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        simulate(folder / "investigation", seed, "small")
        for part in LEFT_OUT:
            shutil.rmtree(folder / "investigation" / "evidence" / part, ignore_errors=True)
        until = (datetime.now(UTC) + timedelta(days=300)).date().isoformat()
        order = Grant(
            offence="trafficking", authority="Bench order", basis="Act, s. 1", until=until,
            approved_by="A. Judge",
        )  # fmt: skip
        Workspace.new(folder / "case", order, "bench")
        with Workspace.open(folder / "case", "bench") as workspace:
            workspace.add([str(folder / "investigation" / "evidence")])
    with Workspace.open(folder / "case", "bench") as workspace:
        workspace.run()  # one that was made before, too: what has changed since is read anew
    return folder


def truth(folder: Path, tables: Tables) -> dict[str, tuple[str, str, str]]:
    """Return by advert its posting, actor and group."""
    with (folder / "investigation" / "truth" / "nodes.csv").open(encoding="utf-8") as file:
        known = {row["key"]: row for row in csv.DictReader(file)}
    rows = tables.sql(
        "SELECT id, posting, details['url'] AS url FROM events WHERE kind = 'advert'"
    ).to_pylist()
    told = ((r["id"], known.get(r["posting"]) or known.get(r["url"])) for r in rows)
    return {id: (row["key"], row["actor"], row["group"]) for id, row in told if row}


def networks(folder: Path, seed: int, used: Sequence[str]) -> Iterator[Asked]:
    case = Case.open(folder / "case")
    tables = case.tables()
    who = truth(folder, tables)
    members: dict[str, list[str]] = defaultdict(list)
    for row in tables.sql("SELECT node, identity FROM identities ORDER BY node").to_pylist():
        members[row["identity"]].append(row["node"])
    for nodes in members.values():
        seeds = [node for node in nodes if node in who]
        if len(seeds) < FEWEST:
            continue
        (_, group), n = Counter(who[e][1:] for e in seeds).most_common(1)[0]
        if group and n >= 0.9 * len(seeds):
            mine = {who[event][0] for event in seeds}
            outside = {p for p, _, g in who.values() if g == group} - mine
            began = time.process_time()
            near = gather(tables, Ring(nodes, seeds), saying(case, tables))
            units = likenesses(near, used)
            seconds = time.process_time() - began
            right = {u.id: _postings(u, who, group) for u in units}
            size = {u.id: len(u.postings) for u in units}
            yield Asked(seed, units, right, size, _contacts(near), len(outside), seconds)
    tables.close()


def _postings(unit: Unit, who: dict[str, tuple[str, str, str]], group: str) -> int:
    return len({who[e][0] for e in unit.events if e in who and who[e][2] == group})


def _contacts(near: Nearby) -> dict[str, int]:
    borne: dict[str, set[str]] = defaultdict(set)
    rows = near.claims.select("unit", "node", "role", "kind")
    for unit, node, role, kind in rows.iter_rows():
        if role == "poster" and kind not in ("url", "domain"):
            borne[unit].add(node)
    own = borne.pop("", set())
    return {unit: len(own & theirs) for unit, theirs in borne.items()}


# --- fitting ----------------------------------------------------------------------------------


def tested(folders: Iterable[Path]) -> dict[str, float]:
    """Return by habit how well it tells the language or script of an advert, at worst."""
    worst: dict[str, float] = defaultdict(float)
    for folder in folders:
        for habit, figure in standing_in(folder).items():
            worst[habit] = max(worst[habit], figure)
    return dict(worst)


def standing_in(folder: Path) -> dict[str, float]:
    tables = Case.open(folder / "case").tables()
    who = truth(folder, tables)
    with (folder / "investigation" / "truth" / "actors.csv").open(encoding="utf-8") as file:
        speaks = {row["actor"]: row["language"] for row in csv.DictReader(file)}
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    contacts: dict[str, list[str]] = defaultdict(list)
    for row in tables.sql(
        """SELECT event, start, "end" AS stop, written, role FROM claims WHERE start IS NOT NULL"""
    ).to_pylist():
        spans[row["event"]].append((row["start"], row["stop"]))
        if row["role"] == "poster":
            contacts[row["event"]].append(row["written"])
    shown, languages, scripts = [], [], []
    for row in tables.sql("SELECT id, text FROM events WHERE kind = 'advert'").to_pylist():
        if row["id"] in who:
            bare = without(row["text"] or "", spans[row["id"]])
            shown.append(habits(bare, contacts[row["id"]]))
            languages.append(speaks[who[row["id"]][1]])
            scripts.append(script(bare))
    tables.close()
    found = {}
    for habit in shown[0]:
        values = [one[habit] for one in shown]
        found[habit] = max(stand_in(values, languages), stand_in(values, scripts))
    return found


def fit(asked: Sequence[Asked]) -> dict[str, float]:
    """Fit a logistic regression whose weights are none below 0 and held to the prior."""
    names = list(PRIOR)
    units = [(one, unit) for one in asked for unit in one.units]
    x = np.array([[unit.figures().get(name, 0.0) for name in names] for _, unit in units])
    y = np.array([float(one.right[unit.id] > 0) for one, unit in units])
    prior = np.array([PRIOR[name] for name in names])
    weight = np.where(y > 0, max(1.0, RIGHT * (y == 0).sum() / max(y.sum(), 1)), 1.0)

    def loss(p: Floats) -> tuple[float, Floats]:
        z = x @ p[:-1] + p[-1]
        cost = (weight * (np.logaddexp(0, z) - y * z)).sum() + FIRM * ((p[:-1] - prior) ** 2).sum()
        slope = weight * (1 / (1 + np.exp(-z)) - y)
        return cost, np.append(x.T @ slope + 2 * FIRM * (p[:-1] - prior), slope.sum())

    bounds = [(0, None)] * len(names) + [(None, None)]
    found = minimize(loss, np.append(prior, -2.0), jac=True, method="L-BFGS-B", bounds=bounds)
    return {name: round(float(w), 2) for name, w in zip(names, found.x[:-1], strict=True)}


# --- measuring --------------------------------------------------------------------------------


def measured(asked: Sequence[Asked], score: dict[int, dict[str, float]]) -> dict[str, float]:
    """Return figures over networks; `score`: number of a network → unit → score."""
    first, at_10, at_50 = [], [], []
    for number, one in enumerate(asked):
        if not one.outside:
            continue
        order = sorted(one.units, key=lambda u: (-score[number].get(u.id, 0.0), u.id))
        adverts = [n < one.right[u.id] for u in order for n in range(one.size[u.id])]
        first.append(bool(order) and one.right[order[0].id] > 0)
        at_10.append(sum(adverts[:10]) / min(10, one.outside))
        at_50.append(sum(adverts[:50]) / min(50, one.outside))
    return {
        "networks": len(first),
        "first lead is right": float(np.mean(first)),
        "precision at 10": float(np.mean(at_10)),
        "recall at 50": float(np.mean(at_50)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--train", type=int, nargs="*", default=[])
    parser.add_argument("--unseen", type=int, nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.write:
        folders = [made(options.work, seed) for seed in options.train]
        stand = tested(folders)
        used = sorted(habit for habit, figure in stand.items() if figure <= STAND_IN)
        asked = [
            one
            for folder, seed in zip(folders, options.train, strict=True)
            for one in networks(folder, seed, used)
        ]
        seeds = ", ".join(map(str, options.train))
        right = sum(n > 0 for one in asked for n in one.right.values())
        units = sum(len(one.units) for one in asked)
        data = {
            "weights": fit(asked),
            "prior": PRIOR,
            "habits": used,
            "left_out": {h: round(f, 2) for h, f in sorted(stand.items()) if f > STAND_IN},
            "learned": f"Logistic regression, none below 0, held to the prior by {FIRM:g}, on the training"
            f" cases of the seeds {seeds}: {len(asked)} networks, {units} identities and adverts"
            f" around them, {right} of them right (bench/leads.py --write).",
        }
        head = (
            "# Points that each likeness adds at its most, and how they were learned. `left_out`: habits\n"
            "# of writing that tell the language or script of an advert (1: without fail), so that nobody\n"
            "# is suggested for what they speak.\n"
        )
        YAML.write_text(head + yaml.safe_dump(data, sort_keys=False, width=100), encoding="utf-8")
        weighing.load.cache_clear()
    weights = weighing.load()
    unseen = [
        one
        for seed in options.unseen
        for one in networks(made(options.work, seed), seed, weights.habits)
    ]
    ours = {n: {u.id: weights.total(u) for u in one.units} for n, one in enumerate(unseen)}
    counted = {n: {k: float(v) for k, v in one.contacts.items()} for n, one in enumerate(unseen)}
    figures = {"leads": measured(unseen, ours), "shared contacts": measured(unseen, counted)}
    seconds = sorted(one.seconds for one in unseen)
    figures["leads"]["CPU-seconds, middle"] = seconds[len(seconds) // 2] if seconds else 0.0
    if options.json:
        print(json.dumps(figures, indent=1))
        return
    for name, row in figures.items():
        print(f"{name:>16}: " + ", ".join(f"{what} {value:.3g}" for what, value in row.items()))


if __name__ == "__main__":
    main()
