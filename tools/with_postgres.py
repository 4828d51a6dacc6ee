"""Run a command with an empty PostgreSQL database of its own, dropped afterwards.

    python -m tools.with_postgres COMMAND...
    python -m tools.with_postgres --if-there COMMAND...    says so and passes where none answers

The command finds the address in EVENTHUB_TEST_DATABASE_URL; its account may create more databases.
The server is that of EVENTHUB_POSTGRES (the address of an account that may create roles); else
this machine's, entered by root as its administrator and, unless --if-there, started where it
stopped.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

START_SECONDS = 30


def main(command: list[str]) -> int:
    """Run the command; return its exit code, or 3 where no server is to be had."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if command[0] == "--if-there":
        command = command[1:]
        if not answers():
            print(f"NOT RUN, since no PostgreSQL answers: {' '.join(command)}")
            return 0
    elif not answers() and not start():
        print("PostgreSQL is missing: no server answers, and none could be started.")
        return 3
    name, password = f"eventhub_{secrets.token_hex(4)}", secrets.token_hex(16)
    port = ask("SHOW port")
    host = urlsplit(os.environ.get("EVENTHUB_POSTGRES", "")).hostname or "127.0.0.1"
    address = f"postgresql+psycopg://{name}:{password}@{host}:{port}/{name}"
    ask(f"CREATE ROLE {name} LOGIN CREATEDB PASSWORD '{password}'")
    try:
        ask(f"CREATE DATABASE {name} OWNER {name} TEMPLATE template0 ENCODING 'UTF8'")
        return subprocess.run(
            command, env={**os.environ, "EVENTHUB_TEST_DATABASE_URL": address}, check=False
        ).returncode
    finally:
        owned = f"SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = '{name}'"
        for database in ask(owned).split():
            ask(f'DROP DATABASE "{database}" WITH (FORCE)')
        ask(f"DROP ROLE {name}")


def psql(sql: str) -> subprocess.CompletedProcess[str]:
    """Run one statement as an account that may create roles and databases."""
    command = ["psql", "--no-psqlrc", "--no-align", "--tuples-only", "--no-password"]
    command += ["--dbname", os.environ.get("EVENTHUB_POSTGRES", "postgres")]
    command += ["--set=ON_ERROR_STOP=1", "--command", sql]
    if os.geteuid() == 0 and "EVENTHUB_POSTGRES" not in os.environ:
        account = pwd.getpwnam("postgres")
        user, group = account.pw_uid, account.pw_gid
    else:
        user, group = os.geteuid(), os.getegid()
    return subprocess.run(
        command, cwd="/", user=user, group=group, capture_output=True, text=True, check=False
    )


def ask(sql: str) -> str:
    """Run one statement as administrator and return what it says."""
    answer = psql(sql)
    if answer.returncode:
        raise SystemExit(f"PostgreSQL refused: {answer.stderr.strip()}")
    return answer.stdout.strip()


def answers() -> bool:
    """Whether the server can be entered."""
    try:
        return psql("SELECT 1").returncode == 0
    except (FileNotFoundError, KeyError):  # no psql, no account postgres
        return False


def start() -> bool:
    """Start this machine's clusters that are down, as Debian keeps them; tell if one answers."""
    elsewhere = "EVENTHUB_POSTGRES" in os.environ
    if elsewhere or os.geteuid() != 0 or shutil.which("pg_lsclusters") is None:
        return False
    clusters = subprocess.run(
        ["pg_lsclusters", "--no-header"], capture_output=True, text=True, check=True
    )
    for line in clusters.stdout.splitlines():
        version, name, _port, status, *_ = line.split()
        if status.startswith("down"):
            print(f"Starting PostgreSQL {version} {name}", flush=True)
            control = ["pg_ctlcluster", "--skip-systemctl-redirect", version, name, "start"]
            subprocess.run(control, check=False)
    patience = time.monotonic() + START_SECONDS
    while not answers() and time.monotonic() < patience:
        time.sleep(0.5)
    return answers()


if __name__ == "__main__":
    if not sys.argv[1:]:
        raise SystemExit("Say what to run: python -m tools.with_postgres COMMAND...")
    raise SystemExit(main(sys.argv[1:]))
