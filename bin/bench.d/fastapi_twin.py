"""The lists and records of the JSON API as a usual small FastAPI application answers them.

It reads the database of citong, whose path is the variable TWIN, with Python's sqlite3, and gives the same JSON: count,
filter, sort, page by number or behind a cursor; fields without a value left out. What a usual application also has and
this one spares: models of the answers, which only take time here; a pool of threads, since the queries are short.
"""

import json
import os
import sqlite3
from datetime import datetime, timedelta, timezone
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Request, Response

app = FastAPI()
store = sqlite3.connect(f"file:{os.environ['TWIN']}?mode=ro", uri=True)
store.row_factory = sqlite3.Row

# Of each kind the identifier, the title, and the fields that are searched besides the identifier.
KINDS = {"school": ("schoolId", "schoolName", ["schoolName"]),
         "enterprise": ("enterpriseId", "enterpriseName", ["enterpriseName", "uscc"])}
STAMP = ["version", "createdAt", "updatedAt", "updatedBy", "sourceSystem", "sourceDocument"]
DEGREES = {"longitude", "latitude"}
MONEY = {"equipmentValue", "annualOutput", "annualRevenue"}
TRUTH = {"isAboveDesignatedSize"}
LISTS = {"formerNames", "campuses", "workplaces", "industryChainNodeIds", "tags"}
CHINA = timezone(timedelta(hours=8))

COLUMNS = {kind: [row["name"] for row in store.execute(f"PRAGMA table_info({kind})")] for kind in KINDS}


def value(name, stored):
    if name in DEGREES:
        return stored / 1_000_000
    if name in MONEY:
        return stored / 100
    if name in TRUTH:
        return bool(stored)
    return json.loads(stored) if name in LISTS else stored


def shown(kind, row):
    answer = {"id": row[KINDS[kind][0]]}
    for name in COLUMNS[kind]:
        if name not in STAMP and row[name] is not None:
            answer[name] = value(name, row[name])
    answer["version"] = row["version"]
    answer["updatedAt"] = datetime.fromtimestamp(row["updatedAt"], CHINA).strftime("%Y-%m-%d %H:%M")
    answer["sourceSystem"] = row["sourceSystem"]
    return answer


def said(content):
    """The answer as text, without the slower encoder that FastAPI has for objects of all sorts."""
    return Response(json.dumps(content, ensure_ascii=False, separators=(",", ":")), media_type="application/json")


def known(kind):
    if kind not in KINDS:
        raise HTTPException(404)
    return KINDS[kind]


def conditions(kind, request, search):
    identifier, _, searched = KINDS[kind]
    parts, values = [], []
    for name, text in request.query_params.items():
        if name in COLUMNS[kind]:
            parts.append(f"{name} = ?")
            values.append(text)
    if search:
        names = [identifier, *searched]
        parts.append("(" + " OR ".join(f"{name} LIKE ?" for name in names) + ")")
        values += [f"%{search}%"] * len(names)
    return parts, values


@app.get("/api/{kind}")
async def records(kind: str, request: Request, q: str = "", sort: str = "", order: str = "asc", cursor: str = "",
                  page: Annotated[int, Query(ge=1)] = 1, limit: Annotated[int, Query(ge=1, le=200)] = 20):
    identifier, title, _ = known(kind)
    sort = sort if sort in COLUMNS[kind] else title
    parts, values = conditions(kind, request, q)
    where = " WHERE " + " AND ".join(parts) if parts else ""
    total, = store.execute(f"SELECT count(*) FROM {kind}{where}", values).fetchone()
    direction, sign = ("DESC", "<") if order == "desc" else ("ASC", ">")
    offset = 0 if cursor else (page - 1) * limit
    if cursor:
        place = json.loads(bytes.fromhex(cursor))
        parts.append(f"({sort}, {identifier}) {sign} (?, ?)")
        values += [place["v"][0], place["i"]]
        where = " WHERE " + " AND ".join(parts)
    rows = store.execute(f"SELECT * FROM {kind}{where} ORDER BY {sort} {direction}, {identifier} {direction}"
                         " LIMIT ? OFFSET ?", [*values, limit + 1, offset]).fetchall()
    following = None
    if len(rows) > limit:
        last = rows[limit - 1]
        place = {"o": ("-" if order == "desc" else "") + sort, "v": [last[sort]], "i": last[identifier]}
        following = json.dumps(place, ensure_ascii=False, separators=(",", ":")).encode().hex()
    return said({"total": total, "offset": offset, "next": following,
                 "items": [shown(kind, row) for row in rows[:limit]]})


@app.get("/api/{kind}/{key}")
async def record(kind: str, key: str):
    identifier, _, _ = known(kind)
    row = store.execute(f"SELECT * FROM {kind} WHERE {identifier} = ?", [key]).fetchone()
    if not row:
        raise HTTPException(404)
    return said(shown(kind, row))


@app.get("/groups/{kind}")
async def groups(kind: str, by: str, summed: str):
    known(kind)
    if by not in COLUMNS[kind] or summed not in COLUMNS[kind]:
        raise HTTPException(400)
    rows = store.execute(f"SELECT {by}, count(*), sum({summed}) FROM {kind} GROUP BY 1 ORDER BY 2 DESC, 1")
    return said([{"value": row[0], "count": row[1], "sum": row[2]} for row in rows])
