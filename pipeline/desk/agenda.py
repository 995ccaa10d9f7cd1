"""What is to be briefed next, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipeline.codec import decode, encode
from pipeline.desk.database import DeskDatabase
from pipeline.desk.stories import URGENT
from pipeline.feed.faults import STAGE
from pipeline.feed.gate import hold
from pipeline.feed.versions import identity
from pipeline.records import Article, Caution, Draft, Fault


@dataclass(frozen=True, slots=True)
class Item:
    """A version of a story whose turn it is.

    Attributes:
        number: of its row.
        article: itself.
        entered: when it was taken in, in seconds since 1970.
        known: what was made of an earlier version of the same text, in the same configuration.
    """

    number: int
    article: Article
    entered: float
    known: Draft | None


class Agenda:
    """The queue of versions to be briefed.

    Args:
        database: where they are.
        recipe: digest of the settings that briefs depend on.
    """

    def __init__(self, database: DeskDatabase, recipe: str) -> None:
        self._database, self._recipe = database, recipe

    def next(self, most: int, now: datetime) -> list[Item]:
        """Return what is due, most urgent first, then in order of arrival.

        Urgent articles come without others beside them, so that they need not wait for those.
        """
        rows = self._database.rows(
            "SELECT i.number, i.article, i.urgency, i.text = b.text AND s.recipe = ?, s.draft, "
            "i.entered "
            "FROM items AS i JOIN stories AS s USING (provider, id) "
            "LEFT JOIN items AS b ON b.number = s.brief WHERE i.state = 'queued' "
            "ORDER BY i.urgency, i.arrived, i.number LIMIT ?",
            (self._recipe, most),
        )
        items: list[Item] = []
        is_urgent = bool(rows) and rows[0][2] <= URGENT
        for number, text, urgency, is_known, draft, entered in rows:
            if is_urgent and urgency > URGENT:
                break
            article = decode(Article, text)
            if hold(article, now) is not None:  # the clock went back
                self._hold(number, article)
                continue
            known = decode(Draft, draft) if is_known and draft is not None else None
            items.append(Item(number, article, entered, known))
        return items

    def release(self, now: datetime) -> int:
        """Queue what was under embargo until now; return how many that are."""
        return self._database.change(
            "UPDATE items SET state = 'queued' WHERE state = 'held' AND held_until <= ?",
            (now.timestamp(),),
        )

    def finish(self, item: Item, outcome: Draft | Fault, now: datetime) -> None:
        """Remember what became of an item, unless it is not the one that counts any more."""
        with self._database.transaction():
            found = self._database.row(
                "SELECT 1 FROM stories JOIN items ON number = newest "
                "WHERE stories.provider = ? AND stories.id = ? AND newest = ? AND state = 'queued'",
                (*identity(item.article), item.number),
            )
            if found is None:
                return
            if isinstance(outcome, Fault):
                self._fail(item, outcome, now)
                return
            self._database.change(
                "UPDATE items SET state = 'done', article = NULL, finished = ? WHERE number = ?",
                (now.timestamp(), item.number),
            )
            self._database.change(
                "UPDATE stories SET brief = newest, draft = ?, recipe = ?, unwritten = 1 "
                "WHERE provider = ? AND id = ?",
                (encode(replace(outcome, position=0)), self._recipe, *identity(item.article)),
            )
            self._database.count("briefed")
            if item.known is not None:
                self._database.count("briefed_without_models")

    def free(self, names: Sequence[str]) -> list[str]:
        """Release by hand what is held only since its text speaks of an embargo; return the ids."""
        freed = []
        for name in names:
            rows = self._database.rows(
                "SELECT number, article FROM items WHERE id = ? AND state = 'held'", (name,)
            )
            for number, text in rows:
                article = decode(Article, text)
                if article.status != "usable" or article.embargo is not None:
                    continue
                message = "its text speaks of an embargo; it was released by hand"
                caution = Caution("released_by_hand", STAGE, message)
                free = replace(
                    article,
                    wire=replace(article.wire, embargo_text=None),
                    warnings=(*article.warnings, caution),
                )
                self._database.change(
                    "UPDATE items SET state = 'queued', article = ? WHERE number = ?",
                    (encode(free), number),
                )
                freed.append(name)
        return freed

    def try_again(self) -> int:
        """Queue what failed in a stage; return how many that are."""
        self._database.change("DELETE FROM faults WHERE item IS NOT NULL")
        return self._database.change("UPDATE items SET state = 'queued' WHERE state = 'faulted'")

    def forget(self, now: datetime, days: int) -> None:
        """Drop texts that are older; which versions there were is kept for good."""
        before = (now - timedelta(days=days)).timestamp()
        self._database.change(
            "UPDATE stories SET draft = NULL WHERE draft IS NOT NULL AND NOT unwritten AND brief "
            "IN (SELECT number FROM items WHERE state = 'done' AND finished < ?)",
            (before,),
        )
        self._database.change(
            "UPDATE items SET article = NULL WHERE state = 'superseded' AND entered < ? "
            "AND article IS NOT NULL",
            (before,),
        )

    def _hold(self, number: int, article: Article) -> None:
        until = article.embargo.timestamp() if article.embargo else None
        self._database.change(
            "UPDATE items SET state = 'held', held_until = ? WHERE number = ?", (until, number)
        )

    def _fail(self, item: Item, fault: Fault, now: datetime) -> None:
        state = "set_aside" if fault.is_set_aside else "faulted"
        self._database.change(
            "UPDATE items SET state = ?, finished = ? WHERE number = ?",
            (state, now.timestamp(), item.number),
        )
        if not fault.is_set_aside:
            self._database.insert(
                "INSERT INTO faults (item, fault, since) VALUES (?, ?, ?)",
                (item.number, encode(replace(fault, position=0)), now.timestamp()),
            )
