"""An observation entered by hand, as a capture: it is sealed like any other evidence."""

import io
from datetime import UTC, datetime
from functools import partial

from palermo.decode import note
from palermo.vocabulary import Capture, Statement


def captured(text: str, by: str, consent: str | None, **fields: str | None) -> Capture:
    """Compose a note by `by`; `fields`: what `decode/note.py` reads besides the text."""
    now = datetime.now(UTC)
    return Capture(
        origin=f"note:{by}/{now.isoformat()}",
        name="note.txt",
        open=partial(io.BytesIO, note.compose(text, by=by, **fields)),
        method="entered by hand",
        captured=now,
        statement=Statement(consent=consent),
    )
