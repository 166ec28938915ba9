"""What a run has done."""

import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    exhibits: int = 0
    events: int = 0
    claims: int = 0
    started: float = field(default_factory=time.monotonic)
