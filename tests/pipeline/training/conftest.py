import gzip
import json

import pytest

from pipeline.training import translation_starter

NEWS = {
    "text": "The mayor opened the bridge. " + "It cost nine million euros to build. " * 3,
    "summary": "It cost nine million euros to build.",
}


@pytest.fixture
def write_gz():
    def write(path, lines):
        with gzip.open(path, "wt", encoding="utf-8") as stream:
            stream.writelines(f"{line}\n" for line in lines)

    return write


@pytest.fixture
def make_story():
    def make(sentences, name="1", summary="A summary of at least five words."):
        return {
            "id": name,
            "title_de": "Der Titel der Geschichte hier",
            "title_en": "The title of the story here",
            "paragraphs": [[list(pair)] for pair in sentences],
            "summary_en": summary,
        }

    return make


@pytest.fixture
def make_corpus(tmp_path, write_gz):
    """Write a corpus folder of the layout that the recipe reads."""

    def make(train, dev):
        folder = tmp_path / "corpus"
        for name in ("wire", "dev", "parallel", "english_news"):
            (folder / name).mkdir(parents=True)
        for name, stories in (("train", train), ("dev", dev)):
            text = "".join(json.dumps(story) + "\n" for story in stories)
            (folder / f"wire/{name}.jsonl").write_text(text, encoding="utf-8")
        pairs = [f"Das Haus Nummer {n} ist alt.\tHouse number {n} is old." for n in range(40)]
        for name in translation_starter.FILES:
            write_gz(folder / f"parallel/{name}.tsv.gz", pairs)
        for name in ("bbc", "inshorts", "reuters21578"):
            write_gz(folder / f"english_news/{name}.jsonl.gz", [json.dumps(NEWS)] * 5)
        (folder / "dev/wmt18.tsv").write_text("\n".join(pairs[:5]) + "\n", encoding="utf-8")
        return folder

    return make
