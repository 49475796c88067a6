#!/usr/bin/env python3
"""Black-box tests of pages and API: the built program, a demo city, a headless Chromium.

Usage: browser_test.py CITONG REPOSITORY [--city FOLDER] [--only TEXT] [--keep]

Needs chromedriver and chromium in the PATH, and nothing beyond Python's standard library. Everything it
writes, screenshots included, is in a temporary folder, which is kept only when a test failed.
"""

import argparse
import base64
import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

PATIENCE = 20.0  # seconds until something that was asked for must be there
NARROW = 390  # CSS pixels of a telephone
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of an element in the W3C protocol

TASKS = []


class Failure(Exception):
    """A promise that was not kept."""


class Skipped(Exception):
    """A promise that can't be tried here."""


def task(promise):
    """Registers a test under its promise."""

    def register(function):
        TASKS.append((promise, function))
        return function

    return register


def need(condition, reason):
    if not condition:
        raise Failure(reason)


def same(found, expected, what):
    need(found == expected, f"{what}：应为 {short(expected)}，实为 {short(found)}")


def contains(text, part, what):
    need(part in text, f"{what}：里面没有“{part}”，而是：{short(text)}")


def lacks(text, part, what):
    need(part not in text, f"{what}：有不该有的“{part}”")


def short(value, most=300):
    text = value if isinstance(value, str) else repr(value)
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= most else text[:most] + "…"


def wait(condition, reason, patience=PATIENCE):
    """Waits until condition() is true; what it returns is given back."""
    end = time.monotonic() + patience
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise Failure(f"{reason}（等了 {patience:.0f} 秒）")
        time.sleep(0.05)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stop(process, patience=10):
    """Ends a process we started, in order if it can; its exit status."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return process.returncode


# The program


class Answer:
    """What a server answered."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.content = body
        self.text = body.decode("utf-8", "replace")

    @property
    def json(self):
        try:
            return json.loads(self.text)
        except ValueError:
            raise Failure(f"回答不是 JSON（{self.status}）：{short(self.text)}") from None

    @property
    def type(self):
        return (self.headers.get("Content-Type") or "").split(";")[0]


class Site:
    """The program and the server it is run as."""

    def __init__(self, program, folder, data, name="server"):
        self.program = program
        self.folder = folder
        self.data = data
        self.name = name
        self.port = None
        self.process = None
        self.told = 0  # how much of the log is known
        self.token = ""  # as whom the API is asked
        self.settings = {}  # what the server is told beside

    @property
    def log(self):
        return self.folder / f"{self.name}.log"

    def crash(self):
        """What the server said when it died by itself since it was last started; else nothing."""
        if not self.process or self.process.poll() is None:
            return ""
        said = self.log.read_bytes()[self.told:].decode("utf-8", "replace").splitlines()
        line = next((line for line in said if "Fatal error" in line or "crashed" in line), said[-1] if said else "")
        place = next((line.split(" in citong at ")[-1] for line in said if " in citong at " in line
                      and "/Sources/" in line and "/checkouts/" not in line and "Storage" not in line), "")
        return f"服务器倒了（退出码 {self.process.returncode}）：{short(line)} {place}".strip()

    def run(self, *arguments, patience=300, input="", **how):
        return subprocess.run(
            [self.program, *arguments], cwd=self.folder, env=environment(), timeout=patience,
            input=input, capture_output=True, text=True, check=False, **how)

    def start(self):
        self.port = self.port or free_port()
        self.told = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "ab") as sink:
            self.process = subprocess.Popen(
                [self.program, "serve", "--data", str(self.data), "--port", str(self.port)],
                cwd=self.folder, env=environment() | self.settings, stdin=subprocess.DEVNULL, stdout=sink,
                stderr=sink)

        def healthy():
            if self.process.poll() is not None:
                raise Failure(self.crash())
            try:
                return self.get("/health").status == 200
            except OSError:
                return False

        wait(healthy, "GET /health 没有回答", 60)
        made = self.run("token", "demo-city", "--data", str(self.data))
        self.token = made.stdout.strip() if made.returncode == 0 else ""
        return self

    def link(self, login):
        """A one-time link into an account of the demo."""
        made = self.run("link", login, "--data", str(self.data))
        same(made.returncode, 0, f"citong link {login}：{short(made.stderr)}")
        return urlsplit(made.stdout.strip()).path

    def call(self, method, path, body=None, headers=None):
        """A request as it is; body: bytes, text, or anything that is sent as JSON."""
        sent = dict(headers or {})
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body, ensure_ascii=False)
            sent.setdefault("Content-Type", "application/json")
        if isinstance(body, str):
            body = body.encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path, **query):
        return self.call("GET", path + ("?" + urlencode(query) if query else ""))

    def ask(self, path, **query):
        """The JSON of an address that must be there."""
        answer = self.get(path, **query)
        same(answer.status, 200, f"GET {path} {query or ''}")
        return answer.json

    def county(self):
        """A county of the city, whichever the city is."""
        for row in self.ask("/api/school")["items"]:
            if re.fullmatch(r"\d{6}", row.get("locationRegionCode", "")):
                return row["locationRegionCode"]
        raise Failure("GET /api/school：没有一所学校写明 locationRegionCode")

    def school(self, name, **fields):
        """A school as the API takes it."""
        return {
            "schoolName": name, "institutionKind": "technicianSchool", "ownership": "public",
            "competentAuthority": "cityHr", "locationRegionCode": self.county(), **fields}

    def new_school(self, name, **fields):
        answer = self.call("POST", "/api/school", self.school(name, **fields))
        same(answer.status, 201, f"POST /api/school（{name}）：{short(answer.text)}")
        return answer.json


def enter(site, browser, login):
    """Has the browser act as an account of the demo."""
    browser.open(site.link(login))
    browser.find("button[type=submit].button").follow()
    same(browser.path, "/desk", f"以 {login} 进入之后")


def environment():
    """Ours, without settings that would reach the program."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CITONG_")}


# The browser


class DriverError(Exception):
    def __init__(self, error, message):
        super().__init__(f"{error}：{short(message.splitlines()[0] if message else '')}")
        self.error = error


class Browser:
    """Chromium over the W3C WebDriver protocol."""

    def __init__(self, folder):
        driver = shutil.which("chromedriver")
        chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        need(driver and chromium, "没有 chromedriver 或 chromium：apt-get install chromium chromium-driver")
        self.folder = folder
        self.site = ""
        self.session = None
        self.port = free_port()
        with open(folder / "chromedriver.log", "ab") as sink:
            self.process = subprocess.Popen(
                [driver, f"--port={self.port}"], cwd=folder, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
        try:
            wait(self.is_ready, "chromedriver 没有就绪", 30)
            arguments = [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN",
                "--no-proxy-server", "--no-first-run", "--disable-background-networking",
                "--window-size=1280,900", f"--user-data-dir={folder / 'profile'}"]
            capabilities = {
                "browserName": "chrome", "unhandledPromptBehavior": "accept",
                "goog:chromeOptions": {"binary": chromium, "args": arguments}}
            made = self.send("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
            self.session = f"/session/{made['sessionId']}"
        except BaseException:
            self.close()
            raise

    def is_ready(self):
        need(self.process.poll() is None, "chromedriver 自己结束了，见 chromedriver.log")
        try:
            return self.send("GET", "/status")["ready"]
        except OSError:
            return False

    def send(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, None if body is None else json.dumps(body),
                               {"Content-Type": "application/json"})
            value = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and "error" in value:
            raise DriverError(value["error"], value.get("message", ""))
        return value

    def do(self, method, path, body=None):
        return self.send(method, self.session + path, {} if method == "POST" and body is None else body)

    def close(self):
        try:
            if self.session:
                self.send("DELETE", self.session)
        except (OSError, DriverError, ValueError):
            pass
        self.session = None
        stop(self.process)

    # Pages

    def open(self, path):
        self.do("POST", "/url", {"url": self.site + path})

    @property
    def path(self):
        """Path of the page that is shown, without its query."""
        return urlsplit(self.do("GET", "/url")).path

    @property
    def query(self):
        return {name: values[0] for name, values in parse_qs(urlsplit(self.do("GET", "/url")).query).items()}

    @property
    def text(self):
        """Everything on the page that can be read."""
        return self.script("return document.body.innerText")

    def script(self, script, *arguments):
        return self.do("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def width(self, pixels, height=900):
        """Gives the page a width; a window would stop at 500."""
        self.do("POST", "/window/rect", {"width": max(pixels, 500), "height": height})
        metrics = {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.do("POST", "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics})

    def screenshot(self, name):
        path = self.folder / "screenshots" / (re.sub(r"[^\w-]+", "-", name)[:60] + ".png")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(base64.b64decode(self.do("GET", "/screenshot")))

    # Elements, by CSS

    def all(self, css):
        found = self.do("POST", "/elements", {"using": "css selector", "value": css})
        return [Element(self, one[ELEMENT]) for one in found]

    def find(self, css):
        return wait(lambda: self.all(css), f"{self.path} 上没有 {css}")[0]

    def field(self, name):
        """The control of a form; forms of the masthead do not count."""
        return self.find(f'main form [name="{name}"]')

    def fill(self, **values):
        for folded in self.all("details.later:not([open]) > summary"):
            folded.click()
        for name, value in values.items():
            self.field(name.replace("__", ".")).put(value)

    def follow(self, css):
        """Clicks what leads to another page and waits until that page is there."""
        self.find(css).follow()

    def submit(self):
        """Sends the form in the page's middle."""
        self.find('main form[method="post"] button[type="submit"]:not([name])').follow()


class Element:
    """An element of the page."""

    def __init__(self, browser, reference):
        self.browser = browser
        self.at = f"/element/{reference}"
        self.reference = {ELEMENT: reference}

    def click(self):
        self.browser.script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", self.reference)
        self.browser.do("POST", self.at + "/click")

    def follow(self):
        self.browser.script("window.isLeft = false")
        self.click()
        wait(lambda: self.browser.script(
            "return window.isLeft === undefined && document.readyState === 'complete'"),
            "点击之后没有打开新的页面")

    def put(self, value):
        if self.browser.script("return arguments[0].tagName", self.reference) == "SELECT":
            options = self.browser.script("return [...arguments[0].options].map(o => o.value)", self.reference)
            need(value in options, f"下拉框 {self.attribute('name')} 里没有 {value}，只有 {short(options)}")
            self.browser.script(
                "arguments[0].value = arguments[1];"
                "arguments[0].dispatchEvent(new Event('input', {bubbles: true}));"
                "arguments[0].dispatchEvent(new Event('change', {bubbles: true}))", self.reference, value)
            return
        self.browser.do("POST", self.at + "/clear")
        self.browser.do("POST", self.at + "/value", {"text": value})

    @property
    def text(self):
        return self.browser.do("GET", self.at + "/text")

    @property
    def value(self):
        return self.browser.do("GET", self.at + "/property/value")

    @property
    def is_shown(self):
        return self.browser.script(
            "return arguments[0].checkVisibility ? arguments[0].checkVisibility() : true", self.reference)

    def attribute(self, name):
        return self.browser.do("GET", f"{self.at}/attribute/{name}")

    def all(self, css):
        found = self.browser.do("POST", self.at + "/elements", {"using": "css selector", "value": css})
        return [Element(self.browser, one[ELEMENT]) for one in found]


# Shared by tests

def rows(browser):
    """Titles in the rows of a list."""
    return browser.script(
        "return [...document.querySelectorAll('main table tbody tr')]"
        ".map(row => row.querySelector('a').innerText.trim())")


def total(browser):
    """The number of records a list says it has."""
    found = re.search(r"共\s*([\d,]+)\s*条", browser.find("main h1").text)
    need(found, f"列表标题没有写“共 N 条”：{browser.find('main h1').text}")
    return int(found.group(1).replace(",", ""))


def message_at(browser, name):
    """The message at a field that was refused, as assistive technology finds it."""
    field = browser.field(name)
    same(field.attribute("aria-invalid"), "true", f"字段 {name} 的 aria-invalid")
    for one in (field.attribute("aria-describedby") or "").split():
        for element in browser.all(f'[id="{one}"]'):
            if one.endswith("-error") and element.text.strip():
                return element.text.strip()
    raise Failure(f"字段 {name} 旁边没有说明错在哪里")


def columns_of_csv(answer):
    return answer.text.lstrip("\ufeff").splitlines()[0].split(",")


def is_ordered(values):
    return all(left >= right for left, right in zip(values, values[1:]))


# Tests of pages


@task("首页标明演示数据，正文里的数字与接口和记录一致 / the statement shows the computed figures")
def front_page(site, browser):
    browser.open("/")
    contains(browser.text, "演示数据", "首页")
    figures = {row["code"]: row for row in site.ask("/api/figures")}
    # A figure is what can be opened and then leads to its own page; that link stands last.
    shown = browser.script(
        "return [...document.querySelectorAll('main details')].map(d => ({"
        " links: [...d.querySelectorAll('a[href^=\"/figure/\"]')].map(a => a.getAttribute('href')),"
        " text: d.querySelector('summary').innerText.trim()})).filter(d => d.links.length)")
    need(len(shown) >= 10, f"首页正文里只有 {len(shown)} 个能点开的数字")
    for figure in shown:
        code = figure["links"][-1].removeprefix("/figure/")
        need(code in figures, f"首页的数字 {code} 不在 /api/figures 里")
        row = figures[code]
        need(row["display"] in (figure["text"], figure["text"] + row["unit"]),
             f"首页 {code} 写 {figure['text']}，接口是 {row['display']}（{row['unit']}）")
    codes = {figure["links"][-1].removeprefix("/figure/") for figure in shown}
    for code, kind in (("S1", "vocationalUniversity"), ("S2", "higherVocationalCollege"),
                       ("S3.technician", "technicianSchool")):
        need(code in codes or figures[code]["value"] is None, f"首页正文里没有数字 {code}")
        count = site.ask("/api/school", institutionKind=kind, status="active")["total"]
        same(figures[code]["value"], count, f"数字 {code} 与 {kind} 在用的学校数")
    browser.screenshot("front-page")


@task("点数字到它的页面，再到记录的名单，条数相同 / a figure opens down to its records")
def figure_to_records(site, browser):
    value = next(row["value"] for row in site.ask("/api/figures") if row["code"] == "S3")
    need(value, "演示城市的 S3（中职学校）没有数值")
    browser.open("/")
    summary = next((d for d in browser.all("main details") if (d.all('a[href^="/figure/"]') or [None])[-1] is not None
                    and d.all('a[href^="/figure/"]')[-1].attribute("href").endswith("/figure/S3")), None)
    need(summary, "首页没有可以点开的 S3")
    link = summary.all('a[href="/figure/S3"]')[-1]
    need(not link.is_shown, "数字还没点，构成已经摊开")
    summary.all("summary")[0].click()
    wait(lambda: link.is_shown, "点了数字，没有出现到 /figure/S3 的链接")
    link.follow()
    same(browser.path, "/figure/S3", "点数字之后的地址")
    contains(browser.text, "怎样算出", "/figure/S3")
    records = [a.attribute("href") for a in browser.all('main table a[href*="/school/"]')]
    same(len(records), min(value, 10), "数字页上列出的记录数")
    browser.screenshot("figure")
    browser.follow('main a[href^="/school?"]')
    same(browser.path, "/school", "名单的地址")
    same(browser.query.get("figure"), "S3", "名单地址里的 figure")
    same(total(browser), value, "名单的条数与数字")


@task("每个数字的页面都能打开 / every figure has its page")
def every_figure(site, browser):
    for row in site.ask("/api/figures"):
        answer = site.get("/figure/" + quote(row["code"]))
        same(answer.status, 200, f"/figure/{row['code']}")
        contains(answer.text, row["code"], f"/figure/{row['code']}")


@task("学校列表按类型、文字筛选 / the list of schools is filtered by kind and text")
def list_filters(site, browser):
    kind = "secondaryVocationalSchool"
    browser.open("/school")
    everything = total(browser)
    browser.fill(institutionKind=kind)
    browser.find('main form[method="get"] button[type="submit"]').follow()
    same(browser.query.get("institutionKind"), kind, "筛选后地址里的 institutionKind")
    expected = site.ask("/api/school", institutionKind=kind)
    same(total(browser), expected["total"], "按类型筛选后的条数")
    need(0 < expected["total"] < everything, f"筛选没有作用：{expected['total']} / {everything}")
    same(browser.field("institutionKind").value, kind, "筛选后下拉框还选着的值")
    name = expected["items"][0]["schoolName"]
    browser.fill(q=name)
    browser.find('main form[method="get"] button[type="submit"]').follow()
    same(browser.query.get("institutionKind"), kind, "再加文字后，类型还在")
    need(name in rows(browser), f"按全称“{name}”找不到它：{rows(browser)}")
    browser.open("/school?" + urlencode({"q": "没有这样的学校名"}))
    same(total(browser), 0, "找不存在的名称")
    need(browser.all('main a[href="/school"]'), "没有结果时没有回到全部学校的链接")
    browser.screenshot("list")


@task("列表能排序、倒序，次序与接口相同 / the list is sorted both ways")
def list_sorts(site, browser):
    browser.open("/school")
    browser.follow('main th a[href*="sort=schoolName"]')
    same(browser.query.get("sort"), "schoolName", "点列名之后地址里的 sort")
    upward = rows(browser)
    same(upward, [row["schoolName"] for row in site.ask("/api/public/school", sort="schoolName")["items"]],
         "升序的次序")
    same(browser.find("main th[aria-sort]").attribute("aria-sort"), "ascending", "升序的 aria-sort")
    browser.follow('main th[aria-sort] a')
    same(browser.query.get("order"), "desc", "再点一次之后地址里的 order")
    same(browser.find("main th[aria-sort]").attribute("aria-sort"), "descending", "倒序的 aria-sort")
    everything = site.ask("/api/public/school")["total"]
    if everything <= 20:
        same(rows(browser), upward[::-1], "倒序的次序")
    else:
        need(rows(browser) != upward, "倒序与升序相同")


@task("列表能翻页，不重不漏 / a list is paged without gaps")
def list_pages(site, browser):
    expected = site.ask("/api/public/enterprise")["total"]
    need(expected > 40, f"演示企业只有 {expected} 家，翻不了三页")
    browser.open("/enterprise")
    hrefs = "return [...document.querySelectorAll('main table tbody tr a')].map(a => a.getAttribute('href'))"
    first = browser.script(hrefs)
    browser.follow('main a[rel="next"]')
    second = browser.script(hrefs)
    same(browser.query.get("page"), "2", "下一页的地址里的 page")
    same(len(set(first) | set(second)), len(first) + len(second), "两页合起来不同的企业数")
    browser.follow('main a[rel="prev"]')
    same(browser.script(hrefs), first, "回到上一页的内容")
    seen = set()
    for page in range(1, (min(expected, 200) + 19) // 20 + 1):
        items = site.ask("/api/public/enterprise", page=page)["items"]
        same(len(items), min(20, expected - (page - 1) * 20), f"接口第 {page} 页的条数")
        seen |= {row["id"] for row in items}
    same(len(seen), min(expected, (min(expected, 200) + 19) // 20 * 20), "翻完所见的不同企业数")


@task("学校的页面有名称、资料和 JSON / a school has its page")
def record_page(site, browser):
    browser.open("/school")
    link = browser.find('main table tbody a[href^="/school/"]')
    name, href = link.text.strip(), link.attribute("href")
    link.follow()
    contains(browser.find("main h1").text, name, f"{browser.path} 的标题")
    contains(browser.text, "学校类型", browser.path)
    alternate = browser.find('head link[rel="alternate"][type="application/json"]').attribute("href")
    answer = site.get(urlsplit(alternate).path)
    same(answer.json.get("schoolName"), name, f"{alternate} 的 schoolName")
    contains(browser.find('a[href^="/school/"], a[href="/school"]').attribute("href"), "/school", "面包屑")
    same(site.get(href + "-none").status, 404, "不存在的编号")
    browser.screenshot("record")


@task("不用脚本也能筛选、登记 / lists and forms work without JavaScript")
def without_script(site, browser):
    answer = site.get("/school", institutionKind="technicianSchool")
    same(answer.status, 200, "GET /school?institutionKind=technicianSchool")
    hrefs = set(re.findall(r'<td[^>]*><a href="(/school/[^"?]+)"', answer.text))
    expected = site.ask("/api/school", institutionKind="technicianSchool")
    same(hrefs, {"/school/" + quote(row["id"]) for row in expected["items"]}, "筛选出的学校")
    form = urlencode(site.school("无脚本技工学校"))
    saved = site.call("POST", "/desk/school", form, {"Content-Type": "application/x-www-form-urlencoded"})
    same(saved.status, 303, f"不用脚本登记学校：{short(saved.text)}")
    page = site.get(saved.headers["Location"])
    same(page.status, 200, "登记后转到的页面")
    contains(unescape(page.text), "无脚本技工学校", "登记后转到的页面")


@task("经办人登记一所学校，再修改它 / a school is added and then changed")
def add_and_edit(site, browser):
    name = "浏览器测试技工学校"
    browser.open("/desk/school/new")
    browser.fill(schoolName=name, institutionKind="technicianSchool", ownership="public",
                 competentAuthority="cityHr", locationRegionCode=site.county())
    browser.screenshot("form")
    browser.submit()
    found = re.fullmatch(r"/desk/school/([^/]+)", browser.path)
    need(found, f"登记后到了 {browser.path}，页面说：{short(browser.text)}")
    identifier = found.group(1)
    contains(browser.find("main h1").text, name, "登记后的页面标题")
    saved = site.ask("/api/school/" + identifier)
    same((saved["schoolName"], saved["version"]), (name, 1), "登记后的记录")
    contains(site.get("/school", q=name).text, name, "登记后的公开列表")

    browser.follow(f'main a[href="/desk/school/{identifier}/edit"]')
    same(browser.field("schoolName").value, name, "修改表单里的名称")
    browser.fill(address="测试路 1 号", fullTimeTeachers="120")
    browser.submit()
    same(browser.path, f"/desk/school/{identifier}", "修改后的地址")
    contains(browser.text, "测试路 1 号", "修改后的页面")
    saved = site.ask("/api/school/" + identifier)
    same((saved["version"], saved["address"], saved["fullTimeTeachers"], saved["schoolName"]),
         (2, "测试路 1 号", 120, name), "修改后的记录")
    contains(site.get("/school/" + identifier).text, "测试路 1 号", "修改后的公开页面")


@task("填错的表单在字段旁说明，填过的都还在 / an invalid form says where and keeps what was typed")
def invalid_form(site, browser):
    before = site.ask("/api/school")["total"]
    county = site.county()
    browser.open("/desk/school/new")
    browser.fill(schoolName="", uscc="12350599489300008X", institutionKind="technicianSchool", ownership="public",
                 competentAuthority="cityHr", locationRegionCode=county, sponsor="留下的<举办者>",
                 fullTimeTeachers="很多")
    browser.submit()
    contains(message_at(browser, "schoolName"), "学校全称", "名称旁的说明")
    contains(message_at(browser, "uscc"), "统一社会信用代码", "统一社会信用代码旁的说明")
    contains(message_at(browser, "fullTimeTeachers"), "很多", "专任教师旁的说明")
    contains(browser.find('main [role="alert"]').text, "学校全称", "表单上方的提示")
    for name, value in {"uscc": "12350599489300008X", "institutionKind": "technicianSchool",
                        "ownership": "public", "competentAuthority": "cityHr",
                        "locationRegionCode": county, "sponsor": "留下的<举办者>",
                        "fullTimeTeachers": "很多"}.items():
        same(browser.field(name).value, value, f"退回后字段 {name} 的值")
    same(site.ask("/api/school")["total"], before, "被退回后的学校数")
    browser.screenshot("invalid-form")
    browser.fill(schoolName="改正后的技工学校", uscc="", fullTimeTeachers="12")
    browser.submit()
    need(re.fullmatch(r"/desk/school/[^/]+", browser.path), f"改正后还是没保存：{short(browser.text)}")
    contains(browser.text, "留下的<举办者>", "改正后的页面")


@task("两人同时改，后保存的看到双方的内容，都不丢 / two editors: the later one sees both")
def two_editors(site, browser):
    school = site.new_school("两人同改技工学校", sponsor="原来的举办者")
    address = f"/desk/school/{school['id']}"
    browser.open(address + "/edit")
    first = browser.do("GET", "/window")
    second = browser.do("POST", "/window/new", {"type": "tab"})["handle"]
    try:
        browser.do("POST", "/window", {"handle": second})
        browser.open(address + "/edit")
        browser.fill(sponsor="乙填的举办者")
        browser.submit()
        same(browser.path, address, "第一次保存后的地址")
        browser.do("DELETE", "/window")
        browser.do("POST", "/window", {"handle": first})
        browser.fill(sponsor="甲填的举办者")
        browser.submit()
        notices = [one.text for one in browser.all('main [role="alert"]')]
        need(any("乙填的举办者" in text and "甲填的举办者" in text for text in notices),
             f"后保存的人没有看到双方的内容：{short(notices) if notices else short(browser.text)}")
        same(browser.field("sponsor").value, "甲填的举办者", "冲突后表单里自己填的")
        same(site.ask("/api/school/" + school["id"])["sponsor"], "乙填的举办者", "冲突时库里的")
        browser.screenshot("conflict")
        radio = browser.all('main input[name="pick.sponsor"][value="mine"]')
        if radio:
            radio[0].click()
        browser.submit()
        same(browser.path, address, f"选定之后再保存的地址（{short(browser.text)}）")
        saved = site.ask("/api/school/" + school["id"])
        same((saved["sponsor"], saved["version"]), ("甲填的举办者", 3), "选定之后的记录")
    finally:
        handles = browser.do("GET", "/window/handles")
        for handle in handles:
            browser.do("POST", "/window", {"handle": handle})
            if handle != first:
                browser.do("DELETE", "/window")
        browser.do("POST", "/window", {"handle": first})


@task("冲突时可选用对方的内容 / after a conflict theirs can be taken")
def take_theirs(site, browser):
    school = site.new_school("选用对方技工学校", sponsor="原来的举办者")
    address = f"/desk/school/{school['id']}"
    browser.open(address + "/edit")
    answer = site.call("PUT", f"/api/school/{school['id']}", {"version": 1, "sponsor": "对方的举办者"})
    same(answer.status, 200, f"PUT /api/school/…：{short(answer.text)}")
    browser.fill(sponsor="我的举办者", address="我的地址 2 号")
    browser.submit()
    browser.find('main input[name="pick.sponsor"][value="theirs"]').click()
    browser.submit()
    same(browser.path, address, f"选定之后的地址（{short(browser.text)}）")
    saved = site.ask("/api/school/" + school["id"])
    same((saved["sponsor"], saved["address"]), ("对方的举办者", "我的地址 2 号"), "选定之后的记录")


@task("发布需求后立刻看到候选、分数和各项依据 / a posted need shows candidates, scores and factors")
def post_a_need(site, browser):
    enterprise = site.ask("/api/enterprise", creditStatus="normal")["items"][0]
    browser.open("/desk/exchangeItem/new?kind=graduateJob&side=demand")
    same(browser.field("kind").value, "graduateJob", "表单里的种类")
    same(browser.field("side").value, "demand", "表单里的方向")
    browser.fill(title="数控车工 5 名", ownerEnterpriseId=enterprise["id"],
                 regionCode=enterprise["registeredRegionCode"], headcount="5",
                 description="会看图纸，会数控车床编程与操作")
    browser.fill(programRefs__0__code="660103", skillTerms__0__term="数控车")
    browser.submit()
    found = re.fullmatch(r"/desk/match/([^/]+)", browser.path)
    need(found, f"发布后到了 {browser.path}，页面说：{short(browser.text)}")
    contains(browser.find("main h1").text, "数控车工", "匹配页的标题")
    groups = [group.all("[data-candidate]") for group in browser.all("[data-group]")]
    candidates = [one for group in groups for one in group]
    need(candidates, f"匹配页没有候选：{short(browser.text)}")
    for group in groups:
        scores = [one.all("[data-score]")[0].text for one in group]
        for score in scores:
            need(re.fullmatch(r"\d{1,3}|–", score), f"候选的分数写成“{score}”")
        numbers = [int(score) if score != "–" else -1 for score in scores]
        need(is_ordered(numbers), f"候选没有按分数排列：{scores}")
    first = candidates[0]
    factors = first.all("[data-factor]")
    need(len(factors) >= 3, f"第一个候选只有 {len(factors)} 项依据")
    need(not factors[0].is_shown, "候选还没点开，各项依据已经摊开")
    first.all("summary")[0].click()
    wait(lambda: factors[0].is_shown, "点开候选，没有出现各项依据")
    for factor in factors:
        need(factor.attribute("data-value") or "没有" in factor.text,
             f"{factor.attribute('data-factor')} 既没有得分也没有说明：{factor.text}")
    answer = site.ask("/api/matches", item=found.group(1))
    contains(browser.text, answer["candidates"][0]["name"], "匹配页（接口的第一名）")
    browser.screenshot("match")


@task("390 像素宽的屏幕不横向滚动 / no sideways scrolling on a telephone")
def narrow(site, browser):
    item = site.ask("/api/public/exchangeItem")["items"][0]["id"]
    school = site.ask("/api/public/school")["items"][0]["id"]
    faults = []
    try:
        browser.width(NARROW, 844)
        for path in ("/", "/school", "/figures", "/desk/school/new", "/figure/S3", "/enterprise", "/kinds",
                     f"/school/{school}", f"/match/{item}", "/desk/need", "/search?" + urlencode({"q": "学"})):
            browser.open(path)
            same(browser.script("return innerWidth"), NARROW, f"{path} 的窗口宽度")
            wide = browser.script("return document.documentElement.scrollWidth")
            if wide > NARROW:
                outside = browser.script(
                    "const out = e => e && (getComputedStyle(e).overflowX === 'visible' ? out(e.parentElement)"
                    " : e === document.body || e === document.documentElement ? null : e);"
                    "return [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right >"
                    " innerWidth + 1 && !out(e.parentElement)).slice(0, 3).map(e => e.tagName.toLowerCase() +"
                    " (e.id ? '#' + e.id : '') + (e.className ? '.' + e.className : ''))")
                faults.append(f"{path} 宽 {wide}（{'、'.join(outside)}）")
                browser.screenshot("narrow" + path)
        need(not faults, "；".join(faults))
        browser.open("/")
        browser.screenshot("narrow")
    finally:
        browser.do("POST", "/goog/cdp/execute", {"cmd": "Emulation.clearDeviceMetricsOverride", "params": {}})
        browser.do("POST", "/window/rect", {"width": 1280, "height": 900})


@task("页面没有脚本错误，也不向别处取东西 / pages are free of script errors and foreign addresses")
def clean_pages(site, browser):
    browser.do("POST", "/se/log", {"type": "browser"})  # what other tests left
    browser.do("POST", "/se/log", {"type": "browser"})  # what earlier tasks provoked on purpose
    for path in ("/", "/school", "/figures", "/figure/S3", "/desk/school/new", "/desk/need"):
        browser.open(path)
        log = browser.do("POST", "/se/log", {"type": "browser"})
        severe = [entry["message"] for entry in log if entry["level"] == "SEVERE"]
        need(not severe, f"{path}：{short(severe)}")
        loaded = browser.script("return performance.getEntriesByType('resource').map(r => r.name)")
        foreign = [name for name in loaded if not name.startswith((browser.site, "data:"))]
        need(not foreign, f"{path} 向别处取了 {short(foreign)}")


# Tests of the API


@task("接口：读学校的列表和单条 / GET /api/school and /api/school/ID")
def api_read(site, browser):
    listed = site.ask("/api/school")
    need(listed["total"] >= len(listed["items"]) > 0, f"total 与 items 不符：{short(listed)}")
    row = listed["items"][0]
    answer = site.get("/api/school/" + quote(row["id"]))
    same(answer.type, "application/json", "单条的类型")
    same(answer.json["schoolName"], row["schoolName"], "单条的 schoolName")
    same(answer.headers["ETag"], f'"{answer.json["version"]}"', "单条的 ETag")
    missing = site.get("/api/school/none-such")
    same((missing.status, missing.type), (404, "application/problem+json"), "不存在的编号")
    near = site.get("/api/scool")
    same(near.status, 404, "写错的类别")
    contains(near.text, "school", "写错的类别（应提示相近的）")
    same(site.get("/api/school", instituionKind="x").status, 400, "写错的筛选项")


@task("接口：残缺的 JSON 得 400 / malformed JSON is 400 with a problem")
def api_malformed(site, browser):
    for body in ('{"schoolName": "残缺', "{bad", "", '{"a":1} x', b"\xff\xfe{}", "[" * 100_000):
        answer = site.call("POST", "/api/school", body, {"Content-Type": "application/json"})
        same((answer.status, answer.type), (400, "application/problem+json"), f"POST {short(repr(body), 40)}")
        need(answer.json["problems"][0]["message"], "没有说明哪里不对")


@task("接口：未知字段得 422 并提示相近的 / an unknown field is 422 with its near name")
def api_unknown_field(site, browser):
    before = site.ask("/api/school")["total"]
    answer = site.call("POST", "/api/school", {**site.school("未知字段学校"), "adress": "x"})
    same((answer.status, answer.type), (422, "application/problem+json"), "POST 未知字段 adress")
    problem = next((p for p in answer.json["problems"] if p["field"] == "adress"), None)
    need(problem, f"problems 里没有 adress：{short(answer.text)}")
    contains(problem["message"], "address", "adress 的说明")
    same(site.ask("/api/school")["total"], before, "被拒绝后的学校数")


@task("接口：类型不对得 422 / a wrong type is 422 at its field")
def api_wrong_type(site, browser):
    for field, value in (("fullTimeTeachers", "很多"), ("fullTimeTeachers", 1.5), ("schoolName", ["x"]),
                         ("institutionKind", "noSuchKind"), ("foundedOn", "2022-02-30"),
                         ("locationRegionCode", "000000"), ("uscc", "123")):
        answer = site.call("POST", "/api/school", {**site.school("类型不对学校"), field: value})
        same((answer.status, answer.type), (422, "application/problem+json"), f"POST {field}={value!r}")
        need(any(p["field"] == field and p["message"] for p in answer.json["problems"]),
             f"{field}={value!r}：problems 里没有这个字段：{short(answer.text)}")
    for body in ([], 5, "text", None):
        answer = site.call("POST", "/api/school", json.dumps(body))
        need(answer.status in (400, 422), f"POST {body!r} 得 {answer.status}")


@task("接口：合格的学校得 201，改它得新版本，旧版本得 409 / create, update, stale update")
def api_write(site, browser):
    made = site.call("POST", "/api/school", site.school("接口技工学校", sponsor="接口举办者"))
    same(made.status, 201, f"POST /api/school：{short(made.text)}")
    where = made.headers["Location"]
    record = site.ask(where)
    same((record["schoolName"], record["version"]), ("接口技工学校", 1), "登记后的记录")
    changed = site.call("PUT", where, {**record, "address": "接口路 1 号"})
    same((changed.status, changed.json.get("version")), (200, 2), f"PUT 原样取回的记录：{short(changed.text)}")
    same(changed.json["sponsor"], "接口举办者", "没改的字段")
    stale = site.call("PUT", where, {**record, "address": "接口路 9 号"})
    same((stale.status, stale.type), (409, "application/problem+json"), "PUT 旧版本")
    same(stale.json["current"]["address"], "接口路 1 号", "409 里现在的内容")
    same(site.ask(where)["address"], "接口路 1 号", "409 之后的记录")
    twin = site.call("POST", "/api/school", site.school("接口技工学校"))
    need(twin.status in (409, 422), f"重名的学校得 {twin.status}：{short(twin.text)}")
    nobody = site.call("PUT", "/api/school/none-such", {"version": 1, "address": "x"})
    same(nobody.status, 404, "PUT 不存在的编号")
    need(site.call("DELETE", where).status in (404, 405), "DELETE 没有被拒绝")


@task("接口：一个标题就有候选 / GET /api/matches?title=…")
def api_matches(site, browser):
    candidates = site.ask("/api/matches", title="数控车工")["candidates"]
    need(candidates, "“数控车工”没有候选")
    for one in candidates:
        need(one["kind"] in ("program", "offer", "need", "carrier"), f"候选的 kind：{one['kind']}")
        need(one["score"] is None or 0 <= one["score"] <= 100, f"候选的 score：{one['score']}")
        need(one["grade"] in ("A", "B", "C", "–") and one["name"], f"候选：{short(one)}")
    need(is_ordered([-1 if one["score"] is None else one["score"] for one in candidates]), "候选没有按分数排列")
    everybody = site.ask("/api/matches", title="数控车工", top=200)["candidates"]
    programs = [one["name"] for one in everybody if one["kind"] == "program"]
    need(programs and any(word in programs[0] for word in ("数控", "机械", "模具")),
         f"“数控车工”的第一个专业不是数控、机械一类：{short(programs)}")
    need(len(site.ask("/api/matches", title="数控车工", top=3)["candidates"]) <= 3, "top=3 没有作用")
    posted = site.call("POST", "/api/matches", {"title": "数控车工"})
    same([one["id"] for one in posted.json["candidates"]], [one["id"] for one in candidates], "POST 与 GET 的候选")
    same(site.call("POST", "/api/matches", "{").status, 400, "POST 残缺的 JSON")
    same(site.call("POST", "/api/matches", {"titel": "x"}).status, 422, "POST 没有 title")


@task("接口与命令行给出同样的数字和匹配 / API and command line agree")
def api_like_command(site, browser):
    command = site.run("figures", "--json", "--data", str(site.data))
    same(command.returncode, 0, f"citong figures：{short(command.stderr)}")
    same({row["code"]: row["value"] for row in json.loads(command.stdout)},
         {row["code"]: row["value"] for row in site.ask("/api/figures")}, "citong figures 与 /api/figures")
    need_file = site.folder / "need.json"
    need_file.write_text(json.dumps({"title": "数控车工"}), "utf-8")
    command = site.run("match", str(need_file), "--json", "--data", str(site.data))
    same(command.returncode, 0, f"citong match：{short(command.stderr)}")
    same([(one["id"], one["score"]) for one in json.loads(command.stdout)["candidates"]],
         [(one["id"], one["score"]) for one in site.ask("/api/matches", title="数控车工")["candidates"]],
         "citong match 与 /api/matches")


@task("公开的企业资料不含内部字段 / public enterprises have no internal fields")
def api_public(site, browser):
    internal = {"annualOutput", "annualOutputYear", "annualRevenue", "employeesOnPost", "contactPhone",
                "contactRole", "verification"}
    inside = site.ask("/api/enterprise")["items"]
    need(any("annualOutput" in row for row in inside), "经办接口也没有 annualOutput，这项测试无从比较")
    answer = site.ask("/api/public/enterprise")
    need(answer["items"], "/api/public/enterprise 是空的")
    for row in answer["items"]:
        need(not internal & set(row), f"公开列表里有 {sorted(internal & set(row))}")
    one = site.ask("/api/public/enterprise/" + quote(answer["items"][0]["id"]))
    need(not internal & set(one), f"公开单条里有 {sorted(internal & set(one))}")
    need(not internal & set(columns_of_csv(site.get("/enterprise.csv"))), "公开的 CSV 里有内部字段")
    page = site.get("/enterprise/" + quote(one["id"])).text
    for label in ("年产值", "营业收入", "办公电话"):
        need(label not in page, f"公开的企业页面上有“{label}”")
    for order in ("", "desc"):
        plain = site.ask("/api/public/enterprise", order=order)["items"]
        ordered = site.get("/api/public/enterprise", sort="annualOutput", order=order)
        need(ordered.status != 200 or [row["id"] for row in ordered.json["items"]] == [row["id"] for row in plain],
             "公开列表能按 annualOutput 排序，等于公开了它")
    hidden = site.get("/api/public/enterprise", verification="verified")
    need(hidden.status != 200 or hidden.json["total"] == answer["total"], "公开列表能按内部字段筛选")
    for path in ("/graduateDestination", "/api/public/graduateDestination"):
        same(site.get(path).status, 404, path)


@task("不公开的供需不出现在公开的列表、页面、搜索和接口里 / items that are not public stay inside")
def api_private_items(site, browser):
    enterprise = site.ask("/api/enterprise", creditStatus="normal")["items"][0]
    made = site.call("POST", "/api/exchangeItem", {
        "kind": "graduateJob", "side": "demand", "ownerEnterpriseId": enterprise["id"],
        "regionCode": enterprise["registeredRegionCode"], "title": "保密岗位甲乙丙", "headcount": 1,
        "visibility": next(v for v in visibilities(site) if v != "public")})
    same(made.status, 201, f"POST /api/exchangeItem：{short(made.text)}")
    identifier = made.json["id"]
    search = urlencode({"q": "保密岗位甲乙丙"})
    leaks = []
    if site.ask("/api/public/exchangeItem?" + search)["items"]:
        leaks.append("公开接口的列表")
    if made.json["title"] in site.get("/exchangeItem.csv").text:
        leaks.append("公开的 CSV")
    if f"/exchangeItem/{identifier}" in site.get("/search?" + search).text:
        leaks.append("搜索")
    for path in (f"/exchangeItem?{search}", "/exchangeItem?sort=itemId&order=desc"):
        if f"/exchangeItem/{identifier}" in site.get(path).text:
            leaks.append(path)
    for path in (f"/exchangeItem/{identifier}", f"/match/{identifier}", f"/api/public/exchangeItem/{identifier}"):
        if site.get(path).status != 404:
            leaks.append(path)
    need(not leaks, f"可见范围为“{made.json['visibility']}”的供需出现在：{'、'.join(leaks)}")


def visibilities(site):
    page = site.get("/desk/exchangeItem/new?kind=graduateJob&side=demand").text
    select = re.search(r'<select[^>]*name="visibility".*?</select>', page, re.S)
    need(select, "供需表单里没有 visibility")
    found = [value for value in re.findall(r'<option value="([^"]*)"', select.group(0)) if value]
    need(set(found) - {"public"}, f"visibility 只有 {found}")
    return found


# Tests of the server


@task("只应答本机的 Host / a foreign Host is 421")
def foreign_host(site, browser):
    for host in ("evil.example", f"evil.example:{site.port}", "127.0.0.1.evil.example", "localhost.evil.example"):
        for path in ("/", "/api/school", "/health"):
            same(site.call("GET", path, headers={"Host": host}).status, 421, f"Host: {host} {path}")
    same(site.call("GET", "/health", headers={"Host": f"localhost:{site.port}"}).status, 200, "Host: localhost")


@task("拒绝来自其他网站的提交 / a cross-origin POST is 403 and changes nothing")
def foreign_origin(site, browser):
    before = site.ask("/api/school")["total"]
    school = site.school("跨站技工学校")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"},
                    {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"},
                    {"Origin": f"http://127.0.0.1:{site.port + 1}"}):
        same(site.call("POST", "/api/school", school, headers).status, 403, f"POST /api/school {headers}")
        same(site.call("POST", "/desk/school", urlencode(school), {**form, **headers}).status, 403,
             f"POST /desk/school {headers}")
    same(site.ask("/api/school")["total"], before, "跨站提交之后的学校数")
    own = {"Origin": f"http://127.0.0.1:{site.port}", "Sec-Fetch-Site": "same-origin"}
    same(site.call("POST", "/desk/school", urlencode(school), {**form, **own}).status, 303, "本站的提交")


@task("奇怪的地址也有回答，服务器不倒 / odd requests are answered")
def odd_requests(site, browser):
    for path in ("/%", "/%ff%fe", "/school/%2e%2e%2fetc", "/school?page=-1", "/school?page=99999999999999999999",
                 "/school?sort=nothing", "/school?figure=nothing", "/assets/..%2f..%2fPackage.swift", "/figure/none",
                 "/school/" + "x" * 3000, "/search?q=" + quote("'\"<b>%_"), "/api/", "/api", "//", "/desk/nothing/new",
                 "/school?q=" + quote("学" * 500), "/?asOf=2022-13-45"):
        answer = site.call("GET", path)
        need(answer.status < 500, f"GET {short(path, 60)} 得 {answer.status}：{short(answer.text)}")
    marked = site.get("/search", q="<script>alert(1)</script>")
    need("<script>alert(1)" not in marked.text, "搜索页把输入的标签原样放进了页面")
    same(site.call("POST", "/api/school", b"x" * 4_100_000).status, 413, "POST 4.1 MB")
    same(site.get("/health").status, 200, "之后的 /health")


@task("端口被占时第二个服务器以 1 退出，只说一行 / a port in use ends with status 1 and one line")
def port_in_use(site, browser):
    result = site.run("serve", "--data", str(site.data), "--port", str(site.port), patience=60)
    same(result.returncode, 1, f"退出码（{short(result.stderr)}）")
    lines = [line for line in (result.stdout + result.stderr).splitlines() if line.strip()]
    same(len(lines), 1, f"输出的行数（{lines}）")
    contains(lines[0], str(site.port), "那一行")
    same(site.get("/health").status, 200, "第一个服务器的 /health")


@task("数据文件夹只读时不启动，说明原因 / a read-only data folder is refused")
def read_only(site, browser):
    data = site.folder / "read-only"
    copy_data(site.data, data)
    # Permissions don't hold root back, so the program runs as nobody then.
    how = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    if how:
        site.folder.chmod(0o755)
    data.chmod(0o555)
    try:
        result = site.run("serve", "--data", str(data), "--port", str(free_port()), patience=60, **how)
        same(result.returncode, 1, "退出码")
        lines = result.stderr.splitlines()
        same(len(lines), 1, f"输出的行数（{lines}）")
        contains(lines[0], "不可写", "那一行")
    finally:
        data.chmod(0o755)


def copy_data(source, target):
    """A copy of a data folder that may be in use."""
    target.mkdir()
    origin = sqlite3.connect(f"file:{source / 'citong.sqlite'}?mode=ro", uri=True)
    copy = sqlite3.connect(target / "citong.sqlite")
    with origin, copy:
        origin.backup(copy)
    origin.close()
    copy.close()


@task("写入途中被 kill -9，应答过的记录一条不少 / what was acknowledged survives kill -9")
def killed_while_writing(site, browser):
    data = site.folder / "killed"
    copy_data(site.data, data)
    victim = Site(site.program, site.folder, data, "killed").start()
    try:
        acknowledged, lock, is_over = {}, threading.Lock(), threading.Event()
        county = victim.county()

        def burst(worker):
            for number in range(100_000):
                name = f"断电学校 {worker}-{number}"
                school = {"schoolName": name, "institutionKind": "technicianSchool", "ownership": "public",
                          "competentAuthority": "cityHr", "locationRegionCode": county}
                try:
                    answer = victim.call("POST", "/api/school", school)
                    if answer.status == 201:
                        with lock:
                            acknowledged[answer.json["id"]] = name
                except (OSError, http.client.HTTPException, Failure):
                    return
                if is_over.is_set():
                    return

        workers = [threading.Thread(target=burst, args=(number,), daemon=True) for number in range(4)]
        for worker in workers:
            worker.start()
        wait(lambda: len(acknowledged) >= 40, "40 条还没写完", 60)
        victim.process.kill()
        victim.process.wait()
        is_over.set()
        for worker in workers:
            worker.join(30)
        doctor = victim.run("doctor", "--data", str(data))
        same(doctor.returncode, 0, f"citong doctor：{short(doctor.stdout + doctor.stderr)}")
        victim.start()
        for identifier, name in acknowledged.items():
            answer = victim.get("/api/school/" + identifier)
            same(answer.status, 200, f"重启后的 {identifier}（{name}）")
            same(answer.json["schoolName"], name, f"重启后的 {identifier}")
        victim.new_school("重启后的技工学校")
    finally:
        stop(victim.process)
    doctor = victim.run("doctor", "--data", str(data))
    same(doctor.returncode, 0, f"citong doctor：{short(doctor.stdout + doctor.stderr)}")


@task("叫它停就停，退出码 0 / the server ends in order when told to")
def orderly_end(site, browser):
    other = Site(site.program, site.folder, site.data, "orderly").start()
    started = time.monotonic()
    other.process.send_signal(signal.SIGTERM)
    try:
        status = other.process.wait(15)
    except subprocess.TimeoutExpired:
        stop(other.process)
        raise Failure("SIGTERM 之后 15 秒还没停") from None
    same(status, 0, f"SIGTERM 后的退出码（{time.monotonic() - started:.1f} 秒）")


# Running


def is_alive(site):
    try:
        return site.get("/health").status == 200
    except (OSError, http.client.HTTPException):
        return False


def run_tasks(site, browser, only):
    passed = failed = skipped = 0
    for promise, function in TASKS:
        if only and only not in promise and only not in function.__name__:
            continue
        started = time.monotonic()
        try:
            function(site, browser)
            need(site.process.poll() is None, "之后服务器不在了")
        except Skipped as reason:
            skipped += 1
            print(f"skip {promise} {reason}", flush=True)
            continue
        except (Failure, DriverError, OSError, http.client.HTTPException, KeyError, IndexError, ValueError,
                TypeError, StopIteration, subprocess.SubprocessError) as error:
            failed += 1
            place = traceback.extract_tb(error.__traceback__)
            line = next((frame.lineno for frame in reversed(place) if frame.name == function.__name__), 0)
            kind = "" if isinstance(error, Failure) else type(error).__name__ + " "
            # A dying server writes its backtrace first.
            if not isinstance(error, Failure) and site.process.poll() is None and not is_alive(site):
                try:
                    site.process.wait(30)
                except subprocess.TimeoutExpired:
                    pass
            crash = site.crash()
            print(f"FAIL {promise} {crash or kind + str(error)} [{Path(__file__).name}:{line}]", flush=True)
            try:
                browser.screenshot("FAIL-" + function.__name__)
            except (DriverError, OSError, ValueError):
                pass
            if not is_alive(site):
                stop(site.process)
                site.start()
            continue
        passed += 1
        print(f"ok {promise} ({time.monotonic() - started:.1f} s)", flush=True)
    return passed, failed, skipped


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("citong", help="the built program")
    parser.add_argument("repository", help="the top of the repository")
    parser.add_argument("--city", help="the city's folder (default: Cities/example of the repository)")
    parser.add_argument("--only", help="only tests whose promise or name contains this")
    parser.add_argument("--keep", action="store_true", help="keep the temporary folder")
    arguments = parser.parse_args()
    program = str(Path(arguments.citong).resolve())
    city = Path(arguments.city or Path(arguments.repository) / "Cities/example").resolve()
    # A test run that is told to stop ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="citong-browser-"))
    site, browser, passed, failed, skipped = None, None, 0, 0, 0
    try:
        site = Site(program, folder, folder / "data")
        site.city = str(city)
        site.repository = str(Path(arguments.repository).resolve())
        made = site.run("init", "--city", str(city), "--demo", "--data", str(site.data))
        need(made.returncode == 0, f"citong init --city {city} --demo：{short(made.stderr, 600)}")
        site.links = dict(re.findall(r"（(\w+)）：http://[^/]+(/link/\S+)", made.stdout))
        site.start()
        browser = Browser(folder)
        browser.site = f"http://127.0.0.1:{site.port}"
        enter(site, browser, "demo-city")
        passed, failed, skipped = run_tasks(site, browser, arguments.only)
        if passed + failed + skipped == 0:
            failed = 1
            print(f"FAIL --only {arguments.only}：没有这样的测试")
    except (Failure, DriverError, OSError) as error:
        failed += 1
        print(f"FAIL 准备 / setting up {error}")
    finally:
        if browser:
            browser.close()
        if site and site.process:
            stop(site.process)
        if failed or arguments.keep:
            print(f"截图和日志 / screenshots and logs: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"browser: {passed} passed, {failed} failed" + (f", {skipped} not run" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    # The other tasks register themselves with this very module.
    sys.modules["browser_test"] = sys.modules["__main__"]
    sys.dont_write_bytecode = True
    import files_and_lists  # noqa: F401
    import hard_files  # noqa: F401
    import hostile  # noqa: F401
    import people  # noqa: F401

    sys.exit(main())
