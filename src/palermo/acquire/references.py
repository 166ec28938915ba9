"""Brings in what reading rests on: mappings, descriptions of sites, lists of words."""

from contextlib import suppress
from pathlib import Path

from palermo.acquire.folder import INTAKE
from palermo.decode import mapping
from palermo.review import words
from palermo.safeguards.permit import Permit
from palermo.safeguards.refusal import Invalid
from palermo.store import references
from palermo.store.case import Case


def save_beside(case: Case, permit: Permit, place: str) -> None:
    """Keep the mappings, sites and lists of words that lie beside an intake file: what is read
    rests on them."""
    root = Path(place)
    if not (root / INTAKE).is_file():
        _save_stray_mappings(case, permit, root / "mappings")
        return
    try:
        found = {
            ("mapping", name): content for name, content in mapping.load(root / "mappings").items()
        }
        for path in sorted((root / "words").glob("*.yaml")):
            found["words", path.stem] = words.read(path)
        for path in sorted((root / "sites").glob("*.yaml")):
            found["site", path.stem] = mapping.read_yaml(path.read_text(encoding="utf-8"))
    except (mapping.MappingError, words.ListError) as error:
        raise Invalid(f"add {place}", str(error), "Mend that file, see docs/mappings.md") from error
    for (kind, name), content in found.items():
        references.save(case, permit, kind, name, content)


def _save_stray_mappings(case: Case, permit: Permit, folder: Path) -> None:
    """Keep mappings that no intake file speaks for. They are sealed besides, like any file:
    nobody said that they are no evidence, and what is no sound mapping may well be some."""
    for path in sorted(folder.glob("*.yaml")):
        with suppress(mapping.MappingError):
            references.save(case, permit, "mapping", path.stem, mapping.read(path))


def save_mapping(case: Case, permit: Permit, path: Path) -> str:
    """Keep a column mapping under its file's name; return that."""
    try:
        content = mapping.read(path)
    except mapping.MappingError as error:
        raise Invalid(f"save {path}", str(error), "See docs/mappings.md") from error
    references.save(case, permit, "mapping", path.stem, content)
    return path.stem


def save_words(case: Case, permit: Permit, path: Path) -> None:
    """Keep a list of words that tell of a risk under its file's name."""
    try:
        content = words.read(path)
    except words.ListError as error:
        raise Invalid(f"save {path}", str(error), "See: palermo words --help") from error
    references.save(case, permit, "words", path.stem[:120], content)
