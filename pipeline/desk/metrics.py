"""Prometheus metrics on a port that only this machine can reach."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.desk.database import DeskDatabase
from pipeline.desk.status import Gauge, Pulse, Status
from pipeline.errors import ConfigError

_ADDRESS = "127.0.0.1"
_LABELLED = {
    "wirebrief_items": ("Versions of stories, by state.", "state", "items"),
    "wirebrief_queue": ("Versions to be briefed, by urgency.", "urgency", "queue"),
}
_SINGLE = {
    "wirebrief_oldest_waiting_seconds": (
        "Age of what waits for longest.",
        "oldest_waiting_seconds",
    ),
    "wirebrief_last_brief_seconds": ("From intake to brief, last time.", "last_brief_seconds"),
    "wirebrief_faults": ("What could not be read or briefed.", "faults"),
    "wirebrief_stories": ("Stories known.", "stories"),
    "wirebrief_tombstones": ("Stories that are withdrawn.", "tombstones"),
    "wirebrief_model_outputs": ("Made by models since the start.", "model_outputs"),
    "wirebrief_reused_outputs": ("Taken from the memo since the start.", "reused_outputs"),
}


class StatusCollector:
    """Turns the status into metrics whenever it is asked."""

    def __init__(self, folder: Path, pulse: Pulse) -> None:
        self._folder, self._pulse = folder, pulse

    def collect(self) -> Iterator[Any]:
        """Yield the metrics."""
        from prometheus_client.core import (  # noqa: PLC0415
            CounterMetricFamily,
            GaugeMetricFamily,
        )

        with DeskDatabase(self._folder) as database:
            status: Status = Gauge(database, self._pulse).read()
        for name, (text, label, field) in _LABELLED.items():
            family = GaugeMetricFamily(name, text, labels=[label])
            for value, count in getattr(status, field).items():
                family.add_metric([value], count)
            yield family
        for name, (text, field) in _SINGLE.items():
            value = getattr(status, field)
            if value is not None:
                yield GaugeMetricFamily(name, text, value=value)
        if self._pulse.last_poll is not None:
            text = "When the spool was last looked at."
            yield GaugeMetricFamily(
                "wirebrief_last_poll_timestamp_seconds", text, value=self._pulse.last_poll
            )
        text = "What happened since the folder was begun."
        events = CounterMetricFamily("wirebrief_events", text, labels=["event"])
        for event, count in status.counts.items():
            events.add_metric([event], count)
        yield events


@contextmanager
def metrics(folder: Path, pulse: Pulse, port: int | None) -> Iterator[None]:
    """Within, the metrics can be read at `http://127.0.0.1:<port>/metrics`, if there is a port.

    Raises:
        ConfigError: if the library is not installed, or the port is taken.
    """
    if port is None:
        yield
        return
    try:
        from prometheus_client import CollectorRegistry, start_http_server  # noqa: PLC0415
    except ImportError:
        raise ConfigError(
            f"watch.metrics_port={port} needs prometheus-client: pip install 'wirebrief[metrics]'"
        ) from None
    registry = CollectorRegistry()
    registry.register(StatusCollector(folder, pulse))
    try:
        server, thread = start_http_server(port, addr=_ADDRESS, registry=registry)
    except OSError as error:
        raise ConfigError(
            f"watch.metrics_port={port}: cannot be opened ({error.strerror}). Choose another port."
        ) from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
