"""Templates, compiled once for all processes and for the next start: some take half a second."""

import os
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(FileSystemBytecodeCache):
    """What was compiled, kept in a folder that may be emptied, or be impossible to write to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was compiled before; nothing where that cannot be read."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled, for its owner alone; where it cannot be, go on without."""
        with suppress(OSError):
            os.makedirs(self.directory, mode=0o700, exist_ok=True)  # noqa: PTH103
            super().dump_bytecode(bucket)
