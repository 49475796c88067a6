"""Servers that are started, loaded and ended."""

import http.client
import re
import socket
import subprocess
import time
from pathlib import Path

from support import end_family, environment, family

HERE = Path(__file__).resolve().parent
CONNECTIONS = 64
# The tokens with which servers are asked, by port: as the city's bureau of the demo.
TOKENS = {}


def headers(port):
    return {"Authorization": f"Bearer {TOKENS[port]}"} if port in TOKENS else {}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers=headers(port))
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
        if arguments[1:2] == ["serve"]:
            data = arguments[arguments.index("--data") + 1]
            made = subprocess.run([arguments[0], "token", "demo-city", "--data", data], capture_output=True, text=True,
                                  check=False, cwd=folder, env=environment())
            if made.returncode == 0:
                TOKENS[port] = made.stdout.strip()
        started = time.monotonic()
        with open(self.log, "ab") as sink:
            self.process = subprocess.Popen(arguments, cwd=folder, env=environment(**env), stdin=subprocess.DEVNULL,
                                            stdout=sink, stderr=sink)
        try:
            while not self.answers(path):
                if self.process.poll() is not None or time.monotonic() - started > 60:
                    raise OSError(f"{name} 没有起来：{self.log.read_text('utf-8', 'replace')[-600:]}")
                time.sleep(0.002)
        except BaseException:
            self.end()
            raise
        self.seconds_to_answer = time.monotonic() - started

    def answers(self, path):
        try:
            return get(self.port, path)[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def memory(self):
        """Resident memory of the process and those it started, in MB."""
        total = 0
        for pid in family(self.process.pid):
            try:
                found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
            except OSError:
                continue
            total += int(found.group(1)) if found else 0
        return total / 1024

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                end_family(self.process)


def load(server, path, seconds, paths=None):
    """Requests per second, latency at 99 %, bytes of a page; errors end the run.

    `paths` is a file of addresses, one a line, that are asked for in turn; `path` is then one of them.
    """
    status, body = get(server.port, path)
    if status != 200:
        raise OSError(f"{server.name} {path} 得 {status}")
    url = f"http://127.0.0.1:{server.port}{path}"
    for duration in (1, seconds):
        command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{duration}s", "--latency"]
        for name, value in headers(server.port).items():
            command += ["-H", f"{name}: {value}"]
        command += ["-s", str(HERE / "in_turn.lua"), url, "--", str(paths)] if paths else [url]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise OSError(f"wrk {path}：{run.stderr.strip()[-300:]}")
        said = run.stdout
    if server.process.poll() is not None:
        raise OSError(f"{server.name} 在压测 {path} 时倒了：{server.log.read_text('utf-8', 'replace')[:300]}")
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: (.*)", said)
    return {
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1)),
        "late": re.search(r"99%\s+(\S+)", said).group(1), "bytes": len(body),
        "errors": "；".join(([f"{wrong.group(1)} 个不是 2xx"] if wrong else []) + ([broken.group(1)] if broken else [])),
    }
