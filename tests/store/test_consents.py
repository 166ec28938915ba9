"""Consent is kept, withdrawn and asked of alike on each engine."""

from pathlib import Path

import pytest

from consented_case import CLINIC, IN_CHAT, PAGE, PROSECUTION, make
from palermo.safeguards.refusal import Refused
from palermo.workspace import Workspace


def test_a_consent_binds_on_each_engine(database: str | None, tmp_path: Path) -> None:
    case = make(tmp_path, database=database)
    with Workspace.open(case, "tester") as workspace:
        assert [one.exhibits for one in workspace.consents().consents] == [3, 1]
        for words in (PAGE, IN_CHAT):
            event = workspace.search(words).hits[0].event
            workspace.decide("exculpatory", event.id, reason="Speaks for her")
        assert workspace.share("table", PROSECUTION, "Protection").rows["events"] == 2
        with pytest.raises(Refused, match="nothing is left"):
            workspace.share("table", CLINIC, "Protection")
        workspace.withdraw(1, "by telephone")
        assert workspace.search(PAGE).total == 0 == workspace.search(IN_CHAT).total
        assert workspace.status().withheld == 3
        with pytest.raises(Refused, match="nothing is left"):
            workspace.share("table", PROSECUTION, "Protection")
        assert workspace.verify().sound
