"""Names of towns that are first of all something else: languages, days, months (CLDR, by Babel),
and everyday words of scripts without capitals."""

from functools import cache
from importlib import metadata
from pathlib import Path

import pyarrow as pa

from palermo.values import place, place_names
from palermo.values.kept import kept
from palermo.values.text import words

_READ = words(
    "en es fr pt ro it de nl pl cs ru uk bg sq tr el hu fil id sw so vi ar fa ur he am ti hi bn pa gu "
    "ta te ka hy ko"
)
_TOLD = words(
    "en es fr pt ro it de nl pl cs sk ru uk bg sr hr sq tr el hu fil id ms sw so ha yo vi th lo km my "
    "ar fa ps ku ur he am ti om hi bn pa gu mr ne ta te ml kn si ka hy ko ja zh"
)
# Directions, times and small words, as `place.key` folds them.
_EVERYDAY = words(
    "غرب شرق شمال جنوب وسط سنه شهر يوم اسبوع ساعه مدينه المدينه البيت بيت غرفه عمل "
    "उत्तर दक्षिण पूर्व पश्चिम साल काम घर कमरा पानी बार बाकी "
    "উত্তর দক্ষিণ পূর্ব পশ্চিম কাজ ঘর বাসা বার মাস "
    "צפון דרום מזרח מערב בית חדר עבודה שנה יום "
    "동 서 남 북 일 방 집"
)


@cache
def otherwise() -> frozenset[str]:
    """The names, as `place.key` folds them."""
    made_of = (Path(place_names.__file__), f"babel {metadata.version('babel')}")
    columns = kept(__file__, "otherwise", made_of, lambda: {"names": pa.array(sorted(_names()))})
    return frozenset(columns["names"].to_pylist())


def _names() -> frozenset[str]:
    from babel import Locale  # slow to load, and needed once

    found: set[str] = set()
    for language in _READ:
        locale = Locale.parse(language)
        found.update(
            # "Tiếng Thái" is also said without its first word
            part
            for code, name in locale.languages.items()
            if code in _TOLD
            for part in (name, name.rpartition(" ")[2])
        )
        found.update(locale.days["format"]["wide"].values())
        found.update(locale.months["format"]["wide"].values())
    return _EVERYDAY | frozenset(place.keys(sorted(found)))
