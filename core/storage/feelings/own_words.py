"""A person's own words: encrypted under a key that is theirs alone and goes with them.

Fernet (AES-128-CBC with HMAC-SHA256) under a key that is derived from the person's secret (HMAC-SHA256, RFC 2104). The
secret itself is encrypted with the key file, which is in no backup: neither a database nor a backup gives the words
away, and after an erasure nothing does.
"""

import base64
import hmac

from cryptography.fernet import Fernet, InvalidToken
from propcache.api import cached_property
from sqlalchemy.orm import Session

from core.storage.queries.pseudonym_queries import secret_of

_PURPOSE = b"key of own words"


class OwnWords:
    """Into and out of a person's encryption; their key is read once, when it is first needed."""

    def __init__(self, db: Session, person_id: str) -> None:
        self._db, self._person_id = db, person_id

    def hide(self, text: str | None) -> str | None:
        """The text as it is stored."""
        return None if text is None else self._key.encrypt(text.encode()).decode()

    def reveal(self, stored: str | None) -> str | None:
        """The text that was stored; None also where its key was lost (`python -m core keys reset`)."""
        if stored is None:
            return None
        try:
            return self._key.decrypt(stored.encode()).decode()
        except InvalidToken:
            return None

    @cached_property
    def _key(self) -> Fernet:
        digest = hmac.digest(bytes.fromhex(secret_of(self._db, self._person_id)), _PURPOSE, "sha256")
        return Fernet(base64.urlsafe_b64encode(digest))
