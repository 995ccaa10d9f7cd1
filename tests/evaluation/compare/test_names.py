from evaluation.compare.names import changed_settings


def test_places_of_output_are_no_settings():
    runs = [{"output_dir": "a", "k": "1"}, {"output_dir": "b", "k": "2", "extra": "x"}]
    assert changed_settings(runs) == [("k", ("1", "2")), ("extra", (None, "x"))]
