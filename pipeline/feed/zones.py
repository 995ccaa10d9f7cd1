"""Which clock a provider's times without an offset are read from."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

HOME = "Europe/Berlin"
"""Of German-language agencies, and of providers that are not known."""

_ZONES = {
    "ap": "America/New_York",
    "ansa": "Europe/Rome",
    "anp": "Europe/Amsterdam",
    "belga": "Europe/Brussels",
    "efe": "Europe/Madrid",
    "ntb": "Europe/Oslo",
    "pa": "Europe/London",
    "press association": "Europe/London",
    "ritzau": "Europe/Copenhagen",
    "stt": "Europe/Helsinki",
    "tt": "Europe/Stockholm",
}
_UTC = frozenset({"afp", "reuters"})


def zone_of(provider: str | None) -> tzinfo:
    """Return the zone of a provider's clock."""
    name = (provider or "").casefold()
    return UTC if name in _UTC else ZoneInfo(_ZONES.get(name, HOME))


def with_zone(time: datetime, provider: str | None) -> datetime:
    """Return a time with its offset, or the provider's where it has none."""
    return time if time.tzinfo else time.replace(tzinfo=zone_of(provider))
