"""Work that kills its worker on some rows, as long as they were not lost twice; a driver for it."""

import os
import signal
import sys


class Deadly:
    def __call__(self, row):
        if row.startswith(b"deadly") and not row.endswith(b"2"):
            os.kill(os.getpid(), signal.SIGKILL)
        return row + b" done"


def again(row, losses):
    return row.partition(b" ")[0] + f" {losses}".encode()


def main():
    from pipeline.execution.ray_data.cluster import cluster
    from pipeline.execution.ray_data.pool import Step, bring
    from pipeline.execution.settings import Needs

    rows = dict.fromkeys(range(6), b"harmless") | {3: b"deadly"}
    with cluster(None):
        found = dict(bring(rows, [Step("test", Deadly, Needs(workers=2))], again))
    assert sorted(found) == list(range(6)), found
    assert found[3] == b"deadly 2 done", found
    assert all(found[n].startswith(b"harmless") for n in found if n != 3), found
    sys.stdout.write("all rows came back\n")


if __name__ == "__main__":
    main()
