"""What files.py compares with, each a short script as one would write it: `python3 files_peer.py WHAT …`.

`import-pandas` and `import-duckdb FILE DATABASE CODES dry|new|again` take a file in and print what they counted.
`export-xlsxwriter`, `export-openpyxl` and `export-csv DATABASE FILE LAYOUT COUNT` write enterprises out of the database
of citong, with the cells its own export has. `layout CSV XLSX` reads from two exports of citong which cells those are;
`compare FILE FILE` tells the first cell that differs.
"""

import csv
import json
import sqlite3
import sys
from itertools import zip_longest
from pathlib import Path

from rows import HEADINGS, LETTERS, WEIGHTS

USCC, NAME, REGION, INDUSTRY, STAFF = HEADINGS


# Imports

def read(path):
    import pandas
    if path.endswith(".xlsx"):
        return pandas.read_excel(path, dtype=str, keep_default_na=False, engine="openpyxl")
    return pandas.read_csv(path, dtype=str, keep_default_na=False)


def good(frame, codes):
    """Which rows pass the checks that citong makes of these columns."""
    import numpy
    import pandas
    text = frame[USCC].str.strip().str.upper()
    is_whole = (text.str.len() == 18) & text.map(str.isascii)
    letters = numpy.array(text.where(is_whole, " " * 18).tolist(), dtype="S18").view("u1").reshape(-1, 18)
    values = numpy.full(256, -1)
    values[list(LETTERS.encode())] = range(len(LETTERS))
    digits = values[letters]
    is_valid = (digits >= 0).all(axis=1) & ((digits[:, :17] @ numpy.array(WEIGHTS) + digits[:, 17]) % 31 == 0)
    staff = pandas.to_numeric(frame[STAFF], errors="coerce")
    is_known = frame[REGION].isin(codes["region"]) & frame[INDUSTRY].isin(codes["industry"])
    return (is_whole & is_valid & is_known & ~text.duplicated() & frame[NAME].str.len().between(1, 100)
            & ((frame[STAFF] == "") | (staff.between(0, 10_000_000) & (staff % 1 == 0))))


def import_pandas(path, base, codes, mode):
    import pandas
    frame = read(path)
    passed = good(frame, json.loads(Path(codes).read_text("utf-8")))
    rows = frame[passed].astype({STAFF: "int64"})
    connection = sqlite3.connect(base)
    connection.execute(f"CREATE TABLE IF NOT EXISTS enterprise ({USCC} TEXT PRIMARY KEY, {NAME} TEXT NOT NULL,"
                       f" {REGION} TEXT NOT NULL, {INDUSTRY} TEXT NOT NULL, {STAFF} INTEGER)")
    held = pandas.read_sql("SELECT * FROM enterprise", connection, index_col=USCC)
    rows = rows.set_index(USCC)
    fresh = rows[~rows.index.isin(held.index)]
    both = rows[rows.index.isin(held.index)]
    same = (both == held.reindex(both.index)).all(axis=1)
    if mode != "dry":
        with connection:
            fresh.to_sql("enterprise", connection, if_exists="append")
            connection.executemany(
                f"UPDATE enterprise SET {NAME} = ?, {REGION} = ?, {INDUSTRY} = ?, {STAFF} = ? WHERE {USCC} = ?",
                [[*row[1:], row[0]] for row in both[~same].itertuples()])
    return {"new": len(fresh), "unchanged": int(same.sum()), "changed": int((~same).sum()),
            "refused": int((~passed).sum())}


def import_duckdb(path, base, _, mode):
    import duckdb
    connection = duckdb.connect(base)
    connection.execute(f"CREATE TABLE IF NOT EXISTS enterprise ({USCC} VARCHAR PRIMARY KEY, {NAME} VARCHAR,"
                       f" {REGION} VARCHAR, {INDUSTRY} VARCHAR, {STAFF} INTEGER)")
    before, = connection.execute("SELECT count(*) FROM enterprise").fetchone()
    connection.begin()
    connection.execute(f"INSERT OR IGNORE INTO enterprise SELECT * FROM read_csv('{path}', header = true, columns = "
                       f"{{'{USCC}': 'VARCHAR', '{NAME}': 'VARCHAR', '{REGION}': 'VARCHAR', '{INDUSTRY}': 'VARCHAR',"
                       f" '{STAFF}': 'INTEGER'}})")
    after, = connection.execute("SELECT count(*) FROM enterprise").fetchone()
    if mode == "dry":
        connection.rollback()
    else:
        connection.commit()
    # Whatever was passed over had its key there before.
    return {"new": after - before, "unchanged": before, "changed": 0, "refused": 0}


# Exports

# What people read for the codes of choices that occur.
LABELS = {"creditStatus": {"normal": "正常"}, "verification": {"verified": "已核验"}}


def cells_of_workbook(path):
    from openpyxl import load_workbook
    yield from load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)


def layout(table, workbook):
    """The headings of citong's workbook, and its fields: the column of the first cell, whether its code stands beside."""
    with open(table, newline="", encoding="utf-8") as file:
        names = next(csv.reader(file))
    headings = list(next(cells_of_workbook(workbook)))
    columns = [place for place, heading in enumerate(headings) if not heading.endswith(("（编号）", "（代码）"))]
    paired = [heading.endswith(("（编号）", "（代码）")) for heading in [*headings[1:], ""]]
    if len(columns) != len(names):
        sys.exit("CSV 与工作簿的列对不上。")
    return {"headings": headings,
            "fields": [[name, column, paired[column]] for name, column in zip(names, columns)]}


def records(base, names, count):
    connection = sqlite3.connect(f"file:{base}?mode=ro", uri=True)
    listed = ", ".join(f'"{name}"' for name in names)
    return connection.execute(f"SELECT {listed} FROM enterprise ORDER BY enterpriseId LIMIT ?", [count])


def titles(base):
    """What people read for a code, by the field that holds it."""
    connection = sqlite3.connect(f"file:{base}?mode=ro", uri=True)
    region = dict(connection.execute("SELECT regionCode, regionName FROM region"))
    industry = dict(connection.execute("SELECT code, name FROM industry"))
    return {**LABELS, "registeredRegionCode": region, "gbIndustryCode": industry}


def export_xlsxwriter(base, path, plan, count):
    from xlsxwriter import Workbook
    known = titles(base)
    workbook = Workbook(path, {"constant_memory": True})
    sheet = workbook.add_worksheet("企业")
    plain = workbook.add_format({"font_name": "等线"})
    for column, heading in enumerate(plan["headings"]):
        sheet.write_string(0, column, heading, plain)
    for number, record in enumerate(records(base, [name for name, *_ in plan["fields"]], count), 1):
        for (name, column, is_paired), value in zip(plan["fields"], record):
            if value is None:
                continue
            if is_paired:
                sheet.write_string(number, column, known[name][value], plain)
                sheet.write_string(number, column + 1, value, plain)
            elif isinstance(value, int):
                sheet.write_number(number, column, value, plain)
            else:
                sheet.write_string(number, column, value, plain)
    workbook.close()


def export_openpyxl(base, path, plan, count):
    from openpyxl import Workbook
    known = titles(base)
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("企业")
    sheet.append(plan["headings"])
    for record in records(base, [name for name, *_ in plan["fields"]], count):
        row = [None] * len(plan["headings"])
        for (name, column, is_paired), value in zip(plan["fields"], record):
            if value is not None and is_paired:
                row[column], row[column + 1] = known[name][value], value
            else:
                row[column] = value
        sheet.append(row)
    workbook.save(path)


def export_csv(base, path, plan, count):
    names = [name for name, *_ in plan["fields"]]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(records(base, names, count))


def compare(mine, other):
    def rows(path):
        if path.endswith(".xlsx"):
            return cells_of_workbook(path)
        return csv.reader(Path(path).read_text("utf-8-sig").splitlines())

    for number, (first, second) in enumerate(zip_longest(rows(mine), rows(other), fillvalue=()), 1):
        # What lacks its last cells holds nothing there.
        if any(one != two for one, two in zip_longest(first, second)):
            return f"第 {number} 行：{first} 与 {second}"
    return ""


def main():
    what, *words = sys.argv[1:]
    if what.startswith("import-"):
        print(json.dumps({"import-pandas": import_pandas, "import-duckdb": import_duckdb}[what](*words)))
    elif what.startswith("export-"):
        base, path, plan, count = words
        {"export-xlsxwriter": export_xlsxwriter, "export-openpyxl": export_openpyxl, "export-csv": export_csv}[what](
            base, path, json.loads(Path(plan).read_text("utf-8")), int(count))
    else:
        print(json.dumps({"layout": layout, "compare": compare}[what](*words), ensure_ascii=False))


if __name__ == "__main__":
    main()
