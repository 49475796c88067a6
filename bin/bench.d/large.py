"""Measures matching and text search over many items, the search beside tantivy's."""

import json
import subprocess
from pathlib import Path

from support import end_family, environment, python_with, reason, say, table

HERE = Path(__file__).resolve().parent


def milliseconds(value):
    return f"{value:.3f} ms" if value < 10 else f"{value:.1f} ms"


def megabytes(value):
    return f"{value / 1e6:.0f} MB"


class Large:
    """The measurements over many items of one run, in a folder of their own."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.notes, self.faults = [], []

    def ours(self, city, items):
        """What the program Measure says; it starts another one, so both are ended together."""
        command = [self.program, str(self.folder), "--items", str(items), "--city", city]
        process = subprocess.Popen(command, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        try:
            said, _ = process.communicate()
        finally:
            end_family(process)
        if process.returncode != 0:
            raise OSError(f"Measure 的退出码是 {process.returncode}")
        return json.loads(said)

    def peer(self):
        """What tantivy needs for the same texts and queries; `None`, with a note, where it can't be had."""
        say("tantivy……")
        try:
            python = python_with(self.folder.parent, "tantivy")
            said = subprocess.run([python, str(HERE / "tantivy_peer.py"), str(self.folder)], check=True,
                                  capture_output=True, env=environment(PYTHONDONTWRITEBYTECODE="1")).stdout
            return json.loads(said)
        except (OSError, subprocess.CalledProcessError) as error:
            self.notes.append(f"没有测 tantivy：{reason(error)}")
            return None

    def run(self, city, items, has_peer):
        """Measures everything and prints the tables."""
        ours = self.ours(city, items)
        peer = self.peer() if has_peer else None
        print()
        self.show_search(ours["search"], peer, items)
        print()
        self.show_match(ours)
        self.judge(ours)

    @staticmethod
    def show_search(ours, peer, items):
        others = [(name, peer[key]) for name, key in (("tantivy 短语", "phrase"), ("tantivy 与", "and"))] if peer else []
        head = [f"文字查找（{items:,} 条）", "citong"]
        for name, _ in others:
            head += [name, "citong÷它"]
        rows = []
        for label, part, share in [("全部查询，中位数", "all", "p50"), ("全部查询，99% 以内", "all", "p99"),
                                   ("查得到的，中位数", "present", "p50"), ("查得到的，99% 以内", "present", "p99"),
                                   ("查不到的，中位数", "absent", "p50"), ("查不到的，99% 以内", "absent", "p99")]:
            row = [label, milliseconds(ours[part][share])]
            for _, other in others:
                row += [milliseconds(other[part][share]), f"{ours[part][share] / max(1e-6, other[part][share]):.2f}"]
            rows.append(row)

        def add(label, mine, theirs):
            rows.append([label, mine, *(cell for _, other in others for cell in (theirs(other), ""))])

        # Both ways of asking share one index.
        add("建索引", f"{ours['seconds']:.1f} s", lambda _: f"{peer['seconds']:.1f} s")
        add("索引大小（citong 在内存，tantivy 在磁盘）", megabytes(ours["bytes"]), lambda _: megabytes(peer["bytes"]))
        add("漏掉的文字", str(ours["check"]["missed"]), lambda other: str(other["missed"]))
        add("多给的文字", str(ours["check"]["over"]), lambda other: str(other["over"]))
        table(head, rows)
        count, checked = ours["all"]["count"], ours["check"]
        print(f"\n{count:,} 条查询，2 至 6 个字，单线程，取前 20 条并数出总数，每条问 3 遍取最短；小于 1 是 citong 更快。漏掉与多给是"
              f" {checked['queries']} 条查询与逐字查找的比较，共 {checked['texts']:,} 处。")
        if peer:
            print(f"tantivy {peer['version']}：{peer['how']}")

    @staticmethod
    def show_match(ours):
        match, load = ours["match"], ours["load"]
        head = [f"匹配（{ours['items']:,} 条供需）", "全部", "只有标题", "有专业代码"]
        rows = [[label, *(milliseconds(match[part][share]) for part in ("all", "titleOnly", "withPrograms"))]
                for label, share in [("每条，中位数", "p50"), ("每条，90% 以内", "p90"), ("每条，99% 以内", "p99"),
                                     ("每条，最慢", "worst")]]
        table(head, rows)
        growth = load["residentAfter"] - load["residentBefore"]
        change = ours["change"]
        print()
        table([f"有 {ours['items']:,} 条供需时", ""], [
            ["建库并写进供需（逐条检查）", f"{ours['fill']['seconds']:.1f} s"],
            ["数据库", megabytes(ours["fill"]["databaseBytes"])],
            ["装载匹配和查找的索引", f"{load['seconds']:.1f} s"],
            ["装载增加的内存", megabytes(growth)],
            ["其中文字索引", megabytes(load["textBytes"])],
            ["再写一条，中位数", milliseconds(change["save"]["p50"])],
            ["再写一条后索引跟上，中位数", milliseconds(change["catchUp"]["p50"])],
            ["匹配没有候选的", f"{match['empty']} 条"],
        ])

    def judge(self, ours):
        search = ours["search"]
        if search["check"]["missed"] or search["check"]["over"]:
            self.faults.append(f"文字查找漏掉 {search['check']['missed']} 处，多给 {search['check']['over']} 处")
        if search["wrong"]:
            self.faults.append(f"{search['wrong']} 条查询该有的没有，或不该有的有")
        if ours["match"]["errors"]:
            self.faults.append(f"匹配有 {ours['match']['errors']} 条 error")

    def end(self):
        """Nothing of it is left running."""
