"""Find in a record what must never be in it, wherever it stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass


def strings_in(value: object) -> Iterator[str]:
    """Yield every text in an item, an article, a brief as JSON, an error."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from strings_in(key)
            yield from strings_in(inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from strings_in(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings_in(getattr(value, field.name))
    elif isinstance(value, BaseException):
        yield from strings_in([*map(str, value.args), *vars(value).values()])


def assert_keeps(value: object, secrets: Iterable[str]) -> None:
    """Assert that no text of a record holds one of the secrets, however it is spaced or written."""
    texts = [_bare(text) for text in strings_in(value)]
    leaked = {secret for secret in secrets if any(_bare(secret) in text for text in texts)}
    assert not leaked, f"not for publication, and yet in the record: {sorted(leaked)}"


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()
