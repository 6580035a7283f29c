"""How an action says no. Both carry a plain sentence for the person who tried."""


class NotNow(Exception):
    """The person may do this, but not in the present state; each reason says what stands in the way."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons
