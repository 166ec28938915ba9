"""Writes what goes wrong: a crawl cut off, a picture half copied, a statement with a bad line, a stranger."""

from palermo.simulate.intake import Evidence

Problem = tuple[str, str, str]  # file, kind, what is wrong


def write_damaged(evidence: Evidence) -> list[Problem]:
    """Write damaged files made of good ones; return what is wrong with each."""
    story = evidence.story
    rng = story.stream("damaged")
    found: list[Problem] = []
    crawls = sorted(evidence.folder.glob("web/*.gz"))
    if crawls:
        whole = crawls[0].read_bytes()
        cut = whole[: min(len(whole), 400_000) * rng.randint(30, 60) // 100]
        evidence.write("damaged/crawl-cut.warc.gz", cut)
        found.append(("damaged/crawl-cut.warc.gz", "cut", "the file ends inside a record"))
    photographs = sorted(evidence.folder.glob("pictures/*/*.jpg"))
    if photographs:
        whole = photographs[0].read_bytes()
        evidence.write("damaged/IMG_half.jpg", whole[: len(whole) // 2])
        found.append(("damaged/IMG_half.jpg", "cut", "the lower half of the picture is missing"))
    statements = sorted(evidence.folder.glob("bank/*.sta"))
    if statements and rng.random() < 0.6:
        lines = statements[0].read_bytes().split(b"\r\n")
        at = next(i for i, line in enumerate(lines) if line.startswith(b":61:"))
        lines[at] = b":61:24YY01DX,,"
        evidence.write(
            "damaged/statement-bad.sta",
            b"\r\n".join(lines),
            holder=story.ledgers[0].holder,
            region=story.ledgers[0].region,
        )
        found.append(
            ("damaged/statement-bad.sta", "bad line", "a transaction's line cannot be read")
        )
    stranger = b"FXN\x00\x07" + bytes(rng.randrange(256) for _ in range(900))
    evidence.write("damaged/handover.fxn", stranger)
    found.append(("damaged/handover.fxn", "not understood", "a format that nothing here reads"))
    return found
