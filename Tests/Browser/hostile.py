"""Tasks of those who mean harm: texts that would be markup, forged forms, stolen cookies, guessed passwords."""

import contextlib
import csv
import html
import http.client
import http.server
import io
import re
import shutil
import sqlite3
import subprocess
import threading
import time
from urllib.parse import quote, urlencode, urljoin, urlsplit

from browser_test import Failure, Site, contains, enter, lacks, need, same, short, stop, task, wait
from people import PASSWORD, code, fill, submit

# The long ones come first: a field gets one that it can hold.
HOSTILE = [
    '"><img src=x onerror=alert(1)>', "'\"--><script>alert(1)</script>", "{{7*7}}{{{raw}}}", "javascript:alert(1)",
    "</textarea></select></title><svg onload=alert(1)>", '=HYPERLINK("javascript:alert(1)")', "<x-y>", "\"'<"]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# Kinds a demo has no records of, and what the fields of theirs hold that do not take every text; `@KIND` stands
# for a record there is.
EMPTY = {
    "occupationFunction": {"codeInStandard": "6-18-01-01"},
    "college": {"schoolCode": "4199010001", "level": "associate"},
    "programIntro": {"programCode": "460103", "level": "juniorCollege"},
    "programCourse": {"programCode": "460103"},
    "programOccupation": {"programCode": "460103", "occupationCode": "6-18-01-01"},
    "programGroup": {"schoolId": "@school"},
    "graduateDestination": {
        "schoolId": "@school", "graduationDate": "2022-06-30", "surveyDate": "2022-08-31", "destinationCode": "10",
        "evidenceKind": "contract"},
    "agreement": {
        "kind": "framework", "cooperationForm": "other", "schoolIds": ["@school"], "enterpriseIds": ["@enterprise"]},
    "engagement": {
        "itemIds": ["@exchangeItem"], "partyAEnterpriseId": "@enterprise", "partyBSchoolId": "@school",
        "initiator": "partyA"},
    "exchangeClosure": {"bySchoolId": "@school", "toEnterpriseId": "@enterprise", "from": "2022-09-01"},
}
# Statistics hold numbers, years and codes only.
# Of kinds with records that stand, those that may still be changed.
OPEN = {"assessmentIndicator": {"schemeCode": "DD-2022-COUNTY"}}
NO_TEXT = {"schoolAnnualStat", "conditionYear", "countyEnrolment"}


class Stranger(Site):
    """Somebody who asks the same server without a token, with the cookies they say."""

    def __init__(self, site):
        super().__init__(site.program, site.folder, site.data)
        self.port = site.port

    def visit(self, path, cookie="", form=None, **headers):
        """Asks for a page, or posts a form, as a browser with a session would."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            sent["Cookie"] = f"citong-session={cookie}"
        if form is None:
            return self.call("GET", path, headers=sent)
        return self.call("POST", path, urlencode(form), {**FORM, **sent})


def session(answer):
    """The token of the session an answer begins."""
    found = re.match(r"citong-session=([\w-]{43});", answer.headers.get("Set-Cookie") or "")
    need(found, f"没有开始登录（{answer.status}）：{answer.headers.get('Set-Cookie')} {short(answer.text)}")
    return found[1]


def signs_in(visitor, site, login):
    """The cookie of an account of the demo that has just come in."""
    return session(visitor.visit(site.link(login), form={}))


def is_in(visitor, cookie):
    """Whether a cookie is worth anything."""
    return visitor.visit("/me", cookie).status == 200


@contextlib.contextmanager
def other_city(site, browser, name):
    """A demo of its own with a server, for what must not be left in that of the other tasks."""
    folder = site.folder / name
    shutil.rmtree(folder, ignore_errors=True)
    made = site.run("init", "--city", site.city, "--demo", "--data", str(folder))
    same(made.returncode, 0, f"citong init：{short(made.stderr)}")
    other = Site(site.program, site.folder, folder, name)
    other.links = dict(re.findall(r"（(\w+)）：http://[^/]+(/link/\S+)", made.stdout))
    other.start()
    former, browser.site = browser.site, f"http://127.0.0.1:{other.port}"
    try:
        yield other
        need(other.process.poll() is None, other.crash())
    except (OSError, http.client.HTTPException) as error:
        # A dying server writes its backtrace first.
        with contextlib.suppress(subprocess.TimeoutExpired):
            other.process.wait(30)
        raise Failure(other.crash() or f"{type(error).__name__} {error}") from error
    finally:
        browser.site = former
        stop(other.process)
        shutil.rmtree(folder, ignore_errors=True)
        browser.do("DELETE", "/cookie")
        enter(site, browser, "demo-city")


# Texts that would be markup


def hostile(number, most):
    """A hostile text of at most so many characters; the next number gives another one."""
    fit = [text for text in HOSTILE if len(text) <= most]
    long = [text for text in fit if len(text) > 5] or fit
    return long[number % len(long)] if fit else None


def draft(schema, number):
    """Hostile texts for all fields of a kind that may take them."""
    values = {}
    for place, (name, field) in enumerate(schema["properties"].items(), number):
        types = field.get("type", [])
        if name == "id" or {"enum", "format", "x-refers-to"} & set(field):
            continue
        if "string" in types:
            text = hostile(place, field.get("maxLength", 60))
            if text:
                values[name] = text
        elif "array" in types and field["items"].get("properties"):
            values[name] = [{part: hostile(place + more, 60) for more, part in enumerate(field["items"]["properties"])}]
        elif "array" in types and field["items"] == {"type": "string"}:
            values[name] = [hostile(place, 30), hostile(place + 1, 30)]
    return values


def write(site, method, address, values, fixed):
    """Writes a record, without the texts that are not taken; the record, and the fields that hold one."""
    for _ in range(8):
        answer = site.call(method, address, {**values, **fixed})
        if answer.status in (200, 201):
            return answer.json, values
        problems = answer.json["problems"]
        refused = {problem["field"].split(".")[0] for problem in problems} & set(values)
        need(refused, f"{method} {address}：{short(answer.text, 600)}")
        values = {name: value for name, value in values.items() if name not in refused}
    raise Failure(f"{method} {address}：{short(answer.text, 600)}")


def plant(site, schemas, kind, number):
    """Puts hostile texts into records of a kind; their identifiers, each with the fields."""
    schema = schemas[kind[0].upper() + kind[1:] + "Draft"]
    if kind in EMPTY:
        def there(value):
            if isinstance(value, list):
                return [there(one) for one in value]
            return site.ask(f"/api/{value[1:]}", limit=1)["items"][0]["id"] if value[0] == "@" else value

        fixed = {name: there(value) for name, value in EMPTY[kind].items()}
        values = {name: value for name, value in draft(schema, number).items() if name not in fixed}
        made, values = write(site, "POST", f"/api/{kind}", values, fixed)
        return [(made["id"], values)]
    planted, seen = [], set()
    # One of each sort: another sort has other fields.
    for row in site.ask(f"/api/{kind}", limit=200, **OPEN.get(kind, {}))["items"]:
        sort = [
            row.get(name) for name in ("institutionKind", "kind", "carrierType", "carrierKind", "side", "regionKind")
        ]
        if str(sort) in seen:
            continue
        seen.add(str(sort))
        place = f"/api/{kind}/{quote(row['id'], safe='')}"
        _, values = write(site, "PATCH", place, draft(schema, number + len(seen)), {"version": row["version"]})
        planted.append((row["id"], values))
    return planted


class Watch:
    """Holds pages against what a text that became markup would do to them."""

    SCRIPT = """
    window.heard = [];
    for (const name of ['alert', 'confirm', 'prompt', 'print'])
      window[name] = text => { window.heard.push(name + ' ' + text); };
    document.addEventListener('securitypolicyviolation', event =>
      window.heard.push('CSP ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
    window.addEventListener('error', event => window.heard.push('error ' + event.message));
    """
    FOREIGN = """
    const handlers = [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => /^on/i.test(a.name)));
    const links = [...document.querySelectorAll('[href],[src],[action],[formaction]')].filter(e =>
      ['href', 'src', 'action', 'formaction'].some(name =>
        /^\\s*(javascript|vbscript):/i.test(e.getAttribute(name) || '')));
    const parts = [...document.querySelectorAll(
      'img[src=x], svg[onload], main script, x-y, iframe, object, embed, base')];
    return {heard: window.heard, scripts: [...document.scripts].map(s => s.getAttribute('src')),
            found: [...handlers, ...links, ...parts].map(e => e.outerHTML.slice(0, 120)),
            text: document.body.innerText};
    """

    def __init__(self, browser):
        self.browser = browser
        self.pages = 0
        self.faults = []

    def __enter__(self):
        self.hook = self.browser.do("POST", "/goog/cdp/execute", {
            "cmd": "Page.addScriptToEvaluateOnNewDocument", "params": {"source": self.SCRIPT}})["identifier"]
        self.log()
        return self

    def __exit__(self, *_):
        self.browser.do("POST", "/goog/cdp/execute", {
            "cmd": "Page.removeScriptToEvaluateOnNewDocument", "params": {"identifier": self.hook}})

    def log(self):
        entries = self.browser.do("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]

    def open(self, path, status=200):
        """Opens a page and looks at it; gives what can be read on it."""
        self.browser.open(path)
        return self.look(path, status)

    def look(self, path, status=200):
        """Looks at the page that is shown; Chromium logs a status that tells of a failure as an error."""
        self.pages += 1
        state = self.browser.script(self.FOREIGN)
        severe = self.log()
        if status >= 400:
            severe = [line for line in severe if f"status of {status}" not in line]
        heard = ["没有装上监听"] if state["heard"] is None else state["heard"]
        scripts = [src for src in state["scripts"] if not (src or "").startswith("/assets/")]
        faults = [*heard, *severe, *state["found"], *(f"<script src={src}>" for src in scripts)]
        if faults:
            self.faults.append(f"{short(path, 160)}：{short('；'.join(short(fault, 120) for fault in faults), 600)}")
        return state["text"]

    def notices(self):
        """Holds itself against a page that does have such a text as markup."""
        self.open("/")
        self.browser.script("document.querySelector('main').insertAdjacentHTML('beforeend', arguments[0]); alert(7)",
                            '<img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>')
        wait(lambda: self.browser.script("return window.heard.length > 1"), "没有听到 alert 和 CSP")
        self.look("/")
        said = self.faults.pop()
        for part in ("alert 7", "CSP ", "<img", "<a href"):
            contains(said, part, "故意放进页面的标签")
        need(not self.faults, f"首页：{self.faults}")

    def done(self):
        need(not self.faults, f"{len(self.faults)} 个页面有问题：" + "　".join(self.faults[:5]))


@task("每一类、每个文字字段里的标签和脚本都只是文字 / markup in any field of any kind stays text")
def stored_markup(site, browser):
    with other_city(site, browser, "markup") as city, Watch(browser) as watch:
        schemas = city.ask("/api/openapi.json")["components"]["schemas"]
        kinds = [kind["name"] for kind in city.ask("/api/kinds")]
        enter(city, browser, "demo-city")
        watch.notices()
        # Records that others refer to come last, so that their own names are still found.
        written, planted = 0, {}
        for number, kind in enumerate(sorted(kinds, key=lambda name: name not in EMPTY)):
            if city.get(f"/desk/{kind}/new").status == 403:
                continue
            planted[kind] = plant(city, schemas, kind, number)
            written += sum(len(values) for _, values in planted[kind])
            need(kind in NO_TEXT or any(values for _, values in planted[kind]), f"{kind} 一个文字字段也没有写进去")
        need(len(planted) > 25 and written > 150, f"只有 {len(planted)} 类、{written} 个字段写进去了")
        for kind, records in planted.items():
            for identifier, values in records:
                look_at_record(city, watch, kind, identifier, values)
            look_at_kind(city, watch, kind, records[0][0])
        for path in ("/", "/desk", "/figures", "/kinds", "/desk/kinds", "/desk/quality", "/desk/need", "/reference"):
            watch.open(path)
        for figure in city.ask("/api/figures"):
            if figure["code"] in ("S1", "S3", "E1", "F1"):
                watch.open("/figure/" + quote(figure["code"]))
        for text in HOSTILE:
            watch.open("/search?" + urlencode({"q": text}))
        watch.done()


def look_at_record(city, watch, kind, identifier, values):
    """Looks at all pages of a record; its values are told as they are."""
    place = f"/{kind}/{quote(identifier, safe='')}"
    page = watch.open("/desk" + place)
    for text in values.values():
        if isinstance(text, str) and text.startswith("{{") and len(page) < 100_000:
            lacks(page.replace("{{7*7}}", ""), "49{{", f"{place}（模板）")
    for tail in ("/edit", "/history"):
        watch.open("/desk" + place + tail)
    public = city.get("/api/public" + place).status == 200
    if public:
        watch.open(place)
    if kind == "exchangeItem":
        watch.open("/desk/match/" + quote(identifier, safe=""))
        if public:
            watch.open("/match/" + quote(identifier, safe=""))
    stands = city.ask("/api" + place)
    for name, text in values.items():
        if isinstance(text, str) and name in stands:
            same(stands[name], text, f"/api{place} 的 {name}")


def look_at_kind(city, watch, kind, identifier):
    """Looks at the lists, files and forms of a kind."""
    watch.open(f"/desk/{kind}?" + urlencode({"q": "alert(1)"}))
    watch.open(f"/desk/{kind}")
    watch.open(f"/reference/{kind}")
    if city.get(f"/{kind}").status == 200:
        watch.open(f"/{kind}")
    if city.get(f"/desk/{kind}/duplicates").status == 200:
        watch.open(f"/desk/{kind}/duplicates")
    others = [row["id"] for row in city.ask(f"/api/{kind}", limit=5)["items"] if row["id"] != identifier]
    if others:
        query = urlencode({"keep": others[0], "away": identifier})
        watch.open(f"/desk/{kind}/merge?{query}", city.get(f"/desk/{kind}/merge?{query}").status)
    answer = city.get(f"/desk/{kind}.csv")
    same((answer.status, answer.type), (200, "text/csv"), f"/desk/{kind}.csv")
    need((answer.headers["Content-Disposition"] or "").startswith("attachment"), f"/desk/{kind}.csv 不是附件")
    for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))):
        bad = [cell for cell in row if re.match(r"[=@\t\r]|[+-](?![\d.,]*%?$)", cell)]
        need(not bad, f"/desk/{kind}.csv 里有表格软件会当公式算的格子：{bad[:2]}")
    for path in (f"/desk/{kind}.json", f"/api/{kind}"):
        answer = city.get(path)
        same((answer.type, answer.headers["X-Content-Type-Options"]), ("application/json", "nosniff"), path)
        need(answer.json, path)
    same(city.get(f"/desk/{kind}.xlsx").status, 200, f"/desk/{kind}.xlsx")


@task("地址、表单、文件名里的标签和脚本照原样退回，只是文字 / markup in addresses and forms stays text")
def reflected_markup(site, browser):
    with other_city(site, browser, "reflected") as city, Watch(browser) as watch:
        enter(city, browser, "demo-city")
        school = city.ask("/api/school", limit=1)["items"][0]["id"]
        item = city.ask("/api/public/exchangeItem")["items"][0]["id"]
        visitor = Stranger(city)
        for text in HOSTILE[:5]:
            for path in ("/school", "/desk/school"):
                for name in ("q", "filter", "sort", "then", "order", "group", "col", "knownOn", "validOn", "figure",
                             "page", "limit", "cursor", "institutionKind", "locationRegionCode", "view", text):
                    query = urlencode({name: text})
                    answer = city.get(f"{path}?{query}")
                    need(answer.status < 500, f"{path}?{query} 得 {answer.status}")
                    # What is answered alike is looked at once.
                    if path == "/desk/school" or name in ("q", "filter", "sort"):
                        watch.open(f"{path}?{query}", answer.status)
            for path in (f"/search?q={quote(text)}", f"/sign-in?next={quote('/' + text)}", f"/{quote(text, safe='')}",
                         f"/school/{quote(text, safe='')}", f"/desk/{quote(text, safe='')}/new",
                         f"/figure/{quote(text, safe='')}", f"/desk/school/bulk?set={quote(text)}&to={quote(text)}&q=x",
                         f"/link/{quote(text, safe='')}", f"/desk/school/bulk?set=sponsor&to={quote(text)}",
                         f"/desk/school/{school}/history?knownOn={quote(text)}",
                         f"/desk/exchangeItem/new?kind={quote(text)}&side={quote(text)}",
                         f"/match/{item}?top={quote(text)}",
                         f"/desk/exchangeItem/new?kind=graduateJob&side=demand&title={quote(text)}",
                         f"/desk/import?kind={quote(text)}", f"/desk/import/{quote(text, safe='')}",
                         f"/desk/school/merge?keep={quote(text)}&away={quote(text)}",
                         f"/assets/{quote(text, safe='')}"):
                watch.open(path, city.get(path).status)
            # What is sent in a form and refused stands in it again.
            browser.open("/desk/school/new")
            browser.script(
                POSTED, "/desk/school", {
                    "schoolName": text, "uscc": text, "moeSchoolCode": text, "institutionKind": text, "ownership": text,
                    "foundedOn": text, "locationRegionCode": text, "campuses.0.name": text, "fullTimeTeachers": text,
                    text: text
                })
            wait(lambda: browser.path == "/desk/school", "退回的表单没有打开")
            watch.look("POST /desk/school " + text, 422)
            browser.open("/sign-in")
            browser.script(POSTED, "/sign-in", {"name": text, "password": text, "next": "/" + text})
            wait(lambda: browser.all("[name=password]") and browser.find("[name=name]").value, "退回的登录没有打开")
            watch.look("POST /sign-in " + text, 422)
            same(browser.find("[name=password]").value, "", "退回的登录里的口令")
            # A view, a ground and a file with such a name.
            visitor.token = city.token
            for path, form in ((f"/desk/school/{school}/confirm", {"document": text, "field": ""}),
                               ("/desk/school/views", {"name": text, "do": "keep", "query": "q=" + text})):
                need(visitor.visit(path, form=form).status < 500, path)
            answer = city.call(
                "POST", f"/api/imports?kind=school&name={quote(text + '.csv', safe='')}",
                f'学校全称,"{text.replace(chr(34), chr(34) * 2)}"\n"{text.replace(chr(34), chr(34) * 2)}",x\n')
            need(answer.status < 500, f"导入：{short(answer.text)}")
            if answer.status == 202:
                job = answer.json["id"]
                wait(lambda: city.ask(f"/api/imports/{job}")["state"] != "checking", "没有检查完")
                watch.open(f"/desk/import/{job}")
        for path in ("/desk/import", "/desk/school", f"/desk/school/{school}", f"/desk/school/{school}/history"):
            watch.open(path)
        # The administrators' pages show names that others chose.
        begin_here(city, browser, "sysadmin")
        for number, text in enumerate(HOSTILE[:4]):
            cookie = own_cookie(browser)
            made = Stranger(city).visit("/desk/account", cookie, {
                "loginName": f"hostile{number}", "displayName": text, "note": text})
            same(made.status, 303, f"新增账号：{short(made.text)}")
            for tail in ("", "/edit", "/history"):
                watch.open(urlsplit(made.headers["Location"]).path + tail)
        watch.open("/desk/account")
        begin_here(city, browser, "auditadmin")
        watch.open("/desk/audit")
        for name in ("who", "action", "of", "id", "from", "to"):
            watch.open("/desk/audit?" + urlencode({name: HOSTILE[0]}))
        watch.done()


POSTED = """
const form = document.createElement('form');
form.method = 'post'; form.action = arguments[0];
for (const [name, value] of Object.entries(arguments[1])) {
  const box = document.createElement('textarea'); box.name = name; box.value = value; form.append(box);
}
document.body.append(form); form.submit();
"""


def begin_here(city, browser, login):
    """Has an administrator come in by the link of the first start, with a second factor; its secret."""
    browser.do("DELETE", "/cookie")
    browser.open(city.links[login])
    fill(browser, password=PASSWORD, again=PASSWORD)
    submit(browser)
    secret = browser.find(".secret .code").text
    fill(browser, code=code(secret, time.time()))
    submit(browser)
    same(browser.path, "/desk", f"{login} 进入之后")
    return secret


def own_cookie(browser):
    return next(one["value"] for one in browser.do("GET", "/cookie") if one["name"] == "citong-session")


# Sessions, forms of others, other addresses


def clerk(city, visitor):
    """Makes an account with two roles: its identifier, the link to its first password, the administrators' cookies."""
    cookies = {}
    for login in ("sysadmin", "secadmin"):
        link = urlsplit(city.links[login]).path
        first = session(visitor.visit(link, form={"password": PASSWORD, "again": PASSWORD}))
        page = visitor.visit("/sign-in/enroll", first)
        secret = re.search(r'<p class="code"[^>]*>([A-Z2-7]+)<', page.text)[1]
        offer = html.unescape(re.search(r'name="offer" value="([^"]+)"', page.text)[1])
        answer = visitor.visit("/sign-in/enroll", first, {"offer": offer, "code": code(secret, time.time())})
        cookies[login] = session(answer)
        same(is_in(visitor, first), False, f"{login}：设置二次验证之前的会话还有效")
    made = visitor.visit("/desk/account", cookies["sysadmin"], {"loginName": "shen.er", "displayName": "沈二"})
    account = urlsplit(made.headers["Location"]).path.rsplit("/", 1)[-1]
    for role in ("cityBureau", "department"):
        given = visitor.visit("/desk/roleGrant", cookies["secadmin"], {
            "accountId": account, "role": role, "validFrom": "2020-01-01"})
        same(given.status, 303, f"授权 {role}：{short(given.text)}")
    return account, released(visitor, account, cookies), cookies


def released(visitor, account, cookies):
    """A link to a new password of an account with roles: one administrator asks, the other lets it go."""
    asked = visitor.visit(f"/desk/account/{account}/link", cookies["sysadmin"], {})
    contains(asked.text, "已申请", "申请链接")
    page = visitor.visit(f"/desk/account/{account}/release", cookies["secadmin"], {})
    return re.search(r"/link/[\w-]{43}", page.text)[0]


def other_grant(visitor, cookie):
    """The grant somebody does not act by now, as their page offers it."""
    return re.search(r'name="grant" value="([^"]+)"', visitor.visit("/me", cookie).text)[1]


@task("登录之后只去本站的地址 / after signing in one stays on this site")
def open_redirect(site, browser):
    with other_city(site, browser, "redirect") as city:
        visitor = Stranger(city)
        _, link, _ = clerk(city, visitor)
        session(visitor.visit(link, form={"password": PASSWORD, "again": PASSWORD}))
        foreign = [
            "//evil.example", "///evil.example/x", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
            "https://evil.example/", "HTTPS:evil.example", "javascript:alert(1)", "data:text/html,x", " //evil.example",
            "/\t/evil.example", "/\r\n/evil.example", "/desk\r\nX-Evil: 1", "/desk\r\nSet-Cookie: x=1",
            "/\0/evil.example", "@evil.example", ".evil.example", "/.//evil.example", "/%2f%2fevil.example",
            "/x/../..//evil.example", "evil.example", "//evil.example\\@127.0.0.1", "/" + "x" * 3000,
            "\u2028//evil.example", "/／evil.example"
        ]
        for number, place in enumerate(foreign):
            # Checking a password takes its time: one in five comes by it.
            path, form = city.link("demo-city"), {}
            if number % 5 == 0:
                path, form = "/sign-in", {"name": "shen.er", "password": PASSWORD}
            asked = (path, {**form, "next": place}) if number % 2 else (path + "?" + urlencode({"next": place}), form)
            answer = visitor.visit(asked[0], form=asked[1])
            session(answer)
            leads_home(city, answer, place)
        # What a browser makes of it.
        for place in ("//evil.example", "/\\evil.example", "/\t/evil.example", "/.//evil.example",
                      "javascript:alert(1)"):
            browser.do("DELETE", "/cookie")
            browser.open("/sign-in?" + urlencode({"next": place}))
            fill(browser, name="shen.er", password=PASSWORD)
            submit(browser)
            address = browser.do("GET", "/url")
            need(address.startswith(browser.site + "/"), f"next={place!r} 之后到了 {address}")
        # Who follows an address of ours, without having signed in, comes back to it afterwards.
        answer = visitor.visit("/desk/school?q=x")
        same(answer.headers["Location"], "/sign-in?next=%2Fdesk%2Fschool%3Fq%3Dx", "没有登录时转到")
        for path in ("//evil.example", "//evil.example/desk", "/desk//evil.example", "/\\evil.example"):
            answer = visitor.visit(path)
            if answer.status in (301, 302, 303):
                leads_home(city, answer, path)
        # A view that is kept leads to its list only.
        answer = visitor.visit("/desk/school/views", signs_in(visitor, city, "demo-city"), {
            "name": "x", "do": "keep", "query": "a\r\nX-Evil: 1\r\n\r\n<script>"})
        leads_home(city, answer, "views")


def leads_home(city, answer, asked):
    """Whether an answer leads to an address of this server, as browsers read it."""
    same(answer.status, 303, f"{asked!r}：{short(answer.text)}")
    need(not answer.headers["X-Evil"] and "x=1" not in str(answer.headers.get_all("Set-Cookie")), f"{asked!r} 加了一个头")
    location = answer.headers["Location"]
    read = re.sub(r"[\t\r\n]", "", location.strip()).replace("\\", "/")
    base = f"http://127.0.0.1:{city.port}/"
    need(read.startswith("/") and urljoin(base, read).startswith(base), f"{asked!r} 之后转到 {location!r}")


@task("登录前的会话、换身份前的会话、退出后的会话都没用 / sessions of before are worthless")
def session_fixation(site, browser):
    with other_city(site, browser, "fixation") as city:
        visitor = Stranger(city)
        # A cookie somebody chose beforehand is not taken over.
        for chosen in ("A" * 43, "x", "", "..", "demo-city", "' OR 1=1 --"):
            answer = visitor.visit(city.link("demo-city"), chosen, {})
            need(session(answer) != chosen, f"登录沿用了来访者带来的会话 {chosen}")
            same(is_in(visitor, chosen), False, f"登录之前的会话 {chosen}")
        # One of another account stays that of the other account.
        attacker = signs_in(visitor, city, "demo-school")
        victim = session(visitor.visit(city.link("demo-city"), attacker, {}))
        need(victim != attacker, "登录沿用了另一个人的会话")
        lacks(visitor.visit("/me", attacker).text, "demo-city", "另一个人的会话")
        # Others end, this one goes on.
        second = signs_in(visitor, city, "demo-city")
        same(visitor.visit("/me/session", victim, {"session": "others"}).status, 303, "结束其他登录")
        same((is_in(visitor, second), is_in(visitor, victim)), (False, True), "结束其他登录之后的两个会话")
        # Out is out.
        answer = visitor.visit("/sign-out", victim, {})
        same(answer.status, 303, "退出")
        contains(answer.headers["Set-Cookie"], "Max-Age=0", "退出时的 Set-Cookie")
        for path in ("/me", "/desk", "/desk/school", "/desk/enterprise.csv"):
            same(visitor.visit(path, victim).status, 303, f"退出之后的 {path}")
        same(visitor.call("GET", "/api/school", headers={"Cookie": f"citong-session={victim}"}).status, 401, "退出之后的接口")
        # The back button shows nothing either.
        browser.do("DELETE", "/cookie")
        enter(city, browser, "demo-city")
        browser.open("/desk/enterprise")
        browser.find('form[action="/sign-out"] button').follow()
        browser.do("POST", "/back")
        wait(lambda: browser.path == "/sign-in", "退出之后按返回，看到的是 " + browser.path)
        # A change of the password ends everything that was there, a used link begins nothing.
        account, link, cookies = clerk(city, visitor)
        first = session(visitor.visit(link, form={"password": PASSWORD, "again": PASSWORD}))
        # Another role is another session.
        former, first = first, session(visitor.visit("/me/role", first, {"grant": other_grant(visitor, first)}))
        need(first != former, "换身份之后的会话与之前相同")
        same((is_in(visitor, former), is_in(visitor, first)), (False, True), "换身份前后的会话")
        same(visitor.visit("/me/role", first, {"grant": "none"}).status, 422, "换成别人的身份")
        made = visitor.visit("/me/token", first, {"name": "程序", "days": "9"})
        token = re.search(r'<p class="code"[^>]*>([^<]+)</p>', made.text)[1]
        same(visitor.call("GET", "/api/school", headers={"Authorization": f"Bearer {token}"}).status, 200, "新的令牌")
        for path, form in ((link, {"password": PASSWORD + "x", "again": PASSWORD + "x"}), (link, {})):
            same(visitor.visit(path, form=form).status, 410, "再用一次链接")
        same(is_in(visitor, first), True, "再用一次链接之后，原来的会话")
        renewed = session(visitor.visit("/sign-in/password", first, {
            "current": PASSWORD, "password": PASSWORD + "y", "again": PASSWORD + "y"}))
        same((is_in(visitor, first), is_in(visitor, renewed)), (False, True), "换口令前后的会话")
        same(visitor.call("GET", "/api/school", headers={"Authorization": f"Bearer {token}"}).status, 401, "换口令之前的令牌")
        released(visitor, account, cookies)
        same(is_in(visitor, renewed), False, "管理员重发链接之后的会话")


@task("带着登录 cookie 从别的网站提交：403，什么也不变 / forged forms of somebody signed in change nothing")
def forged_forms(site, browser):
    with other_city(site, browser, "forged") as city:
        visitor = Stranger(city)
        account, link, cookies = clerk(city, visitor)
        officer = session(visitor.visit(link, form={"password": PASSWORD, "again": PASSWORD}))
        link = released(visitor, account, cookies)
        same(is_in(visitor, officer), False, "重发链接之后的会话")
        officer = session(visitor.visit("/sign-in", form={"name": "shen.er", "password": PASSWORD}))
        school = city.ask("/api/school", limit=1)["items"][0]
        posts = [(officer, "/me/token", {"name": "外来程序", "days": "365"}),
                 (officer, "/me/session", {"session": "others"}),
                 (officer, "/me/role", {"grant": other_grant(visitor, officer)}), (officer, "/sign-out", {}),
                 (officer, "/sign-in/password", {"current": "x", "password": "y", "again": "y"}),
                 (officer, "/desk/school", city.school("外来技工学校")),
                 (officer, f"/desk/school/{school['id']}", {"version": str(school["version"]), "sponsor": "外来举办者"}),
                 (officer, f"/desk/school/{school['id']}/confirm", {"document": "外来文号"}),
                 (officer, "/desk/school/views", {"name": "外来视图", "do": "keep", "query": "q=x"}),
                 (cookies["sysadmin"], f"/desk/account/{account}/link", {}),
                 (cookies["sysadmin"], "/desk/account", {"loginName": "foreign", "displayName": "外来账号"}),
                 (cookies["secadmin"], f"/desk/account/{account}/factor", {}),
                 (cookies["secadmin"], "/desk/roleGrant",
                  {"accountId": account, "role": "department", "validFrom": "2020-01-01"}),
                 ("", "/sign-in", {"name": "shen.er", "password": PASSWORD}),
                 ("", link, {"password": PASSWORD, "again": PASSWORD})]
        origins = [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"},
                   {"Sec_Fetch_Site": "same-site"}, {"Origin": f"http://127.0.0.1:{city.port + 1}"},
                   {"Origin": f"https://127.0.0.1:{city.port}"}, {"Origin": f"http://localhost:{city.port}"},
                   {"Origin": f"http://127.0.0.1:{city.port}.evil.example"},
                   {"Origin": f"http://127.0.0.1:{city.port}", "Sec_Fetch_Site": "cross-site"}]
        last = city.ask("/api/changes", since=0, limit=1)["last"]
        for cookie, path, form in posts:
            for headers in origins:
                same(visitor.visit(path, cookie, form, **headers).status, 403, f"POST {path} {headers}")
            need(visitor.visit(path + "?" + urlencode(form), cookie).status not in (201, 204, 500), f"GET {path}")
        # And from a page of another origin, in a browser.
        browser.do("DELETE", "/cookie")
        enter(city, browser, "demo-city")
        with foreign_page(browser.site, posts) as address:
            for number, (cookie, path, _) in enumerate(posts):
                if cookie == officer:
                    browser.do("POST", "/url", {"url": f"{address}/{number}"})
                    wait(lambda: browser.path == path, f"外来表单没有提交到 {path}")
                    contains(browser.text, "其他网站", f"外来表单提交到 {path}")
        same(city.ask("/api/changes", since=0, limit=1)["last"], last, "外来提交之后的变更")
        for cookie in (officer, *cookies.values(), own_cookie(browser)):
            same(is_in(visitor, cookie), True, "外来提交之后的会话")
        page = visitor.visit("/me", officer).text
        lacks(page, "外来程序", "我的账号")
        lacks(visitor.visit("/desk/school", officer).text, "外来视图", "学校列表")
        same(visitor.visit(link).status, 200, "外来提交之后，管理员先前发的链接")
        # The same from our own pages is done.
        own = {"Origin": f"http://127.0.0.1:{city.port}", "Sec_Fetch_Site": "same-origin"}
        same(visitor.visit("/me/token", officer, {"name": "自己的程序", "days": "9"}, **own).status, 200, "本站的提交")
        contains(visitor.visit("/me", officer).text, "自己的程序", "我的账号")


@contextlib.contextmanager
def foreign_page(site, posts):
    """A server of another origin whose pages post a form here as soon as they are opened; its address."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            number = self.path.strip("/")
            body = b""
            if number.isdigit():
                _, path, form = posts[int(number)]
                boxes = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in form.items())
                body = (f'<!DOCTYPE html><meta charset="utf-8"><form method="post" action="{site}{path}">{boxes}</form>'
                        "<script>document.forms[0].submit()</script>").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


# What is wrong, too long, or asked too often

# What an answer must not tell.
INSIDES = re.compile(
    r"\bSELECT\b|\bINSERT INTO\b|\bWHERE\b|sqlite|SQLITE|/tmp/|/usr/|/home/|/root/|/opt/|/work/|\.swift\b|GRDB"
    r"|Hummingbird|NIOCore|Fatal error|Optional\(|0x[0-9a-f]{8}|\bError Domain|Swift\.|DecodingError|Stack|Traceback")


def tells_nothing(city, answer, what):
    """Whether an answer is one, with the headers each has to have, and tells nothing of the insides."""
    need(answer.status < 500, f"{what} 得 {answer.status}：{short(answer.text)}")
    contains(answer.headers["Content-Security-Policy"] or "", "default-src 'self'", f"{what}（{answer.status}）的 CSP")
    lacks(answer.headers["Content-Security-Policy"], "unsafe", f"{what} 的 CSP")
    same(answer.headers["X-Content-Type-Options"], "nosniff", f"{what}（{answer.status}）的 X-Content-Type-Options")
    need(answer.headers["Cache-Control"], f"{what}（{answer.status}）没有 Cache-Control")
    for cookie in answer.headers.get_all("Set-Cookie") or []:
        need(re.search(r"; HttpOnly\b", cookie) and re.search(r"; SameSite=(Lax|Strict)\b", cookie), f"{what}：{cookie}")
    if answer.status >= 400:
        found = INSIDES.search(answer.text)
        need(not found, f"{what}（{answer.status}）说出了 {found and found[0]}：{short(answer.text)}")
        lacks(answer.text, str(city.data), what)
    return answer


@task("读不懂的字节、过大的口令、别处的令牌、用过和过期的链接都有妥当的回答 / bad bytes and spent secrets are answered")
def bad_input(site, browser):
    with other_city(site, browser, "bad") as city:
        visitor = Stranger(city)
        officer = signs_in(visitor, city, "demo-city")
        school = city.ask("/api/school", limit=1)["items"][0]
        bad = b"\xff\xfe\xc3\x28\xed\xa0\x80\xf4\x90\x80\x80"

        def ask(method, path, body=None, headers=None, statuses=()):
            started = time.monotonic()
            answer = tells_nothing(city, visitor.call(method, path, body, headers), f"{method} {short(path, 80)}")
            need(time.monotonic() - started < 5, f"{method} {short(path, 80)} 用了 {time.monotonic() - started:.1f} 秒")
            need(not statuses or answer.status in statuses,
                 f"{method} {short(path, 80)} 得 {answer.status}：{short(answer.text)}")
            return answer

        signed = {"Cookie": f"citong-session={officer}"}
        token = {"Authorization": f"Bearer {city.token}"}
        # Passwords and names as large as can be.
        for size in (1_000, 100_000, 1_000_000, 3_900_000):
            ask("POST", "/sign-in", b"name=demo-city&password=" + b"x" * size, FORM, (422, 429))
            ask("POST", "/sign-in", b"password=x&name=" + b"x" * size, FORM, (422, 429))
        ask("POST", "/sign-in", b"name=x&password=" + b"x" * 4_200_000, FORM, (413,))
        ask("POST", "/sign-in", b"&".join([b"name=x"] * 300_000), FORM, (422, 429))
        ask("POST",
            urlsplit(city.links["auditadmin"]).path, b"password=" + b"Aa1-" * 250_000 + b"&again=" + b"Aa1-" * 250_000,
            FORM, (422, ))
        # Bytes that are no text, and NUL.
        same(stop(city.process), 0, "停下")  # which address failed is forgotten
        city.start()
        for raw in (bad, b"%FF%FE%C3%28", b"a%00b", b"%E2%80%AE", b"%", b"%zz", b"\0"):
            ask("POST", "/sign-in", b"name=" + raw + b"&password=x", FORM, (422, 429))
            ask("POST", "/sign-in", b"name=demo-county&password=" + raw, FORM, (422, 429))
            ask("POST", "/desk/school", b"schoolName=" + raw + b"&institutionKind=" + raw, {**FORM, **signed}, (422,))
            ask("POST", "/me/token", b"name=" + raw + b"&days=" + raw, {**FORM, **signed}, (200, 422))
            ask("POST", "/desk/school/views", b"do=keep&name=" + raw + b"&query=" + raw, {**FORM, **signed}, (303, 422))
            text = quote(raw) if raw[:1] != b"%" else raw.decode()
            for path in (f"/school?q={text}", f"/school?filter=schoolName~{text}", f"/search?q={text}",
                         f"/school/{text}", f"/{text}", f"/link/{text}", f"/figure/{text}", f"/school?{text}={text}",
                         f"/sign-in?next=/{text}", f"/match/{text}", f"/assets/{text}", f"/reference/{text}"):
                ask("GET", path, statuses=(200, 301, 303, 400, 404, 410))
            for path in (f"/desk/school?q={text}", f"/desk/school?col={text}", f"/desk/school/{text}/edit",
                         f"/desk/import/{text}"):
                ask("GET", path, headers=signed, statuses=(200, 303, 400, 404))
            for path in (f"/api/school?q={text}", f"/api/school/{text}", f"/api/school?cursor={text}",
                         f"/api/school?sort={text}"):
                ask("GET", path, headers=token, statuses=(200, 400, 404))
        for body in (bad, b'{"schoolName": "' + bad + b'"}', b'{"schoolName": "\\ud800"}',
                     b'{"schoolName": "a\\u0000b"}', b"\xef\xbb\xbf{}", b'{"' + bad + b'": 1}',
                     b'{"schoolName": ' + b"9" * 5000 + b"}", b'{"a":' * 5000, b"[" * 3_000_000, b'"' * 1_000_001):
            for method, path in (("POST", "/api/school"), ("PATCH",
                                                           f"/api/school/{school['id']}"), ("POST", "/api/school/bulk"),
                                 ("POST", "/api/matches"), ("POST", f"/api/school/{school['id']}/confirmations")):
                # A confirmation leaves aside what it does not know.
                taken = (200, 400, 422) if path.endswith("confirmations") else (400, 422)
                ask(method, path, body, {**token, "Content-Type": "application/json"}, taken)
        for name, value in (("Cookie", b"citong-session=" + bad), ("Cookie", b"=;;=" + bad + b";citong-session"),
                            ("Authorization", b"Bearer " + bad), ("Authorization", b"Bearer"),
                            ("Authorization", b"Basic eDp5"), ("Authorization", b"Bearer " + b"x" * 8000),
                            ("Cookie", b"citong-session=" + b"x" * 8000), ("User-Agent", bad), ("If-Match", bad),
                            ("If-None-Match", bad), ("Accept", bad), ("Last-Event-ID", bad)):
            for path in ("/me", "/desk/school", "/api/school", "/", f"/api/public/school/{school['id']}"):
                ask("GET", path, headers={name: value}, statuses=(200, 303, 400, 401))
        ask("POST", "/api/school", city.school("键坏了技工学校"), {**token, "Idempotency-Key": bad}, (201, 400, 422))
        ask("POST", "/api/school", city.school("键太长技工学校"), {**token, "Idempotency-Key": "k" * 8000}, (400, 422))
        # What opens another installation opens nothing here.
        need(site.token and city.token != site.token, "两处的令牌相同")
        same(ask("GET", "/api/school", headers={"Authorization": f"Bearer {site.token}"}).status, 401, "别处的令牌")
        same(
            ask("POST", "/api/school", city.school("别处技工学校"), {"Authorization": f"Bearer {site.token}"}).status, 401,
            "别处的令牌")
        same(is_in(visitor, own_cookie(browser)), False, "别处的会话")
        same(ask("GET", site.link("demo-county")).status, 410, "别处的链接")
        # A link opens once, and not for long.
        link = city.link("demo-county")
        session(visitor.visit(link, form={}))
        same(ask("POST", link, b"", FORM).status, 410, "链接用第二次")
        same(ask("GET", link).status, 410, "链接用过之后")
        link = city.link("demo-county")
        with contextlib.closing(sqlite3.connect(city.data / "citong-sign-in.sqlite", timeout=30)) as base, base:
            base.execute("UPDATE one_time_link SET expires_at = ? WHERE used_at IS NULL", (int(time.time()) - 1,))
        same(ask("GET", link).status, 410, "过期的链接")
        answer = ask("POST", link, b"", FORM)
        same((answer.status, answer.headers["Set-Cookie"]), (410, None), "用过期的链接")
        # Of two at once one gets in.
        link, answers = city.link("demo-county"), []
        threads = [threading.Thread(target=lambda: answers.append(visitor.visit(link, form={}))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        same(sum(bool(answer.headers["Set-Cookie"]) for answer in answers), 1, "同一个链接同时用八次，进来的人")
        same(city.get("/health").status, 200, "之后的 /health")


@task("一个地址试 500 次口令：次次有回答，日志里没有口令和登录名 / 500 guesses are answered and leave no secret")
def many_guesses(site, browser):
    with other_city(site, browser, "guesses") as city:
        visitor = Stranger(city)
        answers = []
        started = time.monotonic()
        for number in range(500):
            name = "demo-school" if number % 50 == 7 else f"Guess-Name-{number}"
            answer = visitor.visit("/sign-in", form={"name": name, "password": f"Guess-Word-{number}"})
            tells_nothing(city, answer, f"第 {number} 次")
            lacks(answer.text, "Guess-Word", f"第 {number} 次的回答")
            answers.append(answer)
        spent = time.monotonic() - started
        same(set(answer.status for answer in answers), {422, 429}, "回答的状态")
        need(spent < 120, f"500 次用了 {spent:.0f} 秒")
        late = [answer for answer in answers if answer.status == 429]
        need(len(late) > 400, f"只有 {len(late)} 次被要求等一等")
        need(all(0 < int(answer.headers["Retry-After"]) <= 20 * 60 for answer in late), "Retry-After 不像样")
        need(len({answer.status for answer in answers[:5]}) == 1, "前五次的回答不一样")
        # Who has signed in, or comes by a link, is not kept out.
        same(is_in(visitor, signs_in(visitor, city, "demo-school")), True, "从同一个地址用链接登录")
        wait(lambda: ",failure,登录名或口令不对" in audit(city), "审计日志里没有错的口令")
        for said, what in ((city.log.read_text("utf-8", "replace"), "服务器日志"), (audit(city), "citong audit list")):
            for secret in ("Guess-Word", "Guess-Name", "guess-name"):
                lacks(said, secret, what)
        kept = b"".join(path.read_bytes() for path in city.data.iterdir() if path.is_file())
        need(b"Guess-Word" not in kept, "数据文件夹里有试过的口令")
        same(city.get("/health").status, 200, "之后的 /health")


def audit(city):
    """Everything in the audit log."""
    made = city.run("audit", "list", "--data", str(city.data))
    same(made.returncode, 0, f"citong audit list：{short(made.stderr)}")
    return made.stdout


@task("每个回答都有安全头，内部页面不留在缓存里，出错的页面不说内情 / headers of every answer, errors tell nothing")
def headers(site, browser):
    with other_city(site, browser, "headers") as city:
        visitor = Stranger(city)
        officer = signs_in(visitor, city, "demo-city")
        school = city.ask("/api/school", limit=1)["items"][0]["id"]
        signed, token = {"Cookie": f"citong-session={officer}"}, {"Authorization": f"Bearer {city.token}"}
        open_paths = [
            "/", "/health", "/figures", "/school", f"/school/{school}", "/school.csv", "/school.json", "/school.xlsx",
            "/kinds", "/reference", "/search?q=x", "/sign-in",
            city.link("demo-county"), "/link/none", "/none", "/school/none", "/api", "/api/kinds", "/api/openapi.json",
            "/api/figures", "/api/public/school", "/api/public/none", "/school?knownOn=x", "/school?validOn=2022-99-99",
            "/school?sort=none", "/school?filter=none%3D1", "/school?filter=x", "/school?figure=none", "/school?page=0",
            "/assets/none", "/assets/citong.css", "/figure/none", "/match/none", "/school?figure=S1%27",
            "/school?institutionKind=%27", "/api/public/school?cursor=x"
        ]
        for path in open_paths:
            for method in ("GET", "HEAD"):
                tells_nothing(city, visitor.call(method, path), f"{method} {path}")
            tells_nothing(city, visitor.call("GET", path, headers=signed), f"GET {path}（已登录）")
            tells_nothing(city, visitor.call("GET", path, headers={"Host": "evil.example"}), f"GET {path}（别的 Host）")
            for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
                if not path.startswith("/link/"):
                    tells_nothing(city, visitor.call(method, path, b"{}"), f"{method} {path}")
        inside = [
            "/desk", "/desk/kinds", "/desk/need", "/desk/quality", "/desk/import", "/me", "/desk/school",
            f"/desk/school/{school}", f"/desk/school/{school}/edit", f"/desk/school/{school}/history",
            "/desk/school/new", "/desk/school.csv", "/desk/school.json", "/desk/school.xlsx", "/desk/school/duplicates",
            "/desk/school/bulk", "/desk/enterprise", "/desk/school/names?q=x", "/desk/school/template.xlsx",
            "/desk/none", "/desk/school/none", "/desk/import/none", "/desk/account", "/desk/audit"
        ]
        for path in inside:
            answer = tells_nothing(city, visitor.call("GET", path, headers=signed), f"GET {path}")
            if answer.status == 200:
                same(answer.headers["Cache-Control"], "no-store", f"{path} 的 Cache-Control")
            elsewhere = tells_nothing(city, visitor.call("GET", path), f"GET {path}（没有登录）")
            need(elsewhere.status in (303, 404), f"{path} 没有登录得 {elsewhere.status}")
        for path in ("/api/school", f"/api/school/{school}", "/api/enterprise", "/api/changes", "/api/imports",
                     f"/api/school/{school}/versions"):
            answer = tells_nothing(city, visitor.call("GET", path, headers=token), path)
            same((answer.status, answer.headers["Cache-Control"]), (200, "no-store"), f"{path} 的 Cache-Control")
        for path, body in (("/desk/school", b""), (f"/desk/school/{school}", b"version=1&schoolName="),
                           ("/me/role", b"grant=none"), ("/me/token", b"name="), ("/me/session", b"session=none"),
                           ("/desk/import", b""), ("/desk/school/merge", b""), ("/desk/school/duplicates", b""),
                           ("/desk/school/bulk", b""), ("/desk/school/views", b""),
                           (f"/desk/school/{school}/succeed", b"to=none"), ("/desk/import/none",
                                                                            b""), ("/desk/import/run/9/undo", b"")):
            tells_nothing(city, visitor.call("POST", path, body, {**FORM, **signed}), f"POST {path}")
        for form in ({}, {"name": "demo-city"}, {"name": "demo-city", "password": "x"}):
            tells_nothing(city, visitor.visit("/sign-in", form=form), f"POST /sign-in {form}")
        cookie = visitor.visit(city.link("demo-county"), form={}).headers["Set-Cookie"]
        contains(cookie, "; Path=/", "登录的 cookie")
        contains(visitor.visit("/").headers["Content-Security-Policy"], "frame-ancestors 'none'", "/ 的 CSP")


@task("多大的数都有回答，服务器不倒 / numbers of any size are answered")
def large_numbers(site, browser):
    numbers = ("9223372036854775807", "-9223372036854775808", "39966244976697790", "-39966244976697790",
               "99999999999999999999", "9" * 300, "1e18", "1e308", "0.00000000000000001", "9999999999999.999999")
    asked = (
        "/api/public/college?filter=longitude%3E%3D", "/api/public/school?filter=printedBooks%3E%3D",
        "/school?filter=printedBooks%3C%3D", "/api/school?limit=", "/school?page=", "/api/changes?since=",
        "/api/public/matches?title=x&longitude=", "/api/public/matches?title=x&headcount=",
        "/api/enterprise?filter=annualOutput%3D")
    fields = (("college", "longitude"), ("school", "printedBooks"), ("school", "equipmentValue"), ("school", "version"),
              ("enterprise", "annualOutput"))
    with other_city(site, browser, "numbers") as city:
        for number in numbers:
            for path in asked:
                answer = city.get(path + number)
                need(answer.status < 500, f"GET {path}{number} 得 {answer.status}：{short(answer.text)}")
            for kind, field in fields:
                for value in (number, f'"{number}"'):
                    body = f'{{"{field}": {value}}}'
                    answer = city.call("POST", f"/api/{kind}", body, {"Content-Type": "application/json"})
                    need(answer.status in (400, 422), f"POST /api/{kind} {body} 得 {answer.status}")
            answer = city.call("POST", "/api/matches", {"title": "x", "longitude": number})
            need(answer.status < 500, f"POST /api/matches {number} 得 {answer.status}")
