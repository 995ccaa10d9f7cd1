"""What `pyproject.toml` cannot say: the sample stories lie in `data/` and ship beside the code."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class WithSample(build_py):
    """Puts the sample stories where `pipeline/sample.py` looks for them in an installation."""

    def run(self) -> None:
        """Build the packages, then add the stories; an editable installation has them already."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "pipeline" / "wire-sample.jsonl"
            self.copy_file("data/wire-sample.jsonl", str(target))


setup(cmdclass={"build_py": WithSample})
