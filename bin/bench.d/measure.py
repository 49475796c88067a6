"""Measures citong beside nginx and a Flask twin; called by bin/bench. Prints one table."""

import argparse
import http.client
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
CONNECTIONS = 64
TITLES = 2000


def fail(text):
    print(text, file=sys.stderr)
    sys.exit(1)


def environment(**more):
    ours = {name: value for name, value in os.environ.items() if not name.startswith("CITONG_")}
    return {**ours, **more}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


class Server:
    """A server that is started, waited for and ended."""

    def __init__(self, name, folder, arguments, port, path, **env):
        self.name = name
        self.port = port
        self.log = folder / f"{name}.log"
        started = time.monotonic()
        with open(self.log, "ab") as sink:
            self.process = subprocess.Popen(arguments, cwd=folder, env=environment(**env), stdin=subprocess.DEVNULL,
                                            stdout=sink, stderr=sink, start_new_session=True)
        while True:
            try:
                if get(port, path)[0] == 200:
                    break
            except (OSError, http.client.HTTPException):
                pass
            if self.process.poll() is not None or time.monotonic() - started > 60:
                said = self.log.read_text("utf-8", "replace")[-600:]
                self.end()
                raise OSError(f"{name} 没有起来：{said}")
            time.sleep(0.002)
        self.seconds_to_answer = time.monotonic() - started

    def memory(self):
        """Resident memory of the process and those it started, in MB."""
        total, waiting = 0, [self.process.pid]
        while waiting:
            pid = waiting.pop()
            try:
                status = Path(f"/proc/{pid}/status").read_text()
                for thread in Path(f"/proc/{pid}/task").iterdir():
                    waiting += [int(child) for child in (thread / "children").read_text().split()]
            except OSError:
                continue
            found = re.search(r"VmRSS:\s+(\d+) kB", status)
            total += int(found.group(1)) if found else 0
        return total / 1024

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


def load(server, path, seconds):
    """Requests per second, latency at 99 %, bytes of a page; errors end the run."""
    status, body = get(server.port, path)
    if status != 200:
        raise OSError(f"{server.name} {path} 得 {status}")
    url = f"http://127.0.0.1:{server.port}{path}"
    for duration in (1, seconds):
        command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{duration}s", "--latency", url]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if server.process.poll() is not None:
        raise OSError(f"{server.name} 在压测 {path} 时倒了：{server.log.read_text('utf-8', 'replace')[:300]}")
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: (.*)", said)
    return {
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1)),
        "late": re.search(r"99%\s+(\S+)", said).group(1), "bytes": len(body),
        "errors": "；".join(([f"{wrong.group(1)} 个不是 2xx"] if wrong else []) + ([broken.group(1)] if broken else [])),
    }


def flask_python(folder):
    """A Python that has Flask, installed into a temporary folder when there is none."""
    if subprocess.run([sys.executable, "-c", "import flask"], capture_output=True, check=False).returncode == 0:
        return sys.executable
    home = folder / "venv"
    print("没有 Flask：用 pip 装进临时文件夹……", flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True, capture_output=True)
    python = str(home / "bin/python")
    subprocess.run([python, "-m", "pip", "install", "-q", "flask", "gunicorn"], check=True, capture_output=True)
    return python


def flask_command(python, port):
    """With gunicorn where it is there, as one would run it; else Flask's own server."""
    if subprocess.run([python, "-c", "import gunicorn"], capture_output=True, check=False).returncode == 0:
        workers = str(os.cpu_count() or 2)
        return "Flask（gunicorn）", [python, "-m", "gunicorn", "-w", workers, "--threads", "4", "-b",
                                 f"127.0.0.1:{port}", "--chdir", str(HERE), "flask_twin:app"]
    return "Flask（自带服务器）", [python, str(HERE / "flask_twin.py"), str(port)]


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


def width(text):
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def table(head, rows):
    widths = [max(width(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for number, row in enumerate([head, *rows]):
        cells = [text + " " * (size - width(text)) if column == 0 else " " * (size - width(text)) + text
                 for column, (text, size) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("  ".join("-" * size for size in widths))


def main():
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("program")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--city", default="Cities/quanzhou")
    parser.add_argument("--no-twin", action="store_true")
    arguments = parser.parse_args()
    program, city = str(Path(arguments.program).resolve()), str(Path(arguments.city).resolve())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="citong-bench-"))
    servers, notes, faults = [], [], []
    try:
        data = folder / "data"

        def run(*words):
            result = subprocess.run([program, *words], cwd=folder, env=environment(), capture_output=True, text=True,
                                    check=False)
            if result.returncode != 0:
                raise OSError(f"citong {words[0]}：{result.stderr[:400]}")
            return result.stdout

        started = time.monotonic()
        run("init", "--city", city, "--demo", "--data", str(data))
        made = time.monotonic() - started
        exported = {}
        for kind in ("school", "region", "programOffering"):
            exported[kind] = folder / f"{kind}.json"
            run("export", kind, "--format", "json", "--data", str(data), "--out", str(exported[kind]))
        identifier = json.loads(exported["school"].read_text("utf-8"))[0]["schoolId"]
        detail = "/school/" + quote(identifier)

        def serve(name="citong"):
            port = free_port()
            return Server(name, folder, [program, "serve", "--data", str(data), "--port", str(port)], port, "/school")

        starts = []
        for _ in range(5):
            server = serve()
            starts.append(server.seconds_to_answer * 1000)
            server.end()
        ours = serve()
        servers.append(ours)
        fresh = ours.memory()

        rows, rates = [], {}

        def measure(key, label, server, path, to=None):
            print(f"压测 {label} {path}……", file=sys.stderr, flush=True)
            try:
                found = load(server, path, arguments.seconds)
            except OSError as error:
                faults.append(str(error))
                rows.append([label, path, "没有测成", "", "", ""])
                return
            rates[key] = found["rate"]
            if found["errors"]:
                faults.append(f"{label} {path}：{found['errors']}")
            ratio = f"{rates[to] / found['rate']:.2f}" if to in rates else ""
            rows.append([label, path, f"{found['rate']:,.0f}", found["late"], f"{found['bytes'] / 1024:.1f} KB", ratio])

        measure("kept", "citong 公开列表（留存）", ours, "/school")
        measure("anew", "citong 经办列表（现做）", ours, "/desk/school")
        measure("kept detail", "citong 公开详情（留存）", ours, detail)
        pages = {"school": get(ours.port, "/school")[1], "detail": get(ours.port, detail)[1]}
        measure("detail", "citong 经办详情（现做）", ours, "/desk" + detail)
        if ours.process.poll() is not None:
            ours = serve("citong-again")
            servers.append(ours)
        loaded = ours.memory()

        # nginx with the same bytes
        port = free_port()
        static = folder / "static"
        static.mkdir()
        for name, body in pages.items():
            (static / name).write_bytes(body)
        config = folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        config.write_text(f"""{user} worker_processes auto; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.err;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; tcp_nopush on; default_type "text/html; charset=utf-8"; keepalive_requests 1000000;
  client_body_temp_path {folder}/n1; proxy_temp_path {folder}/n2; fastcgi_temp_path {folder}/n3;
  uwsgi_temp_path {folder}/n4; scgi_temp_path {folder}/n5;
  server {{ listen 127.0.0.1:{port}; root {static}; }} }}
""")
        nginx = Server("nginx", folder, [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(config), "-p",
                                         str(folder)], port, "/school")
        servers.append(nginx)
        measure("nginx", "nginx 静态列表", nginx, "/school", "kept")
        measure("nginx detail", "nginx 静态详情", nginx, "/detail", "kept detail")

        twin = None
        if not arguments.no_twin:
            try:
                python = flask_python(folder)
                subprocess.run([python, str(HERE / "flask_twin.py"), "fill", str(folder / "twin.sqlite"),
                                str(exported["school"]), str(exported["region"])], check=True, capture_output=True,
                               env=environment(PYTHONDONTWRITEBYTECODE="1"))
                port = free_port()
                label, command = flask_command(python, port)
                twin = Server("flask", folder, command, port, "/school", TWIN=str(folder / "twin.sqlite"),
                              PYTHONDONTWRITEBYTECODE="1")
                servers.append(twin)
                measure("flask", f"{label} 列表", twin, "/school", "anew")
                measure("flask detail", f"{label} 详情", twin, detail, "detail")
            except (OSError, subprocess.CalledProcessError) as error:
                told = getattr(error, "stderr", None)
                notes.append(f"没有测 Flask：{(told or str(error).encode()).decode('utf-8', 'replace')[-300:]}")

        matched = match_times(program, data, folder, json.loads(exported["programOffering"].read_text("utf-8")))

        print()
        table(["页面", "地址", "次/秒", "99% 以内", "大小", "citong÷它"], rows)
        print(f"\nwrk -t2 -c{CONNECTIONS} -d{arguments.seconds}s，与服务器在同一台机器上（{os.cpu_count()} 个处理器）。"
              "nginx 比留存的页面，Flask 比现做的页面。\n")
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
            faults.append(f"match --batch 有 {matched['errors']} 行 error")
    except OSError as error:
        faults.append(str(error))
    finally:
        for server in servers:
            server.end()
        shutil.rmtree(folder, ignore_errors=True)
    for note in notes:
        print(note)
    for fault in faults:
        print(f"有问题：{fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
