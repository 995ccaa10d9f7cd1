"""Plan what is made of an article, before anything is."""

from dataclasses import replace

from pipeline.feed.gazetteer import english_dateline
from pipeline.feed.language_codes import short_code
from pipeline.feed.settings import Handling, Treatments
from pipeline.records import Article, Treatment


class Planner:
    """Decides by what an article is.

    Args:
        treatments: by nature; without it, the usual ones.
        target: ISO code of the language that is translated into.
    """

    def __init__(self, treatments: Treatments | None = None, target: str = "en") -> None:
        self._treatments = treatments or Treatments()
        self._to_english = short_code(target) == "en"

    def plan(self, article: Article) -> Article:
        """Return the article with its treatment, and its dateline for the target language."""
        handling: Handling = getattr(self._treatments, article.wire.nature)
        treatment: Treatment = handling.value
        if treatment == "brief" and not article.blocks:
            treatment = "translate"
        dateline = article.dateline
        if dateline is not None and self._to_english and treatment != "pass":
            dateline = english_dateline(dateline)
        return replace(article, treatment=treatment, dateline_target=dateline)
