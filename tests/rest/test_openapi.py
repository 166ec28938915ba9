"""The workbench's types are made from the service's contract, and are in step with it."""

import hashlib
import re
from pathlib import Path

import pytest

from palermo.ui.rest.openapi import contract

TYPES = Path(__file__).parents[2] / "web" / "src" / "api" / "schema.d.ts"


def test_the_workbenchs_types_are_fresh():
    if not TYPES.is_file():
        pytest.skip("the workbench's source is not here")
    made = re.search(r"SHA-256 ([0-9a-f]{64})", TYPES.read_text(encoding="utf-8"))
    assert made, "schema.d.ts names no contract"
    digest = hashlib.sha256(contract().encode()).hexdigest()
    again = "python -m palermo.ui.rest.openapi | npm --prefix web run -s types"
    assert made[1] == digest, f"the routes have changed; run: {again}"
