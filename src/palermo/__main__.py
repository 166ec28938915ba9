"""`python -m palermo` is `palermo`."""

from palermo.ui.cli.main import main

main()
