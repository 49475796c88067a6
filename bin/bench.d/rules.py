"""Rules decided, beside other implementations of the same language."""

import json
import subprocess
from pathlib import Path


from support import environment, python_with, reason, say, table

PEERS = [("cel-python", "celpy", "cel-python"), ("Rust 的 cel", "cel", "common-expression-language")]


class Rules:
    """The measurements of the rule language, in a folder of their own."""

    def __init__(self, measure, folder):
        self.measure, self.folder = measure, folder
        self.notes, self.faults = [], []

    def run(self, has_peer):
        self.folder.mkdir()
        say("规则……")
        try:
            said = subprocess.run([self.measure, str(self.folder), "--rules"], check=True, capture_output=True,
                                  env=environment())
        except subprocess.CalledProcessError as error:
            raise OSError(f"Measure：{reason(error)}") from error
        ours = json.loads(said.stdout)["rules"]
        peers = {}
        for name, module, package in PEERS if has_peer else []:
            say(f"规则，{name}……")
            try:
                python = python_with(self.folder, *([module] if module != "cel" else ["cel"]), packages=[package])
                said = subprocess.run([python, str(Path(__file__).with_name("rules_peer.py")), module,
                                       str(self.folder / "rules.json")], check=True, capture_output=True,
                                      env=environment())
                peers[name] = json.loads(said.stdout)
            except (OSError, subprocess.CalledProcessError) as error:
                self.faults.append(f"{name} 没有测成：{reason(error)}")
        rows = []
        for index, one in enumerate(ours):
            row = [one["label"], f"{one['plain']:,}", f"{one['explained']:,}"]
            for name in peers:
                other = peers[name][index]
                row += [f"{other['plain']:,.0f}", f"{one['plain'] / other['plain']:,.1f}"]
                if other["holds"] != one["holds"]:
                    self.faults.append(f"{one['label']}：citong 成立 {one['holds']} 条，{name} {other['holds']} 条")
            rows.append(row)
        print()
        table(["规则（每秒判断的记录）", "citong", "带理由"] + [part for name in peers for part in (name, "citong÷它")], rows)
        print("\n一个线程，1000 条不同的记录轮流，成立的条数核对过相同。目标：六个条件不少于 500 万，带理由不少于 20 万。")

    def end(self):
        pass
