"""The list of schools and the page of one school, as a usual small Flask application makes them.

It does the same work as ours: count, filter, sort, page and titles of what a record refers to; of a record its fields
and, for each kind that refers to it, how many do and the first five. SQLite in WAL mode, one connection per thread,
templates compiled once. `python3 flask_twin.py fill TWIN.sqlite FOLDER` makes its database of exported kinds; the
variable TWIN is its path for the application `app`.
"""

import json
import os
import sqlite3
import sys
import threading
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, abort, render_template, request
from jinja2 import DictLoader

app = Flask(__name__)
kept = threading.local()

FIELDS = ["schoolId", "schoolName", "institutionKind", "ownership", "locationRegionCode", "competentAuthority", "status"]
FILTERS = ["institutionKind", "locationRegionCode", "ownership", "status"]
SIZE = 20
FIRST = 5
# The kinds that refer to a school, and by which field.
RELATED = {"schoolAnnualStat": "schoolId", "programOffering": "schoolId", "cooperation": "institutionId",
           "carrier": "ownerOrgId", "honour": "schoolId", "pilot": "schoolId", "trainingStat": "schoolId",
           "exchangeItem": "ownerSchoolId"}

PAGE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<header><nav><ul>{% for text, href in nav %}<li><a href="{{ href }}">{{ text }}</a></li>{% endfor %}</ul></nav></header>
<main>{% block main %}{% endblock %}</main><footer>数据截至 {{ as_of }}</footer></body></html>"""

LIST = """{% extends "page" %}{% block main %}<h1>{{ title }} <span>共 {{ total }} 条</span></h1>
<form method="get"><label>查找<input name="q" value="{{ q }}"></label>
{% for name, options in filters %}<label>{{ name }}<select name="{{ name }}"><option value="">不限</option>
{% for code, text in options %}<option value="{{ code }}"{% if args.get(name) == code %} selected{% endif %}>{{ text }}</option>
{% endfor %}</select></label>{% endfor %}<button type="submit">筛选</button></form>
<table><thead><tr>{% for name in fields %}<th><a href="{{ sorted_by(name) }}">{{ name }}</a></th>{% endfor %}</tr></thead><tbody>
{% for row in rows %}<tr>{% for cell in row %}<td>{% if loop.first %}<a href="/school/{{ row[0] }}">{{ row[1] }}</a>
{% else %}{{ cell or "未填报" }}{% endif %}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>
<nav>{% for number in pages %}<a href="{{ page_at(number) }}">{{ number }}</a>{% endfor %}</nav>{% endblock %}"""

RECORD = """{% extends "page" %}{% block main %}<h1>{{ title }}</h1><dl>{% for name, value in facts %}<div><dt>{{ name }}</dt>
<dd>{{ value if value is not none else "未填报" }}</dd></div>{% endfor %}</dl>
{% for kind, count, names, rows in related %}<section><h2>{{ kind }} {{ count }}</h2>
<table><thead><tr>{% for name in names %}<th>{{ name }}</th>{% endfor %}</tr></thead><tbody>
{% for row in rows %}<tr>{% for name in names %}<td>{% if loop.first %}<a href="/{{ kind }}/{{ row["id"] }}">{{ row[name] }}</a>
{% else %}{{ row.get(name, "未填报") }}{% endif %}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>{% if count > rows | length %}<a href="/{{ kind }}?school={{ id }}">看全部 {{ count }} 条</a>{% endif %}
</section>{% endfor %}{% endblock %}"""

app.jinja_loader = DictLoader({"page": PAGE, "list.html": LIST, "record.html": RECORD})
app.jinja_env.autoescape = True

NAV = [("首页", "/"), ("学校", "/school"), ("专业", "/programOffering"), ("企业", "/enterprise"), ("载体", "/carrier"),
       ("供需对接", "/exchangeItem"), ("数据指标", "/figures"), ("更多台账", "/kinds")]


def database():
    if not hasattr(kept, "connection"):
        kept.connection = sqlite3.connect(os.environ["TWIN"])
    return kept.connection


def options(name):
    if name == "locationRegionCode":
        return database().execute("SELECT DISTINCT r.code, r.name FROM school s JOIN region r"
                                  " ON r.code = s.locationRegionCode ORDER BY r.code").fetchall()
    return [(code, code) for code, in database().execute(f"SELECT DISTINCT {name} FROM school ORDER BY 1")]


@app.get("/health")
def health():
    return "ok\n"


@app.get("/school")
def schools():
    conditions, values = [], []
    for name in FILTERS:
        if request.args.get(name):
            conditions.append(f"s.{name} = ?")
            values.append(request.args[name])
    if request.args.get("q"):
        conditions.append("s.schoolName LIKE ?")
        values.append(f"%{request.args['q']}%")
    where = " WHERE " + " AND ".join(conditions) if conditions else ""
    sort = request.args.get("sort", "schoolName")
    order = sort if sort in FIELDS else "schoolName"
    page = max(1, request.args.get("page", 1, int))
    total, = database().execute("SELECT count(*) FROM school s" + where, values).fetchone()
    rows = database().execute(
        "SELECT s.schoolId, s.schoolName, s.institutionKind, s.ownership, r.name, s.competentAuthority, s.status"
        f" FROM school s LEFT JOIN region r ON r.code = s.locationRegionCode{where} ORDER BY s.{order} LIMIT ? OFFSET ?",
        [*values, SIZE, (page - 1) * SIZE]).fetchall()

    def address(**changes):
        return "/school?" + urlencode({**request.args.to_dict(), **changes})

    return render_template(
        "list.html", title="学校", total=total, q=request.args.get("q", ""), args=request.args, fields=FIELDS, rows=rows,
        filters=[(name, options(name)) for name in FILTERS], nav=NAV, as_of="2022-07-14",
        pages=range(1, (total + SIZE - 1) // SIZE + 1), sorted_by=lambda name: address(sort=name),
        page_at=lambda number: address(page=number))


def related(identifier):
    """For each kind that refers to a school: how many, the names of its first columns, the first records."""
    for kind in RELATED:
        count, = database().execute(f"SELECT count(*) FROM {kind} WHERE school = ?", [identifier]).fetchone()
        if count:
            rows = [json.loads(row) for row, in database().execute(
                f"SELECT everything FROM {kind} WHERE school = ? ORDER BY id LIMIT ?", [identifier, FIRST])]
            yield kind, count, [name for name in rows[0] if name not in ("id", RELATED[kind])][:FIRST], rows


@app.get("/school/<identifier>")
def school(identifier):
    found = database().execute("SELECT everything, schoolName FROM school WHERE schoolId = ?", [identifier]).fetchone()
    if not found:
        abort(404)
    return render_template("record.html", id=identifier, title=found[1], facts=json.loads(found[0]).items(),
                           related=related(identifier), nav=NAV, as_of="2022-07-14")


def fill(path, folder):
    def exported(kind):
        return json.loads((Path(folder) / f"{kind}.json").read_text("utf-8"))

    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"CREATE TABLE school ({', '.join(FIELDS)}, everything, PRIMARY KEY (schoolId))")
        connection.executemany(
            f"INSERT INTO school VALUES ({', '.join('?' * (len(FIELDS) + 1))})",
            [[row.get(name) for name in FIELDS] + [json.dumps(row, ensure_ascii=False)] for row in exported("school")])
        for name in FILTERS:
            connection.execute(f"CREATE INDEX by_{name} ON school ({name})")
        connection.execute("CREATE TABLE region (code PRIMARY KEY, name)")
        connection.executemany("INSERT INTO region VALUES (?, ?)",
                               [[row["regionCode"], row["regionName"]] for row in exported("region")])
        for kind, field in RELATED.items():
            connection.execute(f"CREATE TABLE {kind} (id PRIMARY KEY, school, everything)")
            connection.executemany(
                f"INSERT INTO {kind} VALUES (?, ?, ?)",
                [[row["id"], row.get(field), json.dumps(row, ensure_ascii=False)] for row in exported(kind)])
            connection.execute(f"CREATE INDEX {kind}_by_school ON {kind} (school, id)")


if __name__ == "__main__":
    if sys.argv[1:2] != ["fill"]:
        sys.exit("用法：python3 flask_twin.py fill TWIN.sqlite FOLDER")
    fill(*sys.argv[2:4])
