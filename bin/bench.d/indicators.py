"""The indicators of the demo city, beside the same sums written in SQL."""

import json
import subprocess
from pathlib import Path

from support import environment, python_with, reason, say, table


class Indicators:
    """The measurements of indicators, in a folder of their own."""

    def __init__(self, measure, folder):
        self.measure, self.folder = measure, folder
        self.notes, self.faults = [], []

    def run(self, city, has_peer):
        self.folder.mkdir()
        say("指标……")
        try:
            said = subprocess.run([self.measure, str(self.folder / "register"), "--indicators", "--city", city],
                                  check=True, capture_output=True, env=environment())
        except subprocess.CalledProcessError as error:
            raise OSError(f"Measure：{reason(error)}") from error
        ours = json.loads(said.stdout)
        peers = {}
        for name, module in [("SQLite", "sqlite3"), ("DuckDB", "duckdb")] if has_peer else []:
            say(f"指标，{name}……")
            try:
                python = python_with(self.folder, module)
                said = subprocess.run([python, str(Path(__file__).with_name("indicators_peer.py")), name,
                                       str(self.folder / "register" / "measure.sqlite")], check=True,
                                      capture_output=True, env=environment())
                peers[name] = json.loads(said.stdout)
            except (OSError, subprocess.CalledProcessError) as error:
                self.faults.append(f"{name} 没有测成：{reason(error)}")
        for name, other in peers.items():
            for code, value in other["city"].items():
                own = ours["city"].get(code)
                if own is None or abs(own - value) > 1e-9 * max(1, abs(value)):
                    self.faults.append(f"指标 {code}：citong 得 {own}，{name} 得 {value}")
        rows = []
        for label, key in [("全部重算", "full"), ("改一条以后再取", "after")]:
            row = [label, f"{ours[key]['p50']:.2f}", f"{ours[key]['p99']:.2f}"]
            for other in peers.values():
                row += [f"{other[key]:.2f}", f"{other[key] / ours[key]['p50']:.2f}"]
            rows.append(row)
        print()
        table(["指标（毫秒）", "citong 中位", "p99"] + [part for name in peers for part in (name, "它÷citong")], rows)
        print(f"\n{ours['indicators']} 项指标，{ours['places']} 个地方（全市、各县和功能区、各校），5 个学年，"
              f"共 {ours['values']:,} 个数。旁边是手写的 SQL 从同一个库算其中 {len(next(iter(peers.values()))['city']) if peers else 0} 项，"
              "全市的数核对过相同；改一条以后，它们把那一类重算一遍。目标：全部不超过 1000，改一条以后不超过 5。")

    def end(self):
        pass
