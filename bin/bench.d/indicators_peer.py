#!/usr/bin/env python3
"""Reckons indicators of the demo city with hand-written SQL; prints milliseconds and the city's values as JSON.

Usage: indicators_peer.py SQLite|DuckDB DATABASE
"""

import json
import sqlite3
import statistics
import sys
import time

UNIT = "COALESCE(s.managingZoneCode, s.locationRegionCode, '')"
REPORTED = "t.reportStatus IN ('reported', 'checked', 'accepted', 'frozen')"
PARTNER = ("EXISTS (SELECT 1 FROM cooperation c JOIN school i ON i.schoolId = c.institutionId "
           "WHERE c.enterpriseId = t.enterpriseId AND c.status = 'active' AND i.institutionKind IN "
           "('vocationalUniversity', 'higherVocationalCollege', 'ordinaryUniversity'))")
COUNTED = "('approved', 'recruiting', 'training', 'completed', 'accepted', 'rectifying')"


def count(condition):
    return f"COUNT(CASE WHEN {condition} THEN 1 END)"


def total(field, condition):
    return f"SUM(CASE WHEN {condition} THEN t.{field} END)"


def honour(kind, *schools):
    test = f"t.honourType = '{kind}' AND t.status IN ('construction', 'accepted')"
    if schools:
        test += f" AND s.institutionKind IN {schools}"
    return count(test)


COLLEGE = ("higherVocationalCollege", "vocationalUniversity")
SECONDARY = ("secondaryVocationalSchool", "technicianSchool")
CARRIERS = {"K1": "industryCollege", "K2": "vocationalGroup", "K3": "alliance", "K4": "researchPlatform",
            "K5": "trainingBase"}
SCHOOL = "t.status = 'active' AND t.institutionKind"

# By table: how the rows join their school, their county, school and year, and the sums by code.
SUMS = {
    "school": ("", "COALESCE(t.managingZoneCode, t.locationRegionCode, '')", "t.schoolId", "''", {
        "S1": count(f"{SCHOOL} = 'vocationalUniversity'"), "S2": count(f"{SCHOOL} = 'higherVocationalCollege'"),
        "S3": count(f"{SCHOOL} IN {SECONDARY}"), "S3.technician": count(f"{SCHOOL} = 'technicianSchool'"),
        "S3.secondary": count(f"{SCHOOL} = 'secondaryVocationalSchool'"),
        "dual": total("dualQualifiedTeachers", "t.status = 'active'"),
        "teachers": total("fullTimeTeachers", "t.status = 'active'"),
    }),
    "schoolAnnualStat": ("LEFT JOIN school s ON s.schoolId = t.schoolId", UNIT, "t.schoolId", "t.schoolYear", {
        "S4": total("enrolled", REPORTED), "S5": total("graduates", REPORTED),
        **{f"{code}.{level}": total(field, f"{REPORTED} AND t.studentLevel = '{level}'")
           for code, field in (("S4", "enrolled"), ("S5", "graduates"))
           for level in ("secondary", "juniorCollege", "vocationalBachelor")},
        "employed": total("employed", REPORTED), "further": total("furtherStudy", REPORTED),
        "inCity": total("employedInCity", REPORTED), "known": total("employedRegionKnown", REPORTED),
        "student.intake": total("newStudents", REPORTED),
    }),
    "honour": ("LEFT JOIN school s ON s.schoolId = t.schoolId", UNIT, "t.schoolId", "''", {
        "S8": honour("demoModernSchool"), "S8.college": honour("demoModernSchool", *COLLEGE),
        "S8.secondary": honour("demoModernSchool", *SECONDARY), "S9": honour("provDoubleHigh"),
        "S9.college": honour("provDoubleHigh", *COLLEGE), "S9.secondary": honour("provDoubleHigh", *SECONDARY),
        "S10": honour("provDoubleHighGroup"), "S10.college": honour("provDoubleHighGroup", *COLLEGE),
        "S10.secondary": honour("provDoubleHighGroup", *SECONDARY),
        "S11": count("t.honourType = 'industryLinkedProgramme' AND t.status IN ('construction', 'accepted') "
                     "AND t.tier IN ('provincial', 'national')"),
    }),
    "enterprise": ("", "COALESCE(t.managingZoneCode, t.registeredRegionCode, '')", "''", "''", {
        "S12": count(PARTNER), "S12.over100m": count(f"t.annualOutput >= 10000000000 AND {PARTNER}"),
    }),
    "carrier": ("", "COALESCE(t.managingZoneCode, t.locationRegionCode, '')", "t.ownerOrgId", "''", {
        **{code: count(f"t.kind = '{kind}' AND t.isCounted = 1") for code, kind in CARRIERS.items()},
        **{f"{code}.coBuilt": count(f"t.kind = '{kind}' AND t.isCounted = 1 AND t.isCoBuilt = 1")
           for code, kind in CARRIERS.items()},
    }),
    "pilot": ("LEFT JOIN school s ON s.schoolId = t.schoolId", UNIT, "t.schoolId", "''", {
        "A1": count(f"t.model = 'erYuan' AND t.status IN {COUNTED} AND t.tier = 'provincial'"),
        "A2": count(f"t.model = 'modern' AND t.status IN {COUNTED}"),
        "X1": count(f"t.model = 'onePlusX' AND t.status IN {COUNTED}"),
    }),
    "fundYear": ("", "''", "''", "''", {
        "F1": "SUM(CASE WHEN t.notion = 'arranged' AND t.isCumulative = 0 THEN t.amount END) / 100.0",
    }),
    "trainingStat": ("LEFT JOIN school s ON s.schoolId = t.schoolId", UNIT, "t.schoolId", "''", {
        "T1": "SUM(t.personTimes) * 1.0 / NULLIF(COUNT(DISTINCT t.year), 0)",
    }),
}

# Quotients by table, of sums of the same place and year.
QUOTIENTS = {
    "school": {"teacher.dual": ("dual", "teachers")},
    "schoolAnnualStat": {"S6": ("employed + further", "S5"), "S6.employed": ("employed", "S5"),
                         "S7": ("inCity", "known"), "S7.ofGraduates": ("inCity", "S5")},
}


def statement(name):
    """One statement for a table: its sums and quotients for the city, each county and each school in each year."""
    join, unit, school, year, sums = SUMS[name]
    columns = ", ".join(f'{sql} AS "{code}"' for code, sql in sums.items())
    levels = [f"SELECT {level} AS level, {place} AS place, {year} AS year, {columns} FROM {name} t {join} GROUP BY 1, 2, 3"
              for level, place in (("'city'", "''"), ("'county'", unit), ("'school'", school))]
    quotients = ""
    for code, (above, below) in QUOTIENTS.get(name, {}).items():
        above = " + ".join(f'"{part}"' for part in above.split(" + "))
        quotients += f', ({above}) * 1.0 / NULLIF("{below}", 0) AS "{code}"'
    return f"SELECT *{quotients} FROM ({' UNION ALL '.join(levels)}) AS cells"


def main():
    path = sys.argv[2]
    if sys.argv[1] == "SQLite":
        connection = sqlite3.connect(path)
        run = lambda sql: connection.execute(sql)
    else:
        import duckdb

        source, connection = sqlite3.connect(path), duckdb.connect()
        for name in [*SUMS, "cooperation"]:
            rows = source.execute(f"SELECT * FROM {name}")
            head = [(part[0], kind) for part, kind in zip(rows.description, source.execute(f"PRAGMA table_info({name})"))]
            columns = ", ".join(f'"{column}" {"BIGINT" if "INT" in kind[2].upper() else "VARCHAR"}' for column, kind in head)
            connection.execute(f"CREATE TABLE {name} ({columns})")
            connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(head))})", rows.fetchall())
        run = lambda sql: connection.execute(sql)
    texts = {name: statement(name) for name in SUMS}

    def timed(names):
        begun = time.perf_counter()
        found = {name: run(texts[name]).fetchall() for name in names}
        return (time.perf_counter() - begun) * 1000, found

    timed(SUMS)
    full = statistics.median(timed(SUMS)[0] for _ in range(9))
    after = statistics.median(timed(["schoolAnnualStat"])[0] for _ in range(40))
    city = {}
    for name in SUMS:
        cursor = run(texts[name])
        columns = [part[0] for part in cursor.description]
        last = max((row for row in cursor.fetchall() if row[0] == "city"), key=lambda row: str(row[2]), default=None)
        for code, value in zip(columns[3:], last[3:] if last else []):
            if value is not None and (code[0].isupper() or "." in code):
                city[code] = float(value)
    print(json.dumps({"full": full, "after": after, "city": city}))


if __name__ == "__main__":
    main()
