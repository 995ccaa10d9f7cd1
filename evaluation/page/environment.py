"""Templates that escape what they are given, and assets that only this very page may run."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from evaluation.page import legible

if TYPE_CHECKING:
    from jinja2 import Environment

_SHARED = "evaluation.page"


@dataclass(frozen=True, slots=True)
class Assets:
    """The style and the script that stand inside a page."""

    style: str
    script: str

    @property
    def policy(self) -> str:
        """Return the content security policy: nothing but these two runs, nothing is fetched."""
        return (
            f"default-src 'none'; style-src '{_digest(self.style)}'; "
            f"script-src '{_digest(self.script)}'; base-uri 'none'; form-action 'none'"
        )


def read_assets(package: str, scripts: Sequence[str] = ("page.js",)) -> Assets:
    """Return the look of all pages with what `package` adds to it.

    Args:
        package: has a folder `templates` with `page.css` and the scripts.
        scripts: names of files, in the order in which they run.
    """
    return Assets(
        style=read_asset(_SHARED, "basis.css") + read_asset(package, "page.css"),
        script="\n".join(
            [read_asset(_SHARED, "theme.js"), *(read_asset(package, name) for name in scripts)]
        ),
    )


def read_asset(package: str, name: str) -> str:
    """Return a file of a package's `templates`."""
    return (files(package) / "templates" / name).read_text(encoding="utf-8")


def make_environment(package: str) -> "Environment":
    """Return an environment for the templates of a package; what they show is escaped."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415

    def finish(value: object) -> object:
        return legible.legible(value) if type(value) is str else value

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader(_SHARED)]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finish,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = Markup
    environment.filters |= {
        "legible": legible.legible,
        "score": legible.show_score,
        "count": legible.show_count,
        "rate": legible.show_rate,
        "percent": legible.show_percent,
        "time": legible.show_time,
        "seconds": legible.show_seconds,
        "lang": legible.language_tag,
    }
    return environment


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
