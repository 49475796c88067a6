"""Measures imports and exports of files, beside pandas, DuckDB, XlsxWriter, openpyxl and Python's csv."""

import json
import shutil
import subprocess
from itertools import islice
from pathlib import Path

from rows import rows, write_csv, write_xlsx
from support import environment, measured, python_with, reason, say, table

HERE = Path(__file__).resolve().parent
CITY = HERE.parent.parent / "Cities/example"
REGIONS = ["990102", "990103", "990121", "990181"]
INDUSTRIES = ["C136", "A041", "C181", "C342", "C345", "C348", "C349", "F529", "G593", "I643", "I653", "I657", "L726"]
# How many rows the compared imports have at most, and the exports whose memory is taken for granted.
IMPORTED = 100_000
FEW = 1000
MODES = {"dry": "试运行", "new": "新的", "again": "再导一遍"}


class Files:
    """The measurements of files of one run, in a folder of their own."""

    def __init__(self, program, folder, count):
        self.program, self.folder, self.count = program, folder, count
        self.notes, self.faults, self.imports, self.exports, self.rates = [], [], [], [], {}
        # The data folder with all records; `None` until they are in.
        self.data = None

    def citong(self, data, *words):
        return measured([self.program, *words, "--data", str(data)], self.folder)

    def fresh(self, name):
        data = self.folder / name
        made = self.citong(data, "init", "--city", str(CITY))
        # The links of the administrators, for who has to sign in later.
        data.with_suffix(".links").write_text(made.said, "utf-8")
        return data

    def peer(self, python, *words):
        return measured([python, str(HERE / "files_peer.py"), *(str(word) for word in words)], self.folder)

    def python(self, *packages):
        """A Python with packages; `None`, with a note, where they can't be had."""
        try:
            return python_with(self.folder.parent, *packages)
        except (OSError, subprocess.CalledProcessError) as error:
            self.notes.append(f"没有测 {'、'.join(packages)}：{reason(error)}")
            return None

    # Imports

    def imported(self, label, mode, count, run, to=None):
        """Notes an import, after looking whether it did to every row what it should."""
        told = json.loads(run.said)
        should = {"new": 0, "unchanged": 0, "changed": 0, "refused": 0}
        should["unchanged" if mode == "again" else "new"] = count
        if any(told[name] != number for name, number in should.items()):
            counts = {name: told[name] for name in should}
            self.faults.append(f"{label} {MODES[mode]}：应为 {should}，却是 {counts}")
        key = f"{label}，{MODES[mode]}"
        self.rates[key] = count / run.seconds
        ratio = f"{self.rates[f'{to}，{MODES[mode]}'] / self.rates[key]:.2f}" if to else ""
        self.imports.append([key, f"{self.rates[key]:,.0f}", f"{run.seconds:.1f} s", f"{run.cpu:.1f} s",
                             f"{run.peak:.0f} MB", ratio])

    def import_ours(self, count, files):
        for form, path in files.items():
            data = self.fresh(f"import-{form}")
            for mode, words in (("dry", ["--dry-run"]), ("new", []), ("again", [])):
                say(f"citong 导入 {path.name}，{MODES[mode]}……")
                run = self.citong(data, "import", str(path), "--json", *words)
                self.imported(f"citong {form}", mode, count, run)
            shutil.rmtree(data)

    def import_peers(self, count, files, codes):
        pandas, duckdb = self.python("pandas", "openpyxl"), self.python("duckdb")
        for label, program, form, python in (("pandas", "pandas", "CSV", pandas), ("pandas", "pandas", "XLSX", pandas),
                                             ("DuckDB", "duckdb", "CSV", duckdb)):
            base = self.folder / f"{program}-{form}"
            for mode in MODES if python else ():
                say(f"{label} 导入 {files[form].name}，{MODES[mode]}……")
                try:
                    run = self.peer(python, f"import-{program}", files[form], base, codes, mode)
                except OSError as error:
                    self.faults.append(f"{label} {form}：{error}")
                    break
                self.imported(f"{label} {form}", mode, count, run, f"citong {form}")
            base.unlink(missing_ok=True)

    # Exports

    def exported(self, label, run, few, path, to=None):
        self.rates[label] = self.count / run.seconds
        ratio = f"{self.rates[to] / self.rates[label]:.2f}" if to else ""
        self.exports.append([label, f"{self.rates[label]:,.0f}", f"{run.seconds:.1f} s", f"{run.cpu:.1f} s",
                             f"{run.peak:.0f} MB", f"{run.peak - few.peak:.0f} MB",
                             f"{path.stat().st_size / 1e6:.0f} MB", ratio])

    def export_ours(self):
        """Fills the database and exports it, a few records first."""
        data = self.fresh("data")
        part, whole = self.folder / "part.csv", self.folder / "whole.csv"
        write_csv(part, islice(self.rows(), FEW))
        write_csv(whole, self.rows())
        self.citong(data, "import", str(part), "--json")
        few = {form: self.export(data, form, "few") for form in ("xlsx", "csv")}
        say(f"citong 导入 {self.count:,} 行……")
        run = self.citong(data, "import", str(whole), "--json")
        told = json.loads(run.said)
        if told["new"] != self.count - FEW or told["unchanged"] != FEW:
            raise OSError(f"导入 {self.count:,} 行：{run.said[:300]}")
        self.imports.append([f"citong CSV，{self.count:,} 行，新的", f"{self.count / run.seconds:,.0f}",
                             f"{run.seconds:.1f} s", f"{run.cpu:.1f} s", f"{run.peak:.0f} MB", ""])
        whole.unlink()
        self.data = data
        for form in ("xlsx", "csv"):
            say(f"citong 导出 {form}……")
            run, path = self.export(data, form, "all")
            self.exported(f"citong {form}", run, few[form][0], path)
            path.unlink()

    def export(self, data, form, name):
        path = self.folder / f"{name}.{form}"
        return self.citong(data, "export", "enterprise", "--format", form, "--out", str(path)), path

    def export_peers(self):
        """Exports the same cells from the same database; what they write of a few records is compared with ours."""
        python = self.python("xlsxwriter", "openpyxl")
        if not python:
            return
        base, layout = self.data / "citong.sqlite", self.folder / "layout.json"
        ours = {form: self.folder / f"few.{form}" for form in ("xlsx", "csv")}
        layout.write_text(self.peer(python, "layout", ours["csv"], ours["xlsx"]).said, "utf-8")
        for label, program, form in (("XlsxWriter，constant_memory", "xlsxwriter", "xlsx"),
                                     ("openpyxl，write_only", "openpyxl", "xlsx"), ("Python 的 csv", "csv", "csv")):
            say(f"{label} 导出……")
            path = self.folder / f"{program}.{form}"
            try:
                few = self.peer(python, f"export-{program}", base, path, layout, FEW)
                different = json.loads(self.peer(python, "compare", ours[form], path).said)
                if different:
                    self.faults.append(f"{label} 写的与 citong 不同：{different}")
                run = self.peer(python, f"export-{program}", base, path, layout, self.count)
            except OSError as error:
                self.faults.append(f"{label}：{error}")
                continue
            self.exported(label, run, few, path, f"citong {form}")
            path.unlink()

    # All

    def rows(self):
        return rows(self.count, REGIONS, INDUSTRIES)

    def codes(self):
        """The codes of regions and industries the city has, in a file for the peers."""
        data = self.fresh("codes")
        known = {}
        for kind, field, used in (("region", "regionCode", REGIONS), ("industry", "code", INDUSTRIES)):
            known[kind] = [row[field] for row in json.loads(self.citong(data, "export", kind, "--format", "json").said)]
            if missing := set(used) - set(known[kind]):
                raise OSError(f"{CITY.name} 里没有 {'、'.join(sorted(missing))}")
        path = self.folder / "codes.json"
        path.write_text(json.dumps(known), "utf-8")
        return path

    def run(self, has_peer):
        """Measures everything and prints the tables."""
        self.folder.mkdir()
        count = min(self.count, IMPORTED)
        codes = self.codes()
        files = {"CSV": self.folder / "rows.csv", "XLSX": self.folder / "rows.xlsx"}
        write_csv(files["CSV"], islice(self.rows(), count))
        write_xlsx(files["XLSX"], islice(self.rows(), count))
        self.import_ours(count, files)
        if has_peer:
            self.import_peers(count, files, codes)
        self.export_ours()
        if has_peer:
            self.export_peers()
        print()
        table([f"导入（企业，{count:,} 行）", "行/秒", "用时", "处理器", "峰值内存", "citong÷它"], self.imports)
        print("\n进库的每行都查：统一社会信用代码的校验位、代码在不在表里、有没有重复。pandas 用成列的算法查同样的几项，再用 to_sql 写进 SQLite；"
              "它不说哪一行错、怎样改，不认 Excel 的日期和公式错误，不记历史、审计和变更。DuckDB 用 read_csv 写进有主键的表，除了主键"
              "什么都不查，再导一遍是遇到重复就略过，试运行是写了再回滚。citong÷它 比每秒行数，大于 1 是 citong 更快。\n")
        table([f"导出（企业，{self.count:,} 条）", "条/秒", "用时", "处理器", "峰值内存", f"比 {FEW:,} 条多", "文件", "citong÷它"],
              self.exports)
        print(f"\n目标：比导出 {FEW:,} 条多用的内存少于 64 MB。别的程序从同一个 SQLite 文件读，写同样的格（前 {FEW:,} 条逐格核对过）；"
              "openpyxl 不设字体。用时含启动程序。")

    def end(self):
        """Nothing of it is left running."""
