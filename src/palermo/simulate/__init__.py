"""Writes fictional investigations with their truth apart from them, to train and to measure on."""

from palermo.simulate.case import Summary, simulate

__all__ = ["Summary", "simulate"]
