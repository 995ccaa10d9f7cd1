"""Find the article that kills its worker, by what is noted outside of it."""

from pipeline.errors import ArticleError
from pipeline.execution.passing import article_fault
from pipeline.parts.store import PartStore
from pipeline.records import Draft, Fault, Json

_DEATHS = 2
"""Once may be the machine's fault."""
_REMEDY = (
    "Look into the worker's log and at the machine's memory; brief the article alone with "
    "executor=local to see more."
)


class Trial:
    """Takes a part article by article; one under which the worker dies twice becomes a fault.

    Args:
        store: where notes outlive the worker.
        part: name of the part.
    """

    def __init__(self, store: PartStore, part: str) -> None:
        self._store, self._name = store, f"trials/{part}.json"
        note = store.note(self._name)
        self._deaths: dict[str, int] = {}
        deaths, last = note.get("deaths"), note.get("last")
        if isinstance(deaths, dict):
            self._deaths = {key: count for key, count in deaths.items() if isinstance(count, int)}
        if isinstance(last, str):
            self._deaths[last] = self._deaths.get(last, 0) + 1

    def begin(self, draft: Draft, stage: str) -> Fault | None:
        """Note that an article goes into a stage; return why it may not."""
        key = f"{stage} {draft.position}"
        if self._deaths.get(key, 0) >= _DEATHS:
            message = f"workers died {_DEATHS} times on this article alone"
            return article_fault(stage, draft, ArticleError("worker_died", message, _REMEDY))
        deaths: dict[str, Json] = dict(self._deaths)
        self._store.put_note(self._name, {"last": key, "deaths": deaths})
        return None

    def end(self) -> None:
        """Forget it all: the part is made."""
        self._store.remove(self._name)
