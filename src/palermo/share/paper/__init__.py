"""The parts of a written report: what it says, and how that becomes HTML and PDF."""
