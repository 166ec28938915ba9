"""Evidence against trafficking in persons and smuggling of migrants, linked and explained."""

__version__ = "0.1.0"
