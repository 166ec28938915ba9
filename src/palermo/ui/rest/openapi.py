"""Prints the service's contract as OpenAPI, from which the workbench's types are made."""

import json
import sys
from pathlib import Path
from typing import NoReturn

from palermo.ui.rest.app import create


def contract() -> str:
    def never(*_: object) -> NoReturn:
        raise AssertionError("the contract needs no case")

    return json.dumps(create(Path(), "", "", opener=never).openapi(), indent=1, sort_keys=True)


if __name__ == "__main__":
    sys.stdout.write(contract() + "\n")
