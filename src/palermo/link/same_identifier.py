"""Links adverts, and the sides of calls and payments, through the identifiers that they bear."""

import polars as pl
import pyarrow as pa

from palermo.link import contents
from palermo.link.commonness import JOINS, commonness, groups
from palermo.link.excerpt import POSTED, WRITTEN, Excerpt
from palermo.link.matcher import Evidence
from palermo.link.table import links_table
from palermo.vocabulary import Kind, Role

# How strongly a value of a kind ties those who bear it, where nothing speaks against it.
STRENGTH = {
    Kind.DOCUMENT: 0.95,
    Kind.IBAN: 0.95,
    Kind.CARD: 0.95,
    Kind.WALLET: 0.95,
    Kind.PHONE: 0.9,
    Kind.EMAIL: 0.9,
    Kind.ACCOUNT: 0.9,
    Kind.DEVICE: 0.9,
    Kind.HANDLE: 0.88,
    Kind.PLATE: 0.85,
    Kind.VESSEL: 0.8,
    Kind.URL: 0.5,
    Kind.DOMAIN: 0.2,
}
# Many share a site; it never holds anyone together.
WEAK = (Kind.URL, Kind.DOMAIN)
# Roles that are one side of an act, so that two values in it are one party's. Travellers,
# recipients and mentioned values may be several people; a reporter is never linked at all.
SIDES = (Role.CALLER, Role.CALLEE, Role.SENDER, Role.PAYER, Role.PAYEE, Role.DEVICE, Role.HOLDER)
# An advert with more values of one kind than this, or of all kinds, is a list of contacts, not one
# poster's own.
LISTED = 4
LISTED_IN_ALL = 5
SIGHTINGS = 0.95
# A posting whose contact was changed once; an address with more than that is a list's.
CONTACTS_OF_A_POSTING = 2
SITE = 0.3
_KINDS = ", ".join(f"'{kind}'" for kind in STRENGTH)
_STRONG = ", ".join(f"'{kind}'" for kind in STRENGTH if kind not in WEAK)
# What posters give as their own, and beside how many others of its kind, and of all kinds.
BORNE = Excerpt(
    "borne",
    f"""SELECT *, count(*) OVER (PARTITION BY event, kind) AS many,
      CAST(sum(CASE WHEN kind IN ({_STRONG}) THEN 1 ELSE 0 END) OVER (PARTITION BY event) AS BIGINT)
        AS in_all
    FROM (SELECT event, exhibit, bearer, kind, kind || ':' || value AS hub, claim, confidence
      FROM ({POSTED.sql}) WHERE kind IN ({_KINDS}))""",
)
FURNITURE = Excerpt(
    "furniture",
    f"""SELECT exhibit, kind || ':' || value AS hub, count(DISTINCT event) AS events FROM claims
    WHERE role = 'site' AND kind IN ({_KINDS}) GROUP BY exhibit, kind, value""",
)
# Values that stand for one side of an act. A side with two values of one kind may be two people.
SIDE = Excerpt(
    "side",
    f"""SELECT event, exhibit, role, kind, min(value) AS value, min(id) AS claim FROM claims
    WHERE role IN ({", ".join(f"'{role}'" for role in SIDES)})
      AND kind IN ({_STRONG})
    GROUP BY event, exhibit, role, kind HAVING min(value) = max(value)""",
)


class SameIdentifier:
    """They bear the same identifier, weighed by how many strangers share it."""

    name = "same_identifier"
    version = "2"
    after = ("near_text",)
    excerpts = (BORNE, WRITTEN, FURNITURE, SIDE, *contents.EXCERPTS)

    def match(self, evidence: Evidence) -> pa.Table:
        borne = _posted(evidence)
        sides = _sides(evidence)
        bears = pl.concat(
            [
                borne.filter(pl.col("listed") == 1).select("bearer", "hub", "kind"),
                sides.select("bearer", hub="a", kind="kind"),
                sides.select("bearer", hub="b", kind="kind_b"),
            ]
        ).with_columns(weak=pl.col("kind").is_in(WEAK))
        weighed, alone = commonness(bears, lambda: _contents(evidence))
        rows = [
            _from_adverts(borne, weighed, alone),
            _from_sides(sides, weighed),
            _sightings(evidence, borne),
        ]
        return links_table(pl.concat(rows), self.name, self.version)


def _contents(evidence: Evidence) -> pl.DataFrame:
    return pl.concat([contents.texts(evidence), contents.pictures(evidence)])


def _frame(evidence: Evidence, query: str) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(evidence.sql(query)))


def _posted(evidence: Evidence) -> pl.DataFrame:
    """Return what posters give as their own: event, bearer, hub, kind, strength, listed, furniture
    (pages with it in the site's own parts), many, claim, confidence."""
    rows = _frame(
        evidence,
        f"SELECT event, bearer, hub, kind, claim, confidence, many, in_all FROM {BORNE.of(evidence)}",
    )
    furniture = _frame(
        evidence,
        f"""SELECT hub, CAST(sum(events) AS BIGINT) AS furniture
        FROM {FURNITURE.of(evidence)} GROUP BY hub""",
    )
    rows = rows.join(furniture, on="hub", how="left", maintain_order="left")
    shares = pl.min_horizontal(LISTED / pl.col("many"), LISTED_IN_ALL / pl.col("in_all"))
    return rows.with_columns(
        furniture=pl.col("furniture").fill_null(0),
        many=pl.max_horizontal("many", "in_all"),
        listed=shares.clip(upper_bound=1.0) ** 2,
        # a valid value met again vouches for itself: a doubtful reading counts for less only
        strength=pl.col("kind").replace_strict(STRENGTH, return_dtype=pl.Float64)
        * pl.col("confidence").cast(pl.Float64).clip(0, 1).sqrt(),
    )


def _sides(evidence: Evidence) -> pl.DataFrame:
    """Return pairs of values of different kinds that stand for one side of the same act.

    Columns a, b (hubs), kind, kind_b, role, acts, claims, bearer.
    """
    rows = _frame(
        evidence,
        f"""WITH side AS (SELECT * FROM {SIDE.of(evidence)})
        SELECT x.role, x.kind, x.value, y.kind AS kind_b, y.value AS value_b, count(*) AS acts,
          min(x.claim) AS c1, min(y.claim) AS c2, max(x.claim) AS c3, max(y.claim) AS c4
        FROM side x JOIN side y ON x.event = y.event AND x.role = y.role AND x.kind < y.kind
        GROUP BY x.role, x.kind, x.value, y.kind, y.value""",
    )
    rows = rows.with_columns(
        a=pl.concat_str("kind", "value", separator=":"),
        b=pl.concat_str("kind_b", "value_b", separator=":"),
    )
    rows = rows.group_by("a", "b", "kind", "kind_b").agg(
        pl.col("acts").sum(),
        roles=pl.col("role").unique().sort().str.join(" and "),
        claims=pl.concat([pl.col(c) for c in ("c1", "c2", "c3", "c4")]).unique().sort(),
    )
    return rows.with_columns(bearer=pl.concat_str("a", "b", separator=" "))


def _from_adverts(borne: pl.DataFrame, weighed: pl.DataFrame, alone: pl.DataFrame) -> pl.DataFrame:
    rows = borne.join(weighed, on="hub", how="left", maintain_order="left")
    rows = rows.join(
        alone.with_columns(alone=pl.lit(True)),
        on=["hub", "bearer"],
        how="left",
        maintain_order="left",
    )
    site = pl.col("furniture") >= pl.col("bearers").fill_null(1)
    common = (pl.col("strangers") > JOINS) & pl.col("alone").is_null()
    score = (
        pl.col("strength")
        * pl.col("listed")
        * pl.when(site).then(SITE).otherwise(1.0)
        * pl.when(common).then(pl.col("factor")).otherwise(1.0)
    )
    reason = pl.concat_str(
        pl.format("The advert gives this {} as its own contact", "kind"),
        pl.when(pl.col("bearers") > 1)
        .then(pl.format("; {} adverts do.", "bearers"))
        .otherwise(pl.lit(".")),
        _when(
            common,
            pl.format(
                " Without it they fall into about {} groups that share neither another identifier"
                " nor text or picture, as with a hotline, an agency or a hotel: it counts for {} of"
                " its strength.",
                pl.col("strangers").round(1),
                pl.col("factor").round(2),
            ),
        ),
        _when(
            (pl.col("strangers") > JOINS) & ~common,
            pl.lit(" Many strangers share it, but this advert names no other contact."),
        ),
        _when(site, pl.format(" It also stands in the site's own parts of {} pages.", "furniture")),
        _when(
            pl.col("listed") < 1,
            pl.format(" The advert lists {} contacts, more than one poster's own.", "many"),
        ),
        _when(
            pl.col("confidence") < 1,
            pl.format(" Read with confidence {}.", pl.col("confidence").round(2)),
        ),
    )
    return rows.select(
        a="event", b="hub", score=score, claims=pl.concat_list("claim"), reason=reason
    )


def _from_sides(sides: pl.DataFrame, weighed: pl.DataFrame) -> pl.DataFrame:
    factor = weighed.select("hub", "factor", "strangers")
    rows = sides.join(factor.rename({"hub": "a"}), on="a", how="left", maintain_order="left")
    rows = rows.join(factor.rename({"hub": "b"}), on="b", how="left", maintain_order="left")
    kinds = [
        pl.col(k).replace_strict(STRENGTH, return_dtype=pl.Float64) for k in ("kind", "kind_b")
    ]
    most = pl.max_horizontal("strangers", "strangers_right")
    reason = pl.concat_str(
        pl.format("The {} and the {} stand for one side ({})", "kind", "kind_b", "roles"),
        pl.format(" of {} acts.", "acts"),
        _when(
            most > JOINS,
            pl.format(
                " One of them stands beside about {} groups that share nothing else, as with a"
                " payment company: it counts for less.",
                most.round(1),
            ),
        ),
    )
    score = pl.min_horizontal(kinds) * pl.min_horizontal("factor", "factor_right")
    return rows.select("a", "b", score=score, claims="claims", reason=reason)


def _sightings(evidence: Evidence, borne: pl.DataFrame) -> pl.DataFrame:
    rows = _frame(
        evidence,
        f"""WITH adverts AS (SELECT * FROM {WRITTEN.of(evidence)} WHERE kind = 'advert')
        SELECT event AS id, posting FROM adverts WHERE posting IN
        (SELECT posting FROM adverts GROUP BY posting HAVING count(*) > 1)""",
    )
    # the address of a list shows other adverts, with other contacts, on other days
    own = borne.filter(~pl.col("kind").is_in(WEAK)).select("hub", bearer="event")
    shown = groups(own, rows.select(bearer="id", thing="posting"))
    lists = shown.filter(pl.col("groups") > CONTACTS_OF_A_POSTING)
    rows = rows.join(lists.select(posting="thing"), on="posting", how="anti")
    return rows.select(
        a="id",
        b=pl.concat_str(pl.lit("posting"), "posting", separator=":"),
        score=pl.lit(SIGHTINGS),
        claims=pl.concat_list("id"),
        reason=pl.format(
            "One of {} captures of the same posting.", pl.len().over("posting").cast(pl.String)
        ),
    )


def _when(condition: pl.Expr, text: pl.Expr) -> pl.Expr:
    return pl.when(condition.fill_null(False)).then(text).otherwise(pl.lit(""))
