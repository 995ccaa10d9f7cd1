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


def read_time(written: str | None, provider: str | None) -> datetime | None:
    """Read an ISO time in its long or short form (`20140829T135006+0200`), or a day.

    Args:
        written: as delivered; without an offset it is read from the provider's clock.
        provider: agency or house.
    """
    try:
        found = datetime.fromisoformat("".join((written or "").split()))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone_of(provider))
