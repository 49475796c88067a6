"""Tasks with files that are hard on the machine: bigger than the memory the server may take, bigger than the disk."""

import contextlib
import http.client
import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

from browser_test import Site, Skipped, contains, copy_data, environment, need, same, short, stop, task, wait

BIG = 200_000_000  # bytes of the file that is handed in
MOST_MEMORY = 200_000_000  # bytes of memory the server may ever have had meanwhile
DISK = 12  # megabytes of the disk that fills; an empty register has 2

DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # those of a credit code, by their values


def credit_code(number):
    """The unified social credit code of an enterprise nobody registered (GB 32100, GB 11714)."""
    body = f"{number:08d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2)))
    code = "91990199" + body + "0123456789X0"[11 - total % 11]
    return code + DIGITS[-sum(DIGITS.index(digit) * pow(3, place, 31) for place, digit in enumerate(code)) % 31]


def enterprises(path, size, region, industry, scope=1, encoding="utf-8"):
    """Writes a CSV file of at least so many bytes, all its rows good and new; how many rows it has."""
    tail = f"号有限公司,{region},{industry},{'零件的制造、销售和维修，' * scope}\n".encode(encoding)
    start = ",虚构".encode(encoding)
    written = number = 0
    with open(path, "wb") as file:
        written += file.write("统一社会信用代码,企业名称,注册地,行业,经营范围\n".encode(encoding))
        while written < size:
            number += 1
            written += file.write(b"%b%b%d%b" % (credit_code(number).encode(), start, number, tail))
    return number


def hand_in(site, path):
    """Uploads a file of enterprises without holding it; the identifier of its job."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        with open(path, "rb") as file:
            connection.request("POST", f"/api/imports?name={quote(path.name)}&kind=enterprise", file,
                               {"Content-Length": str(path.stat().st_size), "Authorization": f"Bearer {site.token}"})
            answer = connection.getresponse()
            said = answer.read().decode()
    finally:
        connection.close()
    same(answer.status, 202, f"上传 {path.name}：{said}")
    return json.loads(said)["id"]


def most_memory(process):
    """The most memory a process ever had, in bytes."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s*(\d+) kB", status).group(1)) * 1024


@task("200 MB 的 CSV 不占多少内存，检查时照常应答，放弃后什么也不留 / a file of 200 MB is checked in little memory")
def big_file(site, browser):
    if not Path("/proc/self/status").exists():
        raise Skipped("这个系统没有 /proc，量不了内存")
    one = site.ask("/api/enterprise", limit=1)["items"][0]
    place = one["registeredRegionCode"], one["gbIndustryCode"]
    # What Chinese spreadsheets write; its encoding is told by the first bytes, so that rows come at once.
    file = site.folder / "大文件.csv"
    enterprises(file, BIG, *place, scope=80, encoding="gb18030")
    data = site.folder / "hard"
    copy_data(site.data, data)
    other = Site(site.program, site.folder, data, "hard").start()
    try:
        before = standing(other)
        job = hand_in(other, file)

        def now():
            return other.ask(f"/api/imports/{job}")

        wait(lambda: now()["rows"] >= 1000, "1000 行还没看完")
        for path in ("/", "/enterprise", "/desk/enterprise", "/desk/import", f"/desk/import/{job}", "/api/figures",
                     "/search?q=" + quote("学校"), "/desk/school.csv"):
            same(other.get(path).status, 200, f"检查时的 {path}")
        same(now()["state"], "checking", "问过这些页面之后的状态")
        give_up(other, job, before)
        need(most_memory(other.process) < MOST_MEMORY,
             f"服务器最多时占了 {most_memory(other.process) / 1e6:.0f} MB 内存")
        # A smaller one, given up while its rows are written.
        enterprises(file, 500_000, *place)
        job = hand_in(other, file)
        wait(lambda: now()["state"] == "checked", "没有检查完", 60)
        same(other.call("POST", f"/api/imports/{job}/commit").status, 202, "入库")
        wait(lambda: now()["rows"] >= 400 or now()["state"] != "committing", "400 行还没写完", 60)
        written = now()
        same(written["state"], "committing", f"写了 400 行之后的状态（{written}）")
        give_up(other, job, before)
    finally:
        stop(other.process)
        file.unlink()
        shutil.rmtree(data)


def standing(site):
    """What an import would leave behind: records, changes, a number for undoing."""
    return (site.ask("/api/enterprise")["total"], site.ask("/api/changes", since=0, limit=1)["last"],
            site.ask("/api/imports")["imports"])


def give_up(site, job, before):
    """Gives a job up that is being worked on; nothing of it may be left."""
    same(site.call("POST", f"/api/imports/{job}/cancel").status, 202, "放弃")
    wait(lambda: site.ask(f"/api/imports/{job}")["state"] not in ("checking", "committing"), "放弃之后没有停下")
    same(site.ask(f"/api/imports/{job}")["state"], "cancelled", "放弃之后的状态")
    contains(site.get(f"/desk/import/{job}").text, "已放弃", "放弃之后的页面")
    same(site.call("POST", f"/api/imports/{job}/commit").status, 409, "放弃之后再入库")
    same(standing(site), before, "放弃之后的企业数、变更和导入")


@contextlib.contextmanager
def small_disk(folder):
    """Mounts a disk of a few megabytes on a folder; gives what to put before commands that shall see it.

    Only a process that waits for us sees the disk, and it goes with that process, however the test ends.
    """
    folder.mkdir()
    refusals = []
    for apart, into in ((["-m"], ["-m"]), (["-rm"], ["-U", "-m", "--preserve-credentials"])):
        script = f'mount -t tmpfs -o size={DISK}m tmpfs "$0" && echo mounted && exec cat'
        try:
            keeper = subprocess.Popen(
                ["unshare", *apart, "sh", "-c", script, str(folder)], env=environment(), text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        except FileNotFoundError:
            raise Skipped("没有跑：没有 unshare 命令（在软件包 util-linux 里），造不出小磁盘") from None
        try:
            if keeper.stdout.readline():
                yield ["nsenter", "-t", str(keeper.pid), *into]
                return
            refusals.append(keeper.stderr.read().strip())
        finally:
            stop(keeper)
            for pipe in (keeper.stdin, keeper.stdout, keeper.stderr):
                pipe.close()
    raise Skipped("没有跑：造不出小磁盘，要能以 root 挂载，或允许 unshare -rm：" + short("；".join(refusals)))


@task("导入到一半磁盘满了：说一行，什么也不写，库是好的 / a disk that fills leaves all as it was")
def full_disk(site, browser):
    folder = site.folder / "small-disk"
    example = Path(__file__).resolve().parents[2] / "Cities/example"
    big, small = site.folder / "装不下.csv", site.folder / "装得下.csv"
    enterprises(big, 20_000_000, "990103", "C136", scope=20)
    few = enterprises(small, 5_000, "990103", "C136")
    with small_disk(folder) as inside:
        data = str(folder / "data")

        def run(*arguments):
            return subprocess.run(
                [*inside, site.program, *arguments, "--data", data], cwd=site.folder, env=environment(), timeout=120,
                stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)

        def good(*arguments):
            result = run(*arguments)
            same(result.returncode, 0, f"citong {arguments[0]} 的退出码（{result.stderr}）")
            return result.stdout

        good("init", "--city", str(example))
        need(not (folder / "data").exists(), "小磁盘在外面也看得见")
        kinds = ("enterprise", "school", "industry", "region")
        before = [good("export", kind) for kind in kinds]
        result = run("import", str(big))
        same(result.returncode, 1, f"退出码（{result.stdout}）")
        lines = result.stderr.splitlines()
        same(len(lines), 1, f"标准错误的行数（{lines}）")
        need(lines[0].startswith("CIT-E-001 "), f"没有代码 CIT-E-001：{lines[0]}")
        contains(lines[0], "磁盘已满", "那一行")
        same(result.stdout, "", "标准输出")
        same([good("export", kind) for kind in kinds], before, "磁盘满了之后的记录")
        good("doctor")
        # No import was begun before, so that this one is the first.
        contains(good("import", str(small)), f"新增 {few}，更新 0，未变 0，退回 0。导入编号 1，", "小一些的文件")
        same(len(good("export", "enterprise").splitlines()), 1 + few, "导出的行数")
        good("doctor")
