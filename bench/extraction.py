"""The speed of every extractor on simulated adverts, in texts a CPU-second.

How well contacts are found, and beside whom, is `contacts.py`. Run: python bench/extraction.py 20000
"""

import sys
import time
from itertools import islice

from palermo.simulate.market.texts import texts as market
from palermo.vocabulary import Event, EventKind, events_table
from palermo.wiring import plugins

SEED = 3


def main(adverts: int = 20_000) -> None:
    frames = market(adverts, SEED)
    drawn = (pair for frame in frames for pair in frame.select("text", "region").iter_rows())
    rows = [
        Event(kind=EventKind.ADVERT, locator=f"row:{i}", text=text, region=region)
        for i, (text, region) in enumerate(islice(drawn, adverts))
    ]
    events = events_table("x" + "0" * 32, rows, "bench", "1")
    print(f"{events.num_rows:,} simulated adverts, seed {SEED}; texts a CPU-second:\n")
    for name, extractor in plugins("extractors").items():
        extractor.find(events.slice(0, 100))  # what is loaded once
        start = time.process_time()
        extractor.find(events)
        print(f"{name:14}{events.num_rows / (time.process_time() - start):12,.0f}")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:]))
