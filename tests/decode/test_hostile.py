"""Small files made to exhaust their reader cost no more than a bound, and what is left out is told.

The bounds are far above what each costs on an idle machine, and far below what any would cost
without the limits: several gigabytes, or hours.
"""

import json
import subprocess
import sys

import pytest

from hostile import FILES, write

resource = pytest.importorskip("resource", reason="peak memory is told on POSIX only")

DECODING = 600  # MB: peak of a process that has read all of them, one after the other
EXTRACTING = 1000  # MB: the same, once every extractor has read the texts; a gazetteer is 300 of it
# Texts of one letter, of signs, of words and prices without end, of digits.
EXTRACTED = ("letter.warc.gz", "deflate.warc", "rows.html", "WhatsApp Chat with Line.txt")
SECONDS = 60  # CPU seconds for one file, read and extracted

CHILD = """
import json, resource, sys, time
from pathlib import Path
from palermo import stages
from palermo.decode.decoder import Context

def peak():
    if sys.platform == "linux":  # getrusage would tell the peak of the process that began this one
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) >> 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 << 10 if sys.platform != "darwin" else 1 << 20)

folder = Path(sys.argv[1])
files = sorted((folder / "files").iterdir())
told = {}
for path in files:
    lake = folder / "lake" / path.name
    for name in ("events", "claims", "drafts"):
        (lake / name).mkdir(parents=True)
    start = time.process_time()
    exhibit = Context(exhibit="x" + "0" * 32, name=path.name)
    job = stages.DecodeJob(bucket="b" + "0" * 32, exhibits=[(path, exhibit)], scope={}, lake=lake, drafts=lake / "drafts")
    done = stages.decode(job)
    for draft in (lake / "drafts").iterdir():
        draft.unlink()
    read = done.reads[0]
    told[path.name] = {
        "decoder": read.decoder, "events": read.events, "parts": len(read.parts),
        "problems": sorted({p.kind for p in read.problems}), "rows": len(read.problems),
        "files": [file.path for file in done.files], "peak": peak(),
        "seconds": time.process_time() - start,
    }
for path in (path for path in files if path.name in sys.argv[2:]):
    start = time.process_time()
    lake = folder / "lake" / path.name
    for file in told[path.name]["files"]:
        stages.extract(stages.ExtractJob(events=file, lake=lake))
    told[path.name]["seconds"] += time.process_time() - start
    told[path.name]["whole"] = peak()
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    folder = tmp_path_factory.mktemp("hostile")
    for _ in write(folder / "files"):
        pass
    run = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), *EXTRACTED],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_costs_no_more_than_the_bound(told: dict[str, dict], name: str) -> None:
    one = told[name]
    assert one["peak"] < DECODING and one.get("whole", 0) < EXTRACTING, one
    assert one["seconds"] < SECONDS, one
    assert "decoder failed" not in one["problems"], one
    assert one["rows"] < 12_000, "a file full of faults does not drown its reader"
    assert one["events"] or one["parts"] or one["problems"], "nothing is passed over in silence"


CUT = ("letter.warc.gz", "gzip.warc", "deflate.warc", "tags.html", "entities.html", "wide.html")


@pytest.mark.parametrize("name", CUT)
def test_a_page_that_is_cut_is_still_a_page_and_says_where(
    told: dict[str, dict], name: str
) -> None:
    assert told[name]["events"] >= 1 and {"large"} & set(told[name]["problems"]), told[name]


def test_every_decoder_is_attacked(told: dict[str, dict]) -> None:
    decoders = {one["decoder"] for one in told.values()}
    wanted = "warc html whatsapp whatsapp_zip table mt940 gpx nmea picture note"
    assert set(wanted.split()) <= decoders
