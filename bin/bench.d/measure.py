"""Measures citong beside others; called by bin/bench. Prints tables, and what went wrong on standard error."""

import argparse
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from large import Large
from pages import Pages


def main():
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("program")
    parser.add_argument("measure", help="the program Measure; empty when no items are wanted")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--city", default="Cities/quanzhou")
    parser.add_argument("--items", type=int, default=200_000)
    parser.add_argument("--no-twin", action="store_true")
    parser.add_argument("--no-peer", action="store_true")
    arguments = parser.parse_args()
    if 0 < arguments.items < 1000:
        parser.error("--items 至少 1000，或 0")
    city = str(Path(arguments.city).resolve())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="citong-bench-"))
    notes, faults = [], []
    try:
        (folder / "pages").mkdir()
        pages = Pages(str(Path(arguments.program).resolve()), folder / "pages", arguments.seconds)
        try:
            pages.run(city, not arguments.no_twin)
        except OSError as error:
            faults.append(str(error))
        finally:
            pages.end()
        notes += pages.notes
        faults += pages.faults
        if arguments.items > 0:
            large = Large(str(Path(arguments.measure).resolve()), folder / "large")
            try:
                large.run(city, arguments.items, not arguments.no_peer)
            except OSError as error:
                faults.append(str(error))
            notes += large.notes
            faults += large.faults
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for note in notes:
        print(note)
    for fault in faults:
        print(f"有问题：{fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
