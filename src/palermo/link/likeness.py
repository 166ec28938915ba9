"""Says how alike two texts are, word by word in order, and whether each has words of its own."""

from rapidfuzz.distance import Indel, LCSseq

from palermo.link.wording import worth

# Two texts are near when 55 % of the words of both stand in both in the same order. Copies of one
# text with 15 % of the words changed in each share 0.72; strangers on one subject hardly 0.4.
NEAR = 0.55
# Texts that share more than this have no room for a stretch of their own, as below.
SURE = 0.82
# Of two texts that each have a stretch this long, of a quarter of the text at least, in which no
# more than a quarter of the words is shared, what is shared is a form that both filled in.
STRETCH, SHARE, OWN = 12, 0.25, 0.25


def likeness(a: str, b: str) -> float:
    """Return the share of the words of both texts that stand in both in the same order, and 0
    where they are not near. Texts are as `wording.codes` writes them."""
    like = Indel.normalized_similarity(a, b, score_cutoff=NEAR)
    return 0.0 if NEAR <= like < SURE and apart(a, b) else like


def apart(a: str, b: str) -> bool:
    """Whether two texts have a long stretch each in the same place that the other has not: something
    of its own to say, whatever form or example both follow. A text with something added, or with a
    part moved, is not apart."""
    pieces_a_word = len(a) / max(float(worth([a])[0]), 1.0)
    stretch = max(STRETCH * pieces_a_word, SHARE * min(len(a), len(b)))
    blocks = [(i, j, n) for i, j, n in LCSseq.editops(a, b).as_matching_blocks()]
    left, right = 0, 0  # where the last block ended
    for at, (i, j, n) in enumerate(blocks):
        shared = 0
        for k, m, size in blocks[at:]:
            if min(k - left, m - right) >= stretch:
                return True
            shared += size
            if shared > stretch * OWN:
                break
        left, right = i + n, j + n
    return False
