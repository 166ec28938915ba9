"""Says how alike two texts are, word by word in order, and whether each has words of its own."""

from rapidfuzz.distance import Indel, LCSseq

from palermo.link.codes import tenths

# Two texts are near when 55 % of the words of both stand in both in the same order. Copies of one
# text with 15 % of the words changed in each share 0.72; strangers on one subject hardly 0.4.
NEAR = 0.55
# Texts that share more than this have no room for a stretch of their own, as below.
SURE = 0.82
# Of two texts that each have a stretch this long, of a quarter of the text at least, in which no
# more than a quarter of the words is shared, what is shared is a form that both filled in.
STRETCH, SHARE, OWN = 12, 0.25, 0.25
# A stretch was moved when more of its words than this stand elsewhere in the other text.
MOVED = 0.5


def likeness(a: str, b: str) -> float:
    """Return the share of the words of both texts that stand in both in the same order, and 0
    where they are not near. Texts are as `codes.codes` writes them."""
    return exact(a, b) if seem_near(brief(a), brief(b)) else 0.0


def seem_near(a: bytes, b: bytes) -> bool:
    """Say whether texts may be near, by what `brief` makes of them: strings of few different
    characters are compared faster, and only ever seem more alike."""
    return Indel.normalized_similarity(a, b, score_cutoff=NEAR) > 0


def exact(a: str, b: str) -> float:
    """Return what `likeness` does, for texts that seem near."""
    like = Indel.normalized_similarity(a, b, score_cutoff=NEAR)
    return 0.0 if NEAR <= like < SURE and apart(a, b) else like


def brief(coded: str) -> bytes:
    """Return a byte a word: equal words have equal bytes, and one in 256 of others too."""
    return coded.encode("utf-32-le")[::4]


def apart(a: str, b: str) -> bool:
    """Whether two texts have a long stretch each that the other has not: something of its own to
    say, whatever form or example both follow. A text with something added, or with a part moved,
    is not apart."""
    blocks = [(i, j, n) for i, j, n in LCSseq.editops(a, b).as_matching_blocks()]
    return _own(a, b, [at for i, _, n in blocks for at in range(i, i + n)]) and _own(
        b, a, [at for _, j, n in blocks for at in range(j, j + n)]
    )


def _own(text: str, other: str, shared: list[int]) -> bool:
    """Whether a stretch of a text, of which few pieces are aligned with the other's (`shared`: their
    places), is made of words that stand nowhere in the other, for the most part."""
    stretch = 10 * STRETCH * len(text) / max(tenths(text), 10)
    stretch = max(stretch, SHARE * min(len(text), len(other)))
    allowed = int(stretch * OWN) + 1
    edges = [-1, *shared, len(text)]
    there = set(other)
    for at, start in enumerate(edges[:-1]):
        end = edges[min(at + allowed, len(edges) - 1)]
        if end - start > stretch:
            words = text[start + 1 : end]
            if sum(word in there for word in words) <= MOVED * len(words):
                return True
    return False
