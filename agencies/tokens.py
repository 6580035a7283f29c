"""Links that may be used once: signed, and worthless as soon as the row they name has moved on."""

from django.core import signing

SALT = "agencies.tokens"


def make(kind: str, pk: int, nonce: int) -> str:
    return signing.Signer(salt=SALT).sign_object([kind, pk, nonce])


def read(token: str, kind: str) -> tuple[int, int] | None:
    """(primary key, nonce), or None for a token that is broken, forged or of another kind."""
    try:
        value = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    if not (isinstance(value, list) and len(value) == 3 and value[0] == kind):
        return None
    return int(value[1]), int(value[2])
