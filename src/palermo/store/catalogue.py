"""The catalogue: exhibits, custody, authority, permits, decisions; on SQLite or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from palermo.safeguards.refusal import Invalid, Refused
from palermo.store.columns import Moment as Moment
from palermo.store.columns import Words as Words
from palermo.store.columns import among as among
from palermo.store.columns import as_kept as as_kept
from palermo.store.columns import storable as storable

ENGINES = ("sqlite", "postgresql")
metadata = sa.MetaData()


def _number() -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("number", kind, primary_key=True, autoincrement=True)


setting = sa.Table(
    "setting",
    metadata,
    sa.Column("key", Words, primary_key=True),
    sa.Column("value", Words, nullable=False),
)
authority = sa.Table(
    "authority",
    metadata,
    _number(),
    sa.Column("offence", Words, nullable=False),
    sa.Column("authority", Words, nullable=False),
    sa.Column("basis", Words, nullable=False),
    sa.Column("necessity", Words, nullable=False),
    sa.Column("scope", sa.JSON, nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("until", Moment, nullable=False),
    sa.Column("requested_by", Words, nullable=False),
    sa.Column("approved_by", Words, nullable=False),
    sa.Column("profile", Words, nullable=False),
)
permit = sa.Table(
    "permit",
    metadata,
    _number(),
    sa.Column("at", Moment, nullable=False),
    sa.Column("actor", Words, nullable=False),
    sa.Column("authenticated", sa.Boolean, nullable=False),
    sa.Column("act", Words, nullable=False),
    sa.Column("purpose", Words, nullable=False),
    sa.Column("authority", sa.BigInteger, sa.ForeignKey("authority.number"), nullable=False),
    sa.Column("until", Moment, nullable=False),
)
custody = sa.Table(
    "custody",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("actor", Words, nullable=False),
    sa.Column("act", Words, nullable=False),
    sa.Column("permit", sa.BigInteger, nullable=True),
    sa.Column("subject", Words, nullable=False, index=True),
    sa.Column("commitment", sa.String(64), nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("entry", sa.String(64), nullable=False),
)
# What an entry commits to. Apart from the log, so that it can be erased and the chain still holds.
custody_detail = sa.Table(
    "custody_detail",
    metadata,
    sa.Column("number", sa.BigInteger, sa.ForeignKey("custody.number"), primary_key=True),
    sa.Column("detail", Words, nullable=False),
)
exhibit = sa.Table(
    "exhibit",
    metadata,
    _number(),
    sa.Column("id", sa.String(33), nullable=False, unique=True),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("origin", Words, nullable=False),
    sa.Column("name", Words, nullable=False),
    sa.Column("parent", sa.String(33), nullable=True, index=True),
    sa.Column("locator", Words, nullable=True),  # where in the parent
)
capture = sa.Table(
    "capture",
    metadata,
    _number(),
    sa.Column("exhibit", sa.String(33), sa.ForeignKey("exhibit.id"), nullable=False, index=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("captured", Moment, nullable=True),  # the source's own time
    sa.Column("method", Words, nullable=False),
    sa.Column("statement", sa.JSON, nullable=False),
    sa.Column("permit", sa.BigInteger, sa.ForeignKey("permit.number"), nullable=False),
)
# What somebody agreed to who gave evidence of their own will. The giver is a name that the case has
# chosen, so that no list of those who spoke lies in the catalogue.
consent = sa.Table(
    "consent",
    metadata,
    _number(),
    sa.Column("at", Moment, nullable=False),
    sa.Column("giver", Words, nullable=False),
    sa.Column("purpose", Words, nullable=False),
    sa.Column("language", Words, nullable=False),  # in which it was explained
    sa.Column("age", Words, nullable=False),  # adult, child, unknown
    sa.Column("guardian", Words, nullable=True),
    sa.Column("preference", Words, nullable=True),  # of an interviewer
    sa.Column("recipients", sa.JSON, nullable=False),
    sa.Column("given", Moment, nullable=False),
    sa.Column("until", Moment, nullable=True),
    sa.Column("withdrawn", Moment, nullable=True),
    sa.Column("reason", Words, nullable=True),  # of the withdrawal
    sa.Column("permit", sa.BigInteger, sa.ForeignKey("permit.number"), nullable=False),
)
# Which decoder has read which exhibit; an exhibit that is missing here is pending. Small exhibits
# are read together, a bucket at a time, so that ten thousand pictures are not ten thousand files.
reading = sa.Table(
    "reading",
    metadata,
    sa.Column("exhibit", sa.String(33), sa.ForeignKey("exhibit.id"), primary_key=True),
    sa.Column("bucket", sa.String(33), nullable=False, index=True),
    sa.Column("method", Words, nullable=True),  # null: no decoder understood it
    sa.Column("version", Words, nullable=False),
)
# The manifest: which Parquet files are the lake.
lake_file = sa.Table(
    "lake_file",
    metadata,
    sa.Column("path", Words, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False, index=True),
    sa.Column("rows", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("bucket", sa.String(33), nullable=True, index=True),
    sa.Column("source", Words, nullable=True, index=True),  # claims: the events they were read in
    sa.Column("version", Words, nullable=True),
    sa.Column("run", sa.BigInteger, nullable=True),
)
problem = sa.Table(
    "problem",
    metadata,
    sa.Column("id", sa.String(33), primary_key=True),
    sa.Column("exhibit", sa.String(33), sa.ForeignKey("exhibit.id"), nullable=False, index=True),
    sa.Column("locator", Words, nullable=False),
    sa.Column("kind", Words, nullable=False),
    sa.Column("message", Words, nullable=False),
    sa.Column("count", sa.BigInteger, nullable=False),
)
# Exhibits that matched known material: sealed, and never opened again but to check their digest.
quarantine = sa.Table(
    "quarantine",
    metadata,
    sa.Column("exhibit", sa.String(33), sa.ForeignKey("exhibit.id"), primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("list", Words, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),  # of hash, or how it hangs on what matched
    sa.Column("permit", sa.BigInteger, sa.ForeignKey("permit.number"), nullable=False),
)
run = sa.Table(
    "run",
    metadata,
    _number(),
    sa.Column("at", Moment, nullable=False),
    sa.Column("evidence", sa.String(64), nullable=False),  # digest of what its links rest on
    sa.Column("inputs", sa.String(64), nullable=False),  # digest of all that it rests on
    sa.Column("permit", sa.BigInteger, sa.ForeignKey("permit.number"), nullable=False),
)
decision = sa.Table(
    "decision",
    metadata,
    _number(),
    sa.Column("at", Moment, nullable=False),
    sa.Column("actor", Words, nullable=False),
    sa.Column("act", Words, nullable=False),
    sa.Column("a", Words, nullable=False, index=True),
    sa.Column("b", Words, nullable=True, index=True),
    sa.Column("reason", Words, nullable=False),
    sa.Column("seen", sa.JSON, nullable=False),  # ids of the evidence that was shown
    # Of a decision taken elsewhere, by the file that brought it; and why its bringer answers for it.
    sa.Column("claimed_by", Words, nullable=True),
    sa.Column("claimed_at", Moment, nullable=True),
    sa.Column("vouched", Words, nullable=True),
    sa.Column("permit", sa.BigInteger, sa.ForeignKey("permit.number"), nullable=False),
)
person = sa.Table(
    "person",
    metadata,
    _number(),
    sa.Column("label", Words, nullable=False),
    sa.Column("decision", sa.BigInteger, sa.ForeignKey("decision.number"), nullable=False),
)
person_role = sa.Table(
    "person_role",
    metadata,
    _number(),
    sa.Column("person", sa.BigInteger, sa.ForeignKey("person.number"), nullable=False),
    sa.Column("role", Words, nullable=False),
    sa.Column("since", Moment, nullable=True),
    sa.Column("until", Moment, nullable=True),
    sa.Column("source", Words, nullable=False),
    sa.Column("decision", sa.BigInteger, sa.ForeignKey("decision.number"), nullable=False),
)
person_tie = sa.Table(
    "person_tie",
    metadata,
    _number(),
    sa.Column("person", sa.BigInteger, sa.ForeignKey("person.number"), nullable=False),
    sa.Column("node", Words, nullable=False, index=True),
    sa.Column("decision", sa.BigInteger, sa.ForeignKey("decision.number"), nullable=False),
)
package = sa.Table(
    "package",
    metadata,
    sa.Column("id", sa.String(33), primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("recipient", Words, nullable=False),
    sa.Column("purpose", Words, nullable=False),
    sa.Column("format", Words, nullable=False),
    sa.Column("folder", Words, nullable=False),
    sa.Column("files", sa.JSON, nullable=False),  # name: sha256
    sa.Column("rows", sa.JSON, nullable=False),  # ids by table
    sa.Column("run", sa.BigInteger, nullable=False),
    sa.Column("permit", sa.BigInteger, sa.ForeignKey("permit.number"), nullable=False),
)
# Values that somebody watches, by their keyed tokens alone: the register tells nobody's number.
watch = sa.Table(
    "watch",
    metadata,
    _number(),
    sa.Column("at", Moment, nullable=False),
    sa.Column("actor", Words, nullable=False),
    sa.Column("kind", Words, nullable=False),
    sa.Column("tokens", sa.JSON, nullable=False),  # more than one: its platform is not told
    sa.Column("how", Words, nullable=False),  # what was typed was read
    sa.Column("reason", Words, nullable=False),
    sa.Column("until", Moment, nullable=True),  # null: as long as the authority runs
    sa.Column("authority", sa.BigInteger, sa.ForeignKey("authority.number"), nullable=False),
    sa.Column("ended", Moment, nullable=True),
    sa.Column("ended_by", Words, nullable=True),
    sa.Column("why_ended", Words, nullable=True),
    sa.Column("permit", sa.BigInteger, sa.ForeignKey("permit.number"), nullable=False),
)
# Where watched values were met. Numbers are never used again: whoever looks has seen up to one.
sighting = sa.Table(
    "sighting",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("watch", sa.BigInteger, sa.ForeignKey("watch.number"), nullable=False, index=True),
    sa.Column("event", sa.String(33), nullable=False),
    sa.Column("claim", sa.String(33), nullable=True),  # null: the event is a picture's own
    sa.Column("exhibit", sa.String(33), sa.ForeignKey("exhibit.id"), nullable=False, index=True),
    # 1: it was there when the watch began. No boolean, which takes any text for a yes.
    sa.Column("known", sa.BigInteger, nullable=False),
)
# Files of claims that the watches were held against.
sought = sa.Table("sought", metadata, sa.Column("path", Words, primary_key=True))
# When somebody looked at the alerts, and the last sighting that they were shown.
look = sa.Table(
    "look",
    metadata,
    _number(),
    sa.Column("at", Moment, nullable=False),
    sa.Column("actor", Words, nullable=False, index=True),
    sa.Column("through", sa.BigInteger, nullable=False),
    sa.Column("permit", sa.BigInteger, sa.ForeignKey("permit.number"), nullable=False),
)
# Mappings, site descriptions and known-material lists, as saved: truth, since readings rest on them.
reference = sa.Table(
    "reference",
    metadata,
    sa.Column("kind", sa.String(16), primary_key=True),  # mapping, site, known, words
    sa.Column("name", sa.String(120), primary_key=True),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
)


class Catalogue:
    """Transactions on one case's catalogue."""

    def __init__(self, url: str) -> None:
        try:
            backend = sa.make_url(url).get_backend_name()
            if backend not in ENGINES:
                raise ImportError(f"{backend} is not one of {', '.join(ENGINES)}")
            self.engine = sa.create_engine(url, poolclass=NullPool)
        except (sa.exc.ArgumentError, ImportError) as error:
            next = "Write postgresql+psycopg://USER@HOST/NAME, and install palermo[postgres]"
            raise Invalid("use the database", str(error).splitlines()[0], next) from error
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _safe_sqlite)
            sa.event.listen(self.engine, "begin", _begin)

    @classmethod
    def of(cls, folder: Path, database: str | None) -> "Catalogue":
        """Return the catalogue of a case folder; `database` is a URL where it is a server's."""
        return cls(database or f"sqlite:///{(folder / 'catalogue.sqlite').as_posix()}")

    def create(self) -> None:
        with _told(), self.engine.begin() as connection:
            if sa.inspect(connection).has_table(custody.name):
                next = "Make an empty database for each case: createdb NAME"
                raise Invalid("make a catalogue", "the database already holds one", next)
            metadata.create_all(connection)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One moment of the catalogue, however much others write meanwhile."""
        with _told(), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def inspect(self) -> Iterator[sa.Connection]:
        """Read what may have been altered: bytes that are no text come as lone surrogates."""
        with self.read() as connection:
            if connection.dialect.name == "sqlite":
                driver: Any = connection.connection.dbapi_connection
                driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction: everything in it is kept, or nothing."""
        with _told(), self.engine.connect() as connection:
            connection.info["write"] = True
            with connection.begin():
                yield connection


@contextmanager
def _told() -> Iterator[None]:
    """Tell what a database says no for, without what was asked of it."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        why = str(error.orig).strip().splitlines()[0]
        for sign, name, next in _SIGNS:
            if sign in why:
                raise Refused("use the catalogue", why, next, name) from error
        if not isinstance(error, sa.exc.OperationalError):
            raise
        next = "See that the database runs and can be written to, then run the same command again"
        raise Refused("use the catalogue", why, next, "fault") from error


_COPY = (
    "Take catalogue.sqlite from a copy of the case; palermo verify CASE shows whether it is whole"
)
_WRITABLE = "Make the case's folder writable: whatever is read of a case is logged in it"
# What engines say → the error's name, and what to do next.
_SIGNS = (
    ("not a database", "unsound", _COPY),
    ("malformed", "unsound", _COPY),
    ("no such table", "unsound", _COPY),
    ("no such column", "unsound", _COPY),
    ("Could not decode", "unsound", _COPY),
    ("database is locked", "busy", "Wait until the other process has finished, then try again"),
    ("readonly database", "fault", _WRITABLE),
    ("unable to open", "fault", _WRITABLE),
)


def _safe_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401
    connection.isolation_level = None  # SQLAlchemy says BEGIN, see `_begin`
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
        "busy_timeout=30000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # A writer takes the lock at once: two that had both read first would deadlock.
    immediate = connection.info.get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
