"""A sequence-to-sequence model behind the backend protocol, whichever engine runs it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from pipeline.backend import Chooser, Decoding, Keep
from pipeline.backends.architecture import Architecture
from pipeline.backends.batching import Shape
from pipeline.backends.feeding import Feeder, Fixed
from pipeline.backends.hardware import Hardware
from pipeline.backends.instruction import Instruction
from pipeline.backends.location import model_files
from pipeline.backends.sizing import START_TOKENS, BatchSize
from pipeline.errors import ModelError
from pipeline.fingerprint import canonical_json, digest_files, size_of

Row = TypeVar("Row")
"""A source text as the engine wants it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model and how it is to be run.

    Attributes:
        model: name as configured.
        folder: where it lies, in the transformers format.
        architecture: what it is.
        instruction: what it is told about languages.
        compute_type: numeric type of the weights; never `auto`.
        hardware: what it runs on; its device is never `auto`.
        strict: batches have a fixed shape.
    """

    model: str
    folder: Path
    architecture: Architecture
    instruction: Instruction
    compute_type: str
    hardware: Hardware
    strict: bool = False


class Engine(Protocol[Row]):
    """What loads the weights and runs a batch.

    Attributes:
        name: as in the settings.
        version: of every library that can change output.
        queue: how many submitted batches may wait; 0 if a batch is done when it is submitted.
        written: target tokens of all results so far, special ones apart; each row's first
            candidate counts.
        workers: how many batches run at once.
        shape: of batches where the checkpoint is run strictly.
    """

    name: str
    version: str
    queue: int
    written: int
    workers: int
    shape: Shape

    def open(self) -> None:
        """Load the model, if it is not loaded; raise `BackendError` if it cannot be."""

    def encode(self, texts: Sequence[str]) -> list[Row]:
        """Return the source tokens of each text, special ones included."""

    def count(self, row: Row) -> int:
        """Return how many tokens a row has."""

    def count_targets(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each target text makes, special ones included."""

    def submit(self, rows: list[Row], decoding: Decoding) -> Callable[[], list[list[str]]]:
        """Start a batch; the returned function waits for it and gives each row's candidates."""

    def close(self) -> None:
        """Unload the model."""


class Seq2SeqBackend(Generic[Row]):
    """Batches texts for an engine, and has a chooser pick among the candidates.

    Args:
        checkpoint: which model, and how it is run.
        engine: runs it.
        chooser: picks among candidates, if `Decoding.candidates` asks for several.
    """

    def __init__(self, checkpoint: Checkpoint, engine: Engine[Row], chooser: Chooser) -> None:
        self.model = checkpoint.model
        self.engine = engine.name
        self._checkpoint = checkpoint
        self._engine = engine
        self._chooser = chooser
        size, on_gpu = checkpoint.hardware.batch_tokens, checkpoint.hardware.device == "cuda"
        by_trial = size is None and on_gpu and not checkpoint.strict
        fixed = Fixed(engine.shape, self.max_source_tokens) if checkpoint.strict else None
        sizing = BatchSize(size or START_TOKENS, by_trial=by_trial)
        self._feeder = Feeder(checkpoint.model, engine, sizing, fixed)
        self.effort = self._feeder.effort
        self._files = ""
        self._reads = self._runs = False

    @property
    def model_bytes(self) -> int:
        """Return the size of the checkpoint's files."""
        return size_of(model_files(self._checkpoint.folder))

    def fingerprint(self) -> str:
        """Return a digest of all that can change output: files, engine, numeric type, device."""
        strict = {"shape": asdict(self._engine.shape)} if self._checkpoint.strict else {}
        self._files = self._digest()
        return canonical_json(
            {
                **strict,
                "files": self._files,
                "instruction": asdict(self._checkpoint.instruction),
                "engine": f"{self._engine.name} {self._engine.version}",
                "compute_type": self._checkpoint.compute_type,
                "device": self._checkpoint.hardware.device,
                "chooser": self._chooser.name,
            }
        )

    def open(self) -> None:
        """Load the model."""
        with self._loading(done=self._runs):
            self._engine.open()
        self._runs = True

    @property
    def max_source_tokens(self) -> int:
        """Return how many tokens the encoder reads."""
        return self._checkpoint.architecture.max_source_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count source tokens, special ones included."""
        return [self._engine.count(row) for row in self._encode(texts)]

    def generate(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        advance: Callable[[int], None] | None = None,
        keep: Keep | None = None,
    ) -> list[str]:
        """Generate in batches of like length; blank texts stay blank without a model call.

        Where memory runs out, the batch is halved and tried again, and so are later ones.

        Raises:
            ValueError: if a text is longer than `max_source_tokens`: nothing is cut silently.
            ArticleError: if memory does not hold a single text.
        """
        decoding = self._within(decoding)
        outputs = ["" for _ in texts]
        wanted = [index for index, text in enumerate(texts) if text.strip()]
        if advance and len(wanted) < len(texts):
            advance(len(texts) - len(wanted))
        rows = self._encode([texts[index] for index in wanted])
        lengths = [self._engine.count(row) for row in rows]
        if too_long := sum(length > self.max_source_tokens for length in lengths):
            raise ValueError(f"{too_long} text(s) exceed {self.max_source_tokens} tokens")
        if wanted:
            self.open()
        for places, found in self._feeder.run(rows, lengths, decoding):
            finished = [wanted[place] for place in places]
            for index, candidates in zip(finished, found, strict=True):
                outputs[index] = self._chooser.choose(texts[index], candidates)
            if keep:
                keep({index: outputs[index] for index in finished})
            if advance:
                advance(len(places))
        return outputs

    def hit_limit(self, outputs: Sequence[str], decoding: Decoding) -> list[bool]:
        """Tell which outputs have as many tokens as allowed, the end token included."""
        most = self._within(decoding).max_tokens
        return [count >= most for count in self._engine.count_targets(outputs)]

    def close(self) -> None:
        """Unload the model."""
        self._engine.close()
        self._runs = False

    def _encode(self, texts: Sequence[str]) -> list[Row]:
        with self._loading(done=self._reads):
            rows = self._engine.encode(texts)
        self._reads = True
        return rows

    @contextmanager
    def _loading(self, *, done: bool) -> Iterator[None]:
        """Within, files are read; outputs are remembered as those of the model that was there."""
        if done or not self._files:
            yield
            return
        self._check_unchanged()
        try:
            yield
        except Exception:
            self._check_unchanged()
            raise
        self._check_unchanged()

    def _check_unchanged(self) -> None:
        try:
            same = self._digest() == self._files
        except OSError:
            same = False
        if not same:
            raise ModelError(
                f"{self.model}: files of the model in {self._checkpoint.folder} changed or went "
                "away while the run was on. Put them back, or keep the change, and run again."
            )

    def _digest(self) -> str:
        return digest_files(model_files(self._checkpoint.folder))

    def _within(self, decoding: Decoding) -> Decoding:
        """Lower token limits to what a decoder shorter than its encoder has positions for."""
        positions = self._checkpoint.architecture.max_target_tokens
        if positions is None:
            return decoding
        most = min(decoding.max_tokens, positions - 2)
        return replace(decoding, max_tokens=most, min_tokens=min(decoding.min_tokens, most))
