"""Every test of the store that asks for a database runs on each engine."""

from postgres import database, postgres

__all__ = ["database", "postgres"]
