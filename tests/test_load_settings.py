"""`load_settings` from several threads, and inside of applications that use Hydra themselves."""

from concurrent.futures import ThreadPoolExecutor

from hydra import compose, initialize_config_module
from hydra.core.global_hydra import GlobalHydra

from pipeline import load_settings


def test_threads_do_not_meet():
    with ThreadPoolExecutor(8) as pool:
        loaded = pool.map(lambda n: load_settings(f"translation.max_tokens={n}"), range(1, 17))
        assert [settings.translation.max_tokens for settings in loaded] == list(range(1, 17))


def test_an_application_keeps_its_own_hydra():
    with initialize_config_module("configs", version_base="1.3"):
        own = GlobalHydra.instance().hydra
        load_settings("output_dir=elsewhere")
        assert GlobalHydra.instance().hydra is own
        assert compose("pipeline").output_dir == "out"
    assert not GlobalHydra.instance().is_initialized()
