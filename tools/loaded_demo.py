"""The demo, loaded once for all that need one of their own: each takes a copy.

    python -m tools.loaded_demo FOLDER

EVENTHUB_LOADED_DEMO names the folder; where it names none, everybody loads for themselves.
"""

import os
import shutil
import sys
from pathlib import Path

from eventhub.app import create_app
from eventhub.config import Settings
from eventhub.demo.loader import load
from eventhub.schema import upgrade

SECRET = "only-for-tests-" * 4


def start_from_loaded(folder: Path) -> None:
    """Put a copy of the loaded demo into an empty folder of data, where there is one."""
    loaded = os.environ.get("EVENTHUB_LOADED_DEMO")
    if loaded and Path(loaded).is_dir():
        shutil.copytree(loaded, folder, dirs_exist_ok=True)


def main(folder: Path) -> None:
    """Load the demo into an empty folder, as `eventhub demo` does."""
    settings = Settings(
        mode="demo", data_dir=folder, base_url="http://localhost", secret_keys=SECRET
    )
    app = create_app(settings)
    with app.app_context():
        upgrade(app)
        load(lambda line: print(line, flush=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
