"""Folds names of towns, and finds them by their hashes; a part of `place`."""

import numpy as np
import polars as pl
import pyarrow as pa

from palermo.values.kept import Columns

_OTHERS = {
    "đ": "d", "ł": "l", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
    "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "", "'": "",
    "’": "", "ʼ": "", "`": "", "-": " ", "‐": " ", "‑": " ", "–": " ",
}  # fmt: skip
_LEFT_OUT = (
    r"[\p{M}&&[\p{Inherited}\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}\p{Syriac}"
    r"\p{Ethiopic}]]|[\u093c\u09bc\u0a3c\u0abc]"  # accents, short vowels; and the dot below, nukta
)


def key(text: pl.Expr) -> pl.Expr:
    """Fold a name for the gazetteer: marks that people leave out, case, apostrophes and hyphens do
    not count. The vowels of Indian scripts are marks to Unicode, but make other words."""
    plain = text.str.to_lowercase().str.normalize("NFKD").str.replace_all(_LEFT_OUT, "")
    return plain.str.replace_many([*_OTHERS], [*_OTHERS.values()])


def keys(names: list[str]) -> list[str]:
    return pl.DataFrame({"name": names}).select(key(pl.col("name"))).to_series().to_list()


class Names:
    """Folded names that towns have, found by their hashes: a tenth of what a table of them with an
    index takes, and no index to build for every batch that is looked up."""

    def __init__(self, laid: Columns) -> None:
        """`laid`: as `lay_out` returns it."""
        self._keys = pl.Series(laid["keys"], dtype=pl.String)
        self._hashes = laid["hashes"].to_numpy()
        self._cities = laid["cities"].to_numpy()
        self._bounds = laid["bounds"].to_numpy()
        self._begun = laid["begun"].to_numpy()

    def __len__(self) -> int:
        return len(self._keys)

    def of(self, key: str) -> list[int]:
        """Return the towns of a name, as positions in the gazetteer's cities."""
        found = self.find(pl.Series([key]))
        return self[int(found["name"][0])] if len(found) else []

    def find(self, keys: pl.Series) -> pl.DataFrame:
        """Return which of the keys are names: at (a row of `keys`), and name, to be looked up here."""
        hashes = keys.hash().to_numpy()
        name = np.searchsorted(self._hashes, hashes)
        name[name == len(self._hashes)] = 0
        at = np.flatnonzero(self._hashes[name] == hashes)
        found = pl.DataFrame({"at": at, "name": name[at]})
        return found.filter(self._keys.gather(found["name"]) == keys.gather(found["at"]))

    def begin(self, keys: pl.Series) -> np.ndarray:
        """Return which of the keys are the first word, or the first two, of a name of several;
        once in many billions another key is taken for one."""
        hashes = keys.hash().to_numpy()
        at = np.searchsorted(self._begun, hashes)
        at[at == len(self._begun)] = 0
        found: np.ndarray = self._begun[at] == hashes
        return found

    def key(self, name: int) -> str:
        return str(self._keys[name])

    def __getitem__(self, name: int) -> list[int]:
        cities: list[int] = self._cities[self._bounds[name] : self._bounds[name + 1]].tolist()
        return cities


def lay_out(names: pl.DataFrame) -> dict[str, pa.Array]:
    """Lay names out for `Names`: columns key and city (a position), in any order."""
    names = names.with_columns(hash=pl.col("key").hash()).sort("hash", "key", "city")
    again = pl.struct("key", "city") == pl.struct("key", "city").shift()
    names = names.filter(~again.fill_null(False))
    first = (names["key"] != names["key"].shift()).fill_null(True)
    starts = first.arg_true().to_numpy()
    keys = names["key"].filter(first)
    begun = keys.filter(keys.str.contains(" ", literal=True))
    parts = [begun.str.extract(rf"^([^ ]+(?: [^ ]+){{{n - 1}}})") for n in (1, 2)]
    return {
        "keys": pa.array(keys.to_list(), pa.large_string()),
        "hashes": pa.array(names["hash"].filter(first).to_numpy()),
        "cities": pa.array(names["city"].to_numpy()),
        "bounds": pa.array(np.append(starts, len(names)).astype(np.uint32)),
        "begun": pa.array(pl.concat(parts).drop_nulls().unique().hash().sort().to_numpy()),
    }
