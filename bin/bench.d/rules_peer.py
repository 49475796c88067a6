#!/usr/bin/env python3
"""Decides the rules of rules.json with another CEL, one after another; prints rates as JSON.

Usage: rules_peer.py celpy|cel RULES
"""

import json
import sys
import time

SECONDS = 2.0


def with_celpy(text):
    import celpy

    environment = celpy.Environment()
    program = environment.program(environment.compile(text))
    return lambda row: bool(program.evaluate(row)), celpy.json_to_cel


def with_cel(text):
    import cel

    program = cel.compile(text)
    return lambda row: bool(program.execute(row)), lambda row: row


def rate(decide, rows):
    """How many rows are decided in a second, and of how many the rule holds."""
    held = sum(decide(row) for row in rows)
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        for row in rows:
            decide(row)
        count += len(rows)
    return count / (time.perf_counter() - begun), held


def main():
    known = json.load(open(sys.argv[2], encoding="utf-8"))
    found = []
    for rule in known["rules"]:
        decide, made = (with_celpy if sys.argv[1] == "celpy" else with_cel)(rule["text"])
        rows = [made(row) for row in known["rows"]]
        speed, held = rate(decide, rows[:100] if sys.argv[1] == "celpy" else rows)
        held = sum(decide(row) for row in rows)
        found.append({"label": rule["label"], "plain": speed, "holds": held})
    print(json.dumps(found))


if __name__ == "__main__":
    main()
