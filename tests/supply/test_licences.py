"""Every locked package says under which licence it is, and that licence is allowed."""

import re
from importlib.metadata import metadata

import pytest

from tests.supply.locked import LOCKED

PERMISSIVE = {
    *("0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause"),
    *("BSL-1.0", "CC0-1.0", "CNRI-Python", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib"),
    *("BSD", "Apache 2.0", "Apache 2.0 License", "3-Clause BSD License"),
    *("Apache Software License", "BSD License", "ISC License (ISCL)", "MIT License"),
    "Python Software Foundation License",
}
BY_THE_FILE = {"MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)"}
"""Obliges only who changes files of that package."""
SAYS_NOTHING = {"OSI Approved", "DFSG approved"}


def licences(name):
    """Return what a package says: its expression, else its classifiers, else its old free text."""
    said = metadata(name)
    classifiers = [c for c in said.get_all("Classifier") or () if c.startswith("License ::")]
    named = {c.rpartition(" :: ")[2] for c in classifiers} - SAYS_NOTHING
    if "License-Expression" in said or not named:
        expression = said.get("License-Expression") or said.get("License") or ""
        named = {term.strip("() ") for term in re.split(r" AND | OR ", expression)}
    return named


@pytest.mark.parametrize("name", LOCKED)
def test_its_licence_is_allowed(name):
    assert licences(name) - PERMISSIVE - BY_THE_FILE == set()
