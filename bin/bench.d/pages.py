"""Measures the pages and the start of citong, beside nginx and a Flask twin."""

import json
import os
import shutil
import statistics
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from servers import CONNECTIONS, Server, free_port, get, load
from support import environment, python_with, reason, say, table

HERE = Path(__file__).resolve().parent
TITLES = 2000
# What the twin is filled with; programOffering also gives the names for the titles to match.
EXPORTED = ["school", "region", "schoolAnnualStat", "programOffering", "cooperation", "carrier", "honour", "pilot",
            "trainingStat", "exchangeItem"]


def flask_command(python, port):
    """Flask as one runs it: gunicorn with a worker for every processor."""
    workers = str(len(os.sched_getaffinity(0)))
    return [python, "-m", "gunicorn", "-w", workers, "--threads", "4", "-b", f"127.0.0.1:{port}", "--chdir", str(HERE),
            "flask_twin:app"]


def titles(offerings):
    """Titles as enterprises write them, always the same."""
    names = sorted({row["title" if "title" in row else "offeringName"].split("·")[-1].strip()
                    if ("title" in row or "offeringName" in row) else row["programCode"] for row in offerings})
    jobs = ["数控车工", "电商客服", "服装打版师", "食品检验员", "焊工", "护理员", "会计", "机电维修工", "直播运营", "仓库管理员",
            "跟单员", "陶瓷彩绘师", "鞋样设计师", "汽车维修工", "幼儿教师", "前端工程师", "模具钳工", "质检员", "叉车司机", "厨师"]
    shapes = ["急聘{}{}名，包吃住", "{}实习岗位 {} 名", "招{}，{}人，月薪 5000 起", "{}订单班 {} 人", "需要会{}的学生 {} 名"]
    words = jobs + names
    return [shapes[number % len(shapes)].format(words[number * 7 % len(words)], number % 40 + 1)
            for number in range(TITLES)]


def match_times(program, data, folder, offerings):
    """Milliseconds per item of `citong match --batch`, as its answers come."""
    batch = folder / "needs.jsonl"
    batch.write_text("".join(json.dumps({"title": title}, ensure_ascii=False) + "\n" for title in titles(offerings)),
                     "utf-8")
    started = time.monotonic()
    process = subprocess.Popen([program, "match", "--batch", str(batch), "--data", str(data)], cwd=folder,
                               env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    times, errors, empty = [], 0, 0
    for line in process.stdout:
        times.append(time.monotonic())
        answer = json.loads(line)
        errors += "error" in answer
        empty += not answer.get("candidates")
    if process.wait() != 0 or len(times) != TITLES:
        raise OSError(f"match --batch：{len(times)} 行，退出码 {process.returncode}：{process.stderr.read().decode()[:300]}")
    steps = sorted((later - earlier) * 1000 for earlier, later in zip(times, times[1:]))
    return {"first": (times[0] - started) * 1000, "middle": statistics.median(steps),
            "late": steps[int(len(steps) * 0.99)], "worst": steps[-1], "all": times[-1] - started,
            "errors": errors, "empty": empty}


NGINX = """{user} worker_processes auto; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.err;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; tcp_nopush on; default_type "text/html; charset=utf-8"; keepalive_requests 1000000;
  client_body_temp_path {folder}/n1; proxy_temp_path {folder}/n2; fastcgi_temp_path {folder}/n3;
  uwsgi_temp_path {folder}/n4; scgi_temp_path {folder}/n5;
  server {{ listen 127.0.0.1:{port}; root {static}; }} }}
"""


class Pages:
    """The page measurements of one run, in a folder of their own."""

    def __init__(self, program, folder, seconds):
        self.program, self.folder, self.seconds = program, folder, seconds
        self.data = folder / "data"
        self.servers, self.rows, self.rates, self.notes, self.faults = [], [], {}, [], []

    def citong(self, *words):
        result = subprocess.run([self.program, *words, "--data", str(self.data)], cwd=self.folder, env=environment(),
                                capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise OSError(f"citong {words[0]}：{result.stderr[:400]}")

    def exported(self, kind):
        return json.loads((self.folder / f"{kind}.json").read_text("utf-8"))

    def serve(self, name="citong"):
        port = free_port()
        return Server(name, self.folder, [self.program, "serve", "--data", str(self.data), "--port", str(port)], port,
                      "/school")

    def keep(self, server):
        self.servers.append(server)
        return server

    def measure(self, key, label, server, path, to=None):
        """Loads one page; `to` names the measurement of ours it is compared with."""
        say(f"压测 {label} {path}……")
        try:
            found = load(server, path, self.seconds)
        except OSError as error:
            self.faults.append(str(error))
            self.rows.append([label, path, "没有测成", "", "", ""])
            return
        self.rates[key] = found["rate"]
        if found["errors"]:
            self.faults.append(f"{label} {path}：{found['errors']}")
        ratio = f"{self.rates[to] / found['rate']:.2f}" if to in self.rates else ""
        self.rows.append([label, path, f"{found['rate']:,.0f}", found["late"], f"{found['bytes'] / 1024:.1f} KB", ratio])

    def nginx(self, pages):
        """Serves the same bytes as files."""
        port, static = free_port(), self.folder / "static"
        static.mkdir()
        for name, body in pages.items():
            (static / name).write_bytes(body)
        config = self.folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        config.write_text(NGINX.format(user=user, folder=self.folder, port=port, static=static))
        command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(config), "-p", str(self.folder)]
        return self.keep(Server("nginx", self.folder, command, port, "/school"))

    def flask(self):
        """Serves like pages the usual way; `None`, with a note, where that can't be had."""
        twin = str(self.folder / "twin.sqlite")
        try:
            python = python_with(self.folder.parent, "flask", "gunicorn")
            subprocess.run([python, str(HERE / "flask_twin.py"), "fill", twin, str(self.folder)], check=True,
                           capture_output=True, env=environment(PYTHONDONTWRITEBYTECODE="1"))
            port = free_port()
            return self.keep(Server("flask", self.folder, flask_command(python, port), port, "/school", TWIN=twin,
                                    PYTHONDONTWRITEBYTECODE="1"))
        except (OSError, subprocess.CalledProcessError) as error:
            self.notes.append(f"没有测 Flask：{reason(error)}")
            return None

    def run(self, city, has_twin):
        """Measures everything and prints the tables."""
        self.folder.mkdir()
        started = time.monotonic()
        self.citong("init", "--city", city, "--demo")
        made = time.monotonic() - started
        for kind in EXPORTED:
            self.citong("export", kind, "--format", "json", "--out", str(self.folder / f"{kind}.json"))
        schools = self.exported("school")
        # A school in use has records of every kind that refer to it.
        used = next((row for row in schools if row.get("status") == "active"), schools[0])
        detail = "/school/" + quote(used["schoolId"])

        starts = []
        for _ in range(5):
            server = self.serve()
            starts.append(server.seconds_to_answer * 1000)
            server.end()
        ours = self.keep(self.serve())
        fresh = ours.memory()

        self.measure("kept", "citong 公开列表（留存）", ours, "/school")
        self.measure("anew", "citong 经办列表（现做）", ours, "/desk/school")
        self.measure("kept detail", "citong 公开详情（留存）", ours, detail)
        pages = {"school": get(ours.port, "/school")[1], "detail": get(ours.port, detail)[1]}
        self.measure("detail", "citong 经办详情（现做）", ours, "/desk" + detail)
        if ours.process.poll() is not None:
            ours = self.keep(self.serve("citong-again"))
        loaded = ours.memory()

        nginx = self.nginx(pages)
        self.measure("nginx", "nginx 静态列表", nginx, "/school", "kept")
        self.measure("nginx detail", "nginx 静态详情", nginx, "/detail", "kept detail")

        twin = self.flask() if has_twin else None
        if twin:
            self.measure("flask", "Flask 列表", twin, "/school", "anew")
            self.measure("flask detail", "Flask 详情", twin, detail, "detail")

        matched = match_times(self.program, self.data, self.folder, self.exported("programOffering"))

        print()
        table(["页面", "地址", "次/秒", "99% 以内", "大小", "citong÷它"], self.rows)
        print(f"\nwrk -t2 -c{CONNECTIONS} -d{self.seconds}s，与服务器在同一台机器上（{os.cpu_count()} 个处理器）。"
              "nginx 比留存的页面，Flask（gunicorn，进程数同处理器数）比现做的页面。\n")
        table(["其他", ""], [
            ["建演示城市", f"{made:.1f} s"],
            ["启动到第一次回答（5 次的中位数）", f"{statistics.median(starts):.0f} ms"],
            ["内存，刚启动", f"{fresh:.0f} MB"],
            ["内存，压测之后", f"{loaded:.0f} MB"],
            *([["内存，Flask 压测之后", f"{twin.memory():.0f} MB"]] if twin else []),
            [f"匹配 {TITLES} 条，共", f"{matched['all']:.1f} s"],
            ["匹配，第一条（含装载）", f"{matched['first']:.0f} ms"],
            ["匹配每条，中位数", f"{matched['middle']:.1f} ms"],
            ["匹配每条，99% 以内", f"{matched['late']:.1f} ms"],
            ["匹配每条，最慢", f"{matched['worst']:.1f} ms"],
            ["匹配没有候选的", f"{matched['empty']} 条"],
        ])
        if matched["errors"]:
            self.faults.append(f"match --batch 有 {matched['errors']} 行 error")

    def end(self):
        for server in self.servers:
            server.end()
