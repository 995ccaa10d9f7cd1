"""Make `requirements.lock` and `requirements.hashes` anew, in a new environment.

What is locked already keeps its version, unless `pyproject.toml` wants another; with `--upgrade`
everything moves to its newest version. `make test-wheel` and `make test` have to pass afterwards.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK, HASHES = ROOT / "requirements.lock", ROOT / "requirements.hashes"
LOCK_TITLE = """\
# Exact versions that the project is tested with; pip reads it: pip install -r requirements.lock
"""
HASHES_TITLE = """\
# The exact files of these versions that CPython 3.11 gets on Linux on x86-64, where CI runs:
# make HASHES=yes. Without torch: its builds for processors are other files of the same version.
"""
TORCH = "torch=="


def make_lock(folder: Path, *, upgrade: bool) -> list[str]:
    """Install the project into a new environment; return what is there then, a line a package."""
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    kept = () if upgrade else ("--constraint", LOCK)
    pip = (folder / "venv" / "bin" / "python", "-m", "pip")
    subprocess.run([*pip, "install", "--quiet", *kept, "--editable", f"{ROOT}[dev]"], check=True)
    frozen = subprocess.run(
        [*pip, "freeze", "--all", "--exclude-editable"], check=True, capture_output=True, text=True
    )
    lines = [line for line in frozen.stdout.splitlines() if not line.startswith("pip==")]
    return [line.partition("+")[0] if line.startswith(TORCH) else line for line in lines]


def find_hashes(folder: Path, lines: list[str]) -> list[str]:
    """Return the digest of the file that pip would install for each line."""
    (folder / "lines").write_text("\n".join(lines), encoding="utf-8")
    command = (sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--no-deps")
    report = ("--ignore-installed", "--report", folder / "report")
    subprocess.run([*command, *report, "--requirement", folder / "lines"], check=True)
    found = json.loads((folder / "report").read_text(encoding="utf-8"))["install"]
    return [
        f"{package['metadata']['name']}=={package['metadata']['version']} "
        f"--hash=sha256:{package['download_info']['archive_info']['hashes']['sha256']}"
        for package in found
    ]


def main() -> None:
    """Write both files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = make_lock(folder, upgrade="--upgrade" in sys.argv)
        hashes = find_hashes(folder, [line for line in lines if not line.startswith(TORCH)])
    LOCK.write_text(LOCK_TITLE + "\n".join((*lines, "")), encoding="utf-8")
    HASHES.write_text(HASHES_TITLE + "\n".join((*hashes, "")), encoding="utf-8")


if __name__ == "__main__":
    main()
