"""How far a run is, and what it has done."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[str, int, int], None]  # stage, done, of how many


@dataclass(slots=True)
class Counts:
    exhibits: int = 0
    events: int = 0
    claims: int = 0
    started: float = field(default_factory=time.monotonic)
