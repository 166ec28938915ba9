"""What a finding says in details is masked as words, and stays what it was: numbers, lists, keys."""

from palermo.look.query import Query
from palermo.safeguards.masking import Mask


def query():
    return Query(
        tables=None,
        mask=Mask(key=b"k" * 32, published=frozenset(), revealed=frozenset()),
        run=1,
        numbers={},
        decided={},
        exculpatory=frozenset(),
        persons={},
        held={},
        parents={},
    )


def test_a_value_is_masked_wherever_it_is_a_word_and_a_number_stays_a_number():
    account = "account:20260301"
    details = {
        "paid": 20260301,
        "days": [20260301, "20260301"],
        "20260301": {"to": "account 20260301", "nothing": None},
    }
    masked = query().hiding.within(details, [("20260301", account)])
    mark = query().mask.mark(account)
    assert masked == {
        "paid": 20260301,
        "days": [20260301, mark],
        mark: {"to": f"account {mark}", "nothing": None},
    }
