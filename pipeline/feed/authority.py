"""Who an address of a news item belongs to."""

import re

_AUTHORITY = re.compile(r"urn:newsml:([a-z0-9-]+)\.")


def authority_of(urn: str | None) -> str | None:
    """Return `dpa` of `urn:newsml:dpa.com:...`; `None` of any other address.

    It comes before what an item says of its provider: the same story may come in several formats,
    which name the provider differently, and a withdrawal may not name it at all.
    """
    found = _AUTHORITY.match((urn or "").lower())
    return found.group(1) if found else None
