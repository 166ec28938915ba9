"""Finds services that are offered to people who travel or look for work."""

from palermo.extract.worded import Worded
from palermo.vocabulary import Kind


class Service(Worded):
    """Finds services in many languages: transport, crossings, rooms, visas, jobs, marriages ..."""

    name = "service"
    version = "1"
    kind = Kind.SERVICE
