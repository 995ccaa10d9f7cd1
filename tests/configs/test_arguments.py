"""Flags may stand anywhere; what means nothing is told in one line."""

import pytest

from configs.arguments import UsageError, in_order


@pytest.mark.parametrize(
    ("given", "ordered"),
    [
        ("a=1 --multirun b=1,2", "a=1 b=1,2 --multirun"),
        ("-m a=1 --cfg job b=2", "a=1 b=2 -m --cfg job"),
        ("--cfg=job a=1", "a=1 --cfg=job"),
        ("--info a=1 b=2", "a=1 b=2 --info"),
        ("--info defaults a=1", "a=1 --info defaults"),
        ("--package a.b ~x +y=1 ++z=2", "~x +y=1 ++z=2 --package a.b"),
        ("a= -sc", "a= -sc"),
        ("", ""),
    ],
)
def test_overrides_come_first(given, ordered):
    assert in_order(given.split()) == ordered.split()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("--zzz", "there is no option --zzz. --help shows what there is."),
        ("a=1 --multrun", "there is no option --multrun. Did you mean --multirun?"),
        ("--cfg", "--cfg needs a value."),
        ("--cfg foo", "--cfg foo: choose from job, hydra, all."),
        ("--cfg=foo", "--cfg foo: choose from job, hydra, all."),
        ("--info foo", "--info foo: choose from all, config"),
        ("--multirun=yes", "--multirun takes no value."),
        ("foo", "'foo': a setting is written key=value."),
        ("multirun a=1", "'multirun': a setting is written key=value. Did you mean --multirun?"),
        ("=3", "'=3': a setting is written key=value."),
    ],
)
def test_mistakes(given, message):
    with pytest.raises(UsageError) as caught:
        in_order(given.split())
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
