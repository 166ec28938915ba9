"""How Palermo says no: what was asked, why it is refused, and what to do next."""


class Refused(Exception):  # noqa: N818 -- the field's word; it is an answer, not a fault
    """An act that the safeguards, or the state of the case, do not allow."""

    def __init__(self, what: str, why: str, next: str, error: str = "refused") -> None:
        super().__init__(f"{what}: {why}. {next}")
        self.what, self.why, self.next, self.error = what, why, next, error


class NotFound(Refused):
    def __init__(self, what: str, why: str, next: str) -> None:
        super().__init__(what, why, next, "not_found")


class Invalid(Refused):
    """The words of a request are off."""

    def __init__(self, what: str, why: str, next: str) -> None:
        super().__init__(what, why, next, "invalid")
