"""Addresses of the web as ids: the same story has the same one, however a reader came to it."""

import re

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|link\w*|bbc\w*|custom\d)|wt_\w+|wt\.\w+|mtm_\w+|pk_\w+|"
    r"ns_(?:mchannel|source|campaign)|fbclid|gclid|mc_[ce]id|xtor)(?:=.*)?",
    re.IGNORECASE,
)
_COUNTER = re.compile(r"\d*")


def is_address(text: str) -> bool:
    """Tell an address from a path."""
    return bool(_ADDRESS.match(text))


def canonical(text: str) -> str:
    """Return an address without tracking parameters and a counter behind `#`; else as it is."""
    if not is_address(text):
        return text
    rest, hash_mark, fragment = text.partition("#")
    path, question, query = rest.partition("?")
    kept = "&".join(part for part in query.split("&") if not _TRACKING.fullmatch(part))
    address = f"{path}{question}{kept}" if kept or not query else path
    return address if _COUNTER.fullmatch(fragment) else f"{address}{hash_mark}{fragment}"
