"""Ask whether any locked package has a known vulnerability; say so, too, if nobody could be asked.

Exit status: 0 every package was looked up and none has one, 1 some have, 3 not all were looked up.
"""

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements.lock"
COMMAND = (
    *(sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--no-deps", "--disable-pip"),
    *("--format", "json", "--progress-spinner", "off", "--timeout", "15"),
)
FOUND, NOT_AUDITED = 1, 3


def audit() -> int:
    """Print what is known of each locked package; return the exit status."""
    answer = subprocess.run([*COMMAND, *sys.argv[1:]], capture_output=True, text=True, check=False)
    try:
        packages = json.loads(answer.stdout)["dependencies"]
    except ValueError:
        reason = (answer.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"NOT AUDITED: the database of vulnerabilities cannot be reached ({reason})")
        return NOT_AUDITED
    found = [(package, known) for package in packages for known in package.get("vulns", ())]
    for package, known in found:
        mended = ", ".join(known["fix_versions"]) or "no version yet"
        print(f"{package['name']} {package['version']}: {known['id']}, mended in {mended}")
    unknown = sorted(package["name"] for package in packages if "skip_reason" in package)
    looked_up = len(packages) - len(unknown)
    print(f"audit: {looked_up} of {len(packages)} packages looked up, {len(found)} vulnerabilities")
    if found:
        return FOUND
    if unknown:
        print(
            f"NOT AUDITED: the database has nothing on {len(unknown)} packages: {unknown[0]}, ..."
        )
        return NOT_AUDITED
    return 0


if __name__ == "__main__":
    sys.exit(audit())
