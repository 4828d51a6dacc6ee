"""Run with `python -m bench.entities`; `--database` names a PostgreSQL database, emptied before.

Loads the reference data (States, organizations, groups, ranks) into an empty database, then again
where nothing differs. Prints CPU seconds of this process, the truer figure on a busy machine, and
SQL statements. Nothing is asserted.
"""

import time

from bench.ground import Statements, application, installation, options
from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.entities.services import load_reference


def main() -> None:
    """Load the reference data twice and print what it took."""
    asked = options(__doc__).parse_args()
    with installation(asked.database), application().app_context():
        statements = Statements()
        for what in ("into an empty database", "again, nothing differs"):
            started, before = time.process_time(), statements.count
            with transaction():
                changed = load_reference(actor=SYSTEM)
            took, sent = time.process_time() - started, statements.count - before
            print(f"reference data {what}: {changed} rows, {took:.2f} CPU s, {sent} statements")


if __name__ == "__main__":
    main()
