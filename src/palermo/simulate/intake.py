"""Writes what whoever brought the files states of them: intake.yaml, and the mappings they need."""

from pathlib import Path
from typing import Any

import yaml

from palermo.simulate.story import Story


class Evidence:
    """The evidence folder while it is filled: statements by file, mappings, and what stands where."""

    def __init__(self, story: Story, folder: Path) -> None:
        self.story = story
        self.folder = folder
        self._statements: list[dict[str, str]] = []
        self._mappings: dict[str, dict[str, Any]] = {}

    def path(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, name: str, data: bytes | str, **statement: str) -> str:
        """Write a file and state what is known of it; return its name."""
        self.path(name).write_bytes(data.encode() if isinstance(data, str) else data)
        self.state(name, **statement)
        return name

    def state(self, files: str, **statement: str) -> None:
        if holder := statement.get("holder"):
            self.bears(holder, holder.split(":", 1)[1], "intake.yaml")
        if statement:
            self._statements.append({"files": files, **statement})

    def mapping(self, name: str, content: dict[str, Any]) -> str:
        self._mappings[name] = content
        return name

    def bears(self, key: str, written: str, name: str) -> None:
        """Note for the truth that a file bears an identifier, written so."""
        self.story.written.add((key, written, name))

    def close(self) -> None:
        self.path("intake.yaml").write_text(_yaml({"exhibits": self._statements}), "utf-8")
        for name, content in self._mappings.items():
            self.path(f"mappings/{name}.yaml").write_text(_yaml(content), "utf-8")


def _yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
