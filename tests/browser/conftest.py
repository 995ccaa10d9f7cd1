"""A Chromium of the system, headless and offline; tests are skipped where none is installed."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 30_000


@dataclass
class Visit:
    """An open page with everything it complained about, and every address it asked for."""

    page: object
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def find_browser() -> str | None:
    """Return the browser that `WIREBRIEF_BROWSER` names, or the first that is installed."""
    if named := os.environ.get("WIREBRIEF_BROWSER"):
        return named
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser(tmp_path_factory) -> Iterator[object]:
    """Start the browser once; it talks over a pipe, so that no socket is needed."""
    program = find_browser()
    if program is None:
        pytest.skip("no Chromium is installed: apt-get install chromium, or set WIREBRIEF_BROWSER")
    sync_api = pytest.importorskip("playwright.sync_api", reason="pip install wirebrief[dev]")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
            timeout=PATIENCE,
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(browser) -> Iterator[Callable[..., Visit]]:
    """Open a file; at the end nothing may have complained, and nothing may have been fetched."""
    visits, contexts = [], []

    def go(path: Path, fragment: str = "", width: int = 1280, **wishes: object) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, offline=True, **wishes
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        visit = Visit(context.new_page())
        visits.append(visit)
        visit.page.on("console", lambda message: visit.complaints.append(message.text))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on("request", lambda request: visit.requests.append(request.url))
        visit.page.goto(path.as_uri() + fragment)
        return visit

    yield go
    for context in contexts:
        context.close()
    for each in visits:
        assert each.complaints == []
        assert [url for url in each.requests if not url.startswith(("file:", "blob:"))] == []
        assert len(each.requests) == 1
