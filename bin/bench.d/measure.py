"""Measures citong beside others; called by bin/bench. Prints tables, and what went wrong on standard error."""

import argparse
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from api import API
from files import Files
from indicators import Indicators
from large import Large
from pages import Pages
from rules import Rules


def main():
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("program")
    parser.add_argument("measure", help="the program Measure; empty when no items are wanted")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--city", default="Cities/quanzhou")
    parser.add_argument("--items", type=int, default=200_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--no-pages", action="store_true")
    parser.add_argument("--no-api", action="store_true")
    parser.add_argument("--no-rules", action="store_true")
    parser.add_argument("--no-indicators", action="store_true")
    parser.add_argument("--no-twin", action="store_true")
    parser.add_argument("--no-peer", action="store_true")
    arguments = parser.parse_args()
    if 0 < arguments.items < 1000:
        parser.error("--items 至少 1000，或 0")
    if arguments.rows and not 2000 <= arguments.rows <= 1_048_575:
        parser.error("--rows 是 2000 到 1048575（一个工作表装得下的），或 0")
    city = str(Path(arguments.city).resolve())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="citong-bench-"))
    program, measure = (str(Path(name).resolve()) for name in (arguments.program, arguments.measure))
    has_twin, has_peer = not arguments.no_twin, not arguments.no_peer
    pages = Pages(program, folder / "pages", arguments.seconds)
    large = Large(measure, folder / "large")
    files = Files(program, folder / "files", arguments.rows)
    api = API(program, folder / "api", arguments.seconds)
    rules = Rules(measure, folder / "rules")
    indicators = Indicators(measure, folder / "indicators")
    notes, faults = [], []

    def run(part, *about):
        try:
            part.run(*about)
        except OSError as error:
            faults.append(str(error))
        finally:
            part.end()
        notes.extend(part.notes)
        faults.extend(part.faults)

    try:
        if not arguments.no_pages:
            run(pages, city, has_twin)
        if not arguments.no_rules:
            run(rules, has_peer)
        if not arguments.no_indicators:
            run(indicators, city, has_peer)
        if arguments.items > 0:
            run(large, city, arguments.items, has_peer)
        if arguments.rows > 0:
            run(files, has_peer)
        if not arguments.no_api:
            run(api, city, has_twin, files.data, arguments.rows)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for note in notes:
        print(note)
    for fault in faults:
        print(f"有问题：{fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
