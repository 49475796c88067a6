"""Measures the JSON API, beside a FastAPI twin that reads the same database."""

import http.client
import json
import os
import re
import statistics
import subprocess
import time
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote

import first_start
from files import INDUSTRIES, REGIONS
from servers import CONNECTIONS, TOKENS, Server, free_port, get, headers, load
from support import environment, measured, python_with, reason, say, table

HERE = Path(__file__).resolve().parent
# Fields every school has, so that all are in the list whichever orders it.
SORTS = ["schoolName", "institutionKind", "ownership", "competentAuthority", "locationRegionCode", "status"]
SIZE = 20
ASKED = 20
PACKAGES = ["fastapi", "uvicorn", "uvloop", "httptools"]


def milliseconds(value):
    return f"{value:.1f} ms"


class API:
    """The measurements of the API of one run, in a folder of their own."""

    def __init__(self, program, folder, seconds):
        self.program, self.folder, self.seconds = program, folder, seconds
        self.servers, self.notes, self.faults = [], [], []
        self.python = None

    def keep(self, server):
        self.servers.append(server)
        return server

    def serve(self, data, name):
        port = free_port()
        command = [self.program, "serve", "--data", str(data), "--port", str(port)]
        return self.keep(Server(name, self.folder, command, port, "/api/public/school?limit=1"))

    def twin(self, data, name):
        """Answers the same with FastAPI, a process for every processor; `None` where it can't be had."""
        if not self.python:
            return None
        port = free_port()
        command = [self.python, "-m", "uvicorn", "--workers", str(len(os.sched_getaffinity(0))), "--host", "127.0.0.1",
                   "--port", str(port), "--log-level", "warning", "--no-access-log", "--app-dir", str(HERE),
                   "fastapi_twin:app"]
        return self.keep(Server(name, self.folder, command, port, "/api/school?limit=1",
                                TWIN=str(data / "citong.sqlite"), PYTHONDONTWRITEBYTECODE="1"))

    def find_python(self):
        try:
            self.python = python_with(self.folder.parent, *PACKAGES)
        except (OSError, subprocess.CalledProcessError) as error:
            self.notes.append(f"没有测 FastAPI：{reason(error)}")

    def check(self, ours, twin, path):
        """Whether both answer the same JSON."""
        mine, other = get(ours.port, path), get(twin.port, path)
        if mine[0] != 200 or other[0] != 200 or json.loads(mine[1]) != json.loads(other[1]):
            self.faults.append(f"{path}：FastAPI 答的与 citong 不同（{mine[0]}、{other[0]}）")

    # Answers a second

    def rates(self, city):
        """Loads the list and the record of schools, each address other than the one before."""
        data = self.folder / "data"
        measured([self.program, "init", "--city", city, "--demo", "--data", str(data)], self.folder)
        ours, twin = self.serve(data, "citong"), self.twin(data, "fastapi")
        said = measured([self.program, "export", "school", "--format", "json", "--data", str(data)], self.folder).said
        schools = [row["id"] for row in json.loads(said)]
        lists = [f"/api/school?limit={SIZE}&sort={sort}&order={order}&page={page}"
                 for page in range(1, len(schools) // SIZE + 1) for sort in SORTS for order in ("asc", "desc")]
        rows = []
        for label, paths in (("列表", lists), ("详情", [f"/api/school/{quote(school)}" for school in schools])):
            if not paths:
                self.faults.append(f"{Path(city).name} 的学校不到 {SIZE} 所，没有测接口的{label}")
                continue
            file = self.folder / "paths.txt"
            file.write_text("\n".join(paths) + "\n", "utf-8")
            known = None
            for name, server in (("citong", ours), ("FastAPI", twin)):
                if server is None:
                    continue
                say(f"压测 {name} {paths[0]} 等 {len(paths)} 个地址……")
                try:
                    found = load(server, paths[0], self.seconds, file)
                except OSError as error:
                    self.faults.append(str(error))
                    continue
                if found["errors"]:
                    self.faults.append(f"{name} 接口{label}：{found['errors']}")
                ratio = f"{known / found['rate']:.2f}" if known and server is twin else ""
                known = known or found["rate"]
                rows.append([f"{name} {label}", f"{len(paths)}", f"{found['rate']:,.0f}", found["late"],
                             f"{found['bytes'] / 1024:.1f} KB", ratio])
            if twin:
                for path in paths:
                    self.check(ours, twin, path)
        signed = self.visitors(ours, data, lists, schools)
        memory = [f"{name} {server.memory():.0f} MB" for name, server in (("citong", ours), ("FastAPI", twin)) if server]
        self.end()
        print()
        table(["接口（学校，JSON）", "地址数", "次/秒", "99% 以内", "大小", "citong÷它"], rows)
        print(f"\nwrk -t2 -c{CONNECTIONS} -d{self.seconds}s，轮流问不同的地址，经办接口的回答都不留存。目标：citong÷它 不小于 5。压测之后的内存："
              f"{'，'.join(memory)}。")
        if twin:
            print("FastAPI 由 uvicorn（uvloop、httptools）运行，进程数同处理器数，用 sqlite3 读同一个数据库，答的 JSON 逐条核对过相同。")

        print()
        table(["登录与不登录（同样的学校）", "次/秒", "99% 以内", "÷不登录"], signed)
        print("\n不登录的问 /api/public/school，登录的问 /api/school，前三行的地址都长得不留存，回答每次现做；登录的每次都验会话、查角色，学校管理员还要按字段遮住别校的内部数据。"
              "目标：÷不登录 不小于 0.80。")

    def visitors(self, server, data, lists, schools):
        """The same schools asked for by anybody, and by two roles that signed in."""
        own, rows = TOKENS.pop(server.port), []
        records = [f"/api/school/{quote(school)}" for school in schools]
        try:
            for label, paths in (("列表", lists), ("详情", records)):
                if not paths:
                    continue
                known = None
                # Answers to anybody are kept in memory; addresses as long as these are not, for nobody.
                unkept = [path + ("&" if "?" in path else "?") + "&".join(["page=1"] * 50) for path in paths]
                for name, login in (("不登录", None), ("市教育局", "demo-city"), ("学校管理员", "demo-school"),
                                    ("不登录，从内存答", None)):
                    asked = paths if "内存" in name else unkept
                    if login:
                        TOKENS[server.port] = measured(
                            [self.program, "token", login, "--data", str(data)], self.folder).said.strip()
                    else:
                        TOKENS.pop(server.port, None)
                        asked = [path.replace("/api/", "/api/public/") for path in asked]
                    file = self.folder / "paths.txt"
                    file.write_text("\n".join(asked) + "\n", "utf-8")
                    say(f"压测 {name} {asked[0]} 等……")
                    found = load(server, asked[0], self.seconds, file)
                    if found["errors"]:
                        self.faults.append(f"{name} 接口{label}：{found['errors']}")
                    known = known or found["rate"]
                    rows.append([f"{label} {name}", f"{found['rate']:,.0f}", found["late"],
                                 f"{found['rate'] / known:.2f}"])
        except OSError as error:
            self.faults.append(str(error))
        finally:
            TOKENS[server.port] = own
        return rows

    # Long lists

    def times(self, server, paths):
        """Milliseconds of each request, one after another on one connection, and the last answer."""
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
        times = []
        try:
            for path in paths:
                begun = time.perf_counter()
                connection.request("GET", path, headers=headers(server.port))
                response = connection.getresponse()
                body = response.read()
                times.append((time.perf_counter() - begun) * 1000)
                if response.status != 200:
                    raise OSError(f"{server.name} {path} 得 {response.status}")
        finally:
            connection.close()
        return times, body

    def deep(self, server, page):
        """Addresses behind cursors, from a page in the middle on."""
        cursor = json.loads(get(server.port, f"/api/enterprise?limit={SIZE}&page={page}")[1])["next"]
        for _ in range(ASKED):
            path = f"/api/enterprise?limit={SIZE}&cursor={cursor}"
            yield path
            cursor = json.loads(get(server.port, path)[1])["next"]

    def lists(self, data, count):
        """Times requests to lists of many enterprises."""
        ours = self.serve(data, "citong-long")
        TOKENS[ours.port] = first_start.token(ours.port, data.with_suffix(".links").read_text("utf-8"))
        # It fills the index of matching in the background, which would be measured too.
        say("等匹配的索引装好……")
        begun = time.monotonic()
        self.times(ours, [f"/api/matches?title={quote('数控车工')}"])
        filled, full = time.monotonic() - begun, ours.memory()
        twin = self.twin(data, "fastapi-long")
        address = f"/api/enterprise?limit={SIZE}"
        middle = max(1, count // SIZE // 2)
        filtered = [f"{address}&gbIndustryCode={code}" for code in islice(cycle(INDUSTRIES), ASKED)]
        fields = ["gbIndustryCode", "registeredRegionCode", "creditStatus", "verification"]
        asked = [
            ("第一页", [address] * ASKED, None),
            ("第一页，按行业排序", [f"{address}&sort=gbIndustryCode&order={order}" for order in ("asc", "desc")]
             * (ASKED // 2), None),
            ("第一页，筛一个行业", filtered, None),
            ("第一页，筛行业和注册地，按行业排序",
             [f"{path}&registeredRegionCode={region}&sort=gbIndustryCode" for path, region in
              zip(filtered, cycle(REGIONS))], None),
            (f"第 {middle:,} 页，用页码", [f"{address}&page={middle + step}" for step in range(ASKED)], None),
            (f"第 {middle:,} 页之后，用 cursor", list(self.deep(ours, middle)), None),
            ("查找文字", [f"{address}&q={quote(f'{number}号')}" for number in range(100, 100 + ASKED)], None),
            ("详情", [f"/api/enterprise/E{1 + number * (count // ASKED):06d}" for number in range(ASKED)], None),
            ("经办列表页，筛一个行业", [path.replace(address + "&", "/desk/enterprise?") for path in filtered], []),
            ("经办列表页，各组条数和小计", [f"/desk/enterprise?group={name}" for name in fields] * (ASKED // 4),
             [f"/groups/enterprise?by={name}&summed=employeesOnPost" for name in fields] * (ASKED // 4)),
        ]
        rows, has_counts = [], False
        for label, paths, others in asked:
            say(f"{label}，{paths[0][:80]} 等……")
            try:
                mine, body = self.times(ours, paths)
                row = [label, milliseconds(statistics.median(mine)), milliseconds(max(mine))]
                others = paths if others is None else others
                if twin and others:
                    other, _ = self.times(twin, others)
                    row += [milliseconds(statistics.median(other)),
                            f"{statistics.median(mine) / statistics.median(other):.2f}"]
                    if others is paths:
                        self.check(ours, twin, paths[0])
                else:
                    row += ["", ""]
            except OSError as error:
                self.faults.append(str(error))
                row = [label, "没有测成", "", "", ""]
            else:
                if "/desk/" in paths[0] and "group=" not in paths[0]:
                    has_counts = re.search(r"（[\d,]+）</option>", body.decode()) is not None
            rows.append(row)
        print()
        table([f"长列表（{count:,} 条企业）", "citong 中位数", "最慢", "FastAPI 中位数", "citong÷它"], rows)
        print(f"\n每项 {ASKED} 次，一次一次问；小于 1 是 citong 更快。目标：中位数不超过 20 ms。各组条数一项，FastAPI 只答条数和在岗职工之和，"
              "不做页面。" + ("" if has_counts else "记录多了，经办列表页的筛选旁不给条数。")
              + f"匹配的索引 {filled:.1f} s 装好，那时内存 {full:.0f} MB，测完之后 {ours.memory():.0f} MB"
              + (f"（FastAPI {twin.memory():.0f} MB）。" if twin else "。"))

    def run(self, city, has_twin, data, count):
        """Measures everything and prints the tables; `data` is a data folder with many enterprises, if there is one."""
        self.folder.mkdir()
        if has_twin:
            self.find_python()
        self.rates(city)
        if data:
            self.lists(data, count)

    def end(self):
        for server in self.servers:
            server.end()
