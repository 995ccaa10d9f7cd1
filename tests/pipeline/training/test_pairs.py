"""Pairs come out of every kind of file, and what is no pair is told with its place."""

import gzip
import json
import random

import pyarrow as pa
import pytest
from pyarrow import parquet

from pipeline.errors import ConfigError
from pipeline.training.material import read_material
from pipeline.training.pairs import Fields, Pair, find_files, read_pairs
from pipeline.training.settings import Data

PAIRS = [("Der Dax stieg.", "The Dax rose."), ('Er sagte: "Nein".', 'He said: "No".')]


def write(path, kind):
    if kind == "tsv":
        path.write_text("".join(f"{a}\t{b}\n" for a, b in PAIRS) + "\n \t \n", encoding="utf-8")
    elif kind == "tsv.gz":
        with gzip.open(path, "wt", encoding="utf-8") as stream:
            stream.writelines(f"{a}\t{b}\textra column\n" for a, b in PAIRS)
    elif kind == "jsonl":
        lines = (json.dumps({"de": a, "en": b, "id": 7}) for a, b in PAIRS)
        path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    else:
        parquet.write_table(
            pa.table({"de": [a for a, _ in PAIRS], "en": [b for _, b in PAIRS]}), path
        )
    return path


@pytest.mark.parametrize("kind", ["tsv", "tsv.gz", "jsonl", "parquet"])
def test_every_kind_gives_the_same_pairs(tmp_path, kind):
    path = write(tmp_path / f"x.{kind}", kind)
    assert list(read_pairs(path, Fields("de", "en"))) == [Pair(a, b) for a, b in PAIRS]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.tsv", "gut\tgood\nkein Tab\n", r"x\.tsv:2: no tab"),
        ("x.jsonl", '{"source": "a", "target": "b"}\n{"source": \n', r"x\.jsonl:2: not valid JSON"),
        ("x.jsonl", '{"de": "a", "en": "b"}\n', r"x\.jsonl:1: .*it has de, en.*data\.source_field"),
        ("x.jsonl", "7\n", r"x\.jsonl:1: .*it has no keys"),
        ("x.parquet", "no table", r"x\.parquet: not a Parquet file"),
        ("x.tsv.gz", "no gzip", r"x\.tsv\.gz: cannot be read"),
        ("x.doc", "", r"x\.doc: pairs are read from \.tsv, \.jsonl, \.parquet"),
    ],
)
def test_what_is_no_pair_is_told_with_its_place(tmp_path, name, content, told):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=told):
        read_material(Data(pairs=[str(tmp_path / name)]), 1)


def test_latin_1_is_told(tmp_path):
    (tmp_path / "x.tsv").write_bytes("Größe\tsize\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"x\.tsv: cannot be read .* Pairs are UTF-8"):
        list(read_pairs(tmp_path / "x.tsv", Fields()))


def test_missing_columns_are_named(tmp_path):
    path = write(tmp_path / "x.parquet", "parquet")
    with pytest.raises(ConfigError, match=r"no column source and target; it has de, en"):
        list(read_pairs(path, Fields()))


def test_a_pattern_without_files_is_told(tmp_path):
    with pytest.raises(ConfigError, match=r"\*\.tsv: there is no such file"):
        find_files(str(tmp_path / "*.tsv"))


def many(tmp_path, count=40, name="many.tsv"):
    path = tmp_path / name
    lines = (f"Haus {n} ist alt.\tHouse {n} is old.\n" for n in range(count))
    path.write_text("".join(lines), encoding="utf-8")
    return str(path)


def test_dev_pairs_are_taken_out_and_never_shown(tmp_path):
    material = read_material(Data(pairs=[many(tmp_path)], dev_pairs=10), 1)
    dev = {pair.source for pair in material.dev["dev"]}
    shown = {pair.source for pair in material.epoch(random.Random(1))}
    assert (len(dev), len(shown)) == (10, 30)
    assert not dev & shown
    assert material.sources[0].pairs == 30


def test_a_test_sentence_in_the_pairs_is_not_shown(tmp_path):
    data = Data(pairs=[many(tmp_path)], test=many(tmp_path, 5, "test.tsv"), dev_pairs=5)
    material = read_material(data, 1)
    tested = {pair.source for pair in material.test["test"]}
    assert len(tested) == 5
    assert not tested & {pair.source for pair in material.epoch(random.Random(1))}


def test_weights_say_how_often_a_file_is_shown(tmp_path):
    data = Data(
        pairs=[many(tmp_path, 20), many(tmp_path, 4, "few.tsv")],
        weights=[0.5, 3.0],
        dev=many(tmp_path, 1, "dev.tsv"),
    )
    shown = list(read_material(data, 1).epoch(random.Random(1)))
    assert len(shown) == 9 + 3 * 3
    with pytest.raises(ConfigError, match=r"data\.weights=.*each of the 2 entries"):
        read_material(Data(pairs=data.pairs, weights=[1.0]), 1)


def test_too_few_pairs_for_dev_are_told(tmp_path):
    with pytest.raises(ConfigError, match=r"data\.dev_pairs=200 is too much .* 40"):
        read_material(Data(pairs=[many(tmp_path)]), 1)
