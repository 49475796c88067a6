"""Tasks of people who sign in: administrators at the first start, a clerk with a role, what each may do."""

import base64
import contextlib
import hashlib
import hmac
import re
import shutil
import struct
import subprocess
import time
from pathlib import Path

from browser_test import Site, Skipped, free_port, contains, enter, lacks, need, same, short, stop, task
from hard_files import credit_code

PASSWORD = "River-Otter-7391"


def code(secret, at):
    """The one-time code of a secret (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    place = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def fill(browser, **values):
    for name, value in values.items():
        box = browser.find(f"[name={name}]")
        browser.do("POST", box.at + "/clear")
        browser.do("POST", box.at + "/value", {"text": value})


def submit(browser):
    browser.find("main button[type=submit].button").follow()


def leave(browser):
    browser.do("DELETE", "/cookie")


def begin(browser, link):
    """Chooses a password by a link; sets a second factor up where it is asked for."""
    leave(browser)
    browser.open(link)
    fill(browser, password=PASSWORD, again=PASSWORD)
    submit(browser)
    if browser.path == "/sign-in/enroll":
        secret = browser.find(".secret .code").text
        fill(browser, code=code(secret, time.time()))
        submit(browser)
        return secret
    return ""


def administer(site, browser, login):
    """Acts as one of the three administrators: the first time by their link, then by the session of then."""
    sessions = site.__dict__.setdefault("sessions", {})
    if login not in sessions:
        begin(browser, site.links[login])
        sessions[login] = browser.do("GET", "/cookie")[0]
        return
    resume(browser, sessions[login])


def resume(browser, cookie):
    """Goes on with a session of before."""
    leave(browser)
    browser.open("/sign-in")
    browser.do("POST", "/cookie", {"cookie": {"name": cookie["name"], "value": cookie["value"], "path": "/"}})


@contextlib.contextmanager
def identity_provider(site, port, redirect):
    """A real identity provider (canaille) for as long as the block runs; gives a function that lets its key change."""
    python = Path(site.repository) / ".build/provider-venv/bin/python"
    if not python.exists():
        raise Skipped("没有跑：.build/provider-venv 里没有 canaille，bin/test 会装")
    keys, script = site.folder / "provider-keys", Path(__file__).with_name("provider.py")
    running = []

    def start():
        process = subprocess.Popen([python, script, str(port), redirect, keys], stdout=subprocess.PIPE,
                                   stderr=open(site.folder / "provider.log", "ab"), text=True, cwd=site.folder)
        running.append(process)
        same(process.stdout.readline().strip(), "ready", "统一身份认证的提供方")

    def change_key():
        stop(running[-1])
        former = keys.read_text()
        keys.unlink()
        subprocess.run([python, script, "--key", keys], check=True, cwd=site.folder)
        keys.write_text(keys.read_text() + former)
        start()

    try:
        start()
        yield change_key
    finally:
        for process in running:
            stop(process)


@task("经统一身份认证登录：真的提供方、PKCE、换了密钥也行 / signing in by a real identity provider")
def by_provider(site, browser):
    from provider import CLIENT, PASSWORD as SECRET_OF_PERSON, PERSON, SECRET

    port = free_port()
    redirect = f"http://127.0.0.1:{site.port}/sign-in/provider/back"
    issuer = f"http://127.0.0.1:{port}"

    def provider(*arguments, line=""):
        return site.run("provider", *arguments, "--data", str(site.data), input=line)

    def log_in():
        fill(browser, login=PERSON)
        browser.find("form button[type=submit]").follow()
        fill(browser, password=SECRET_OF_PERSON)
        browser.find("form button[type=submit]").follow()

    with identity_provider(site, port, redirect) as change_key:
        told = provider("--issuer", issuer, "--client", CLIENT, "--label", "省统一身份认证", line=SECRET + "\n")
        same(told.returncode, 0, f"citong provider：{short(told.stdout + told.stderr)}")
        contains(told.stdout, "提供方答话正常", "citong provider")
        try:
            leave(browser)
            browser.open("/sign-in?next=/desk/school")
            browser.find("main a[href^='/sign-in/provider']").follow()
            log_in()
            contains(browser.text, "还没有对应的账号", "没有对应账号的人")
            administer(site, browser, "sysadmin")
            browser.open("/desk/account?q=demo-school")
            browser.find("table.data tbody a").follow()
            browser.open(browser.path + "/edit")
            fill(browser, externalId=PERSON)
            submit(browser)
            leave(browser)
            browser.open("/sign-in/provider")
            if browser.all("[name=login]"):
                log_in()
            contains(browser.text, "还没有经安全管理员核对", "只有系统管理员填了号码")
            administer(site, browser, "secadmin")
            browser.open("/desk/roleGrant?role=schoolAdmin")
            browser.find("table.data tbody a").follow()
            browser.open(browser.path + "/edit")
            fill(browser, externalId=PERSON)
            submit(browser)
            for turn in ("第一次", "提供方换了密钥之后"):
                leave(browser)
                browser.open("/sign-in?next=/desk/school")
                browser.find("main a[href^='/sign-in/provider']").follow()
                if browser.all("[name=login]"):
                    log_in()
                same(browser.path, "/desk/school", f"{turn}登录之后")
                contains(browser.text, "学校管理员", f"{turn}登录之后")
                change_key()
        finally:
            same(provider("--off").returncode, 0, "停用提供方")
            leave(browser)
            enter(site, browser, "demo-city")
    lacks(browser.text, "省统一身份认证", "停用之后")


@task("三员首次启动：建账号、授权、本人登录；谁也做不了别人的事 / three administrators, an account, a role")
def first_start(site, browser):
    city = site.run("doctor", "--data", str(site.data))
    same(city.returncode, 0, "citong doctor")
    folder = site.folder / "people"
    shutil.rmtree(folder, ignore_errors=True)
    made = site.run("init", "--city", site.city, "--data", str(folder))
    same(made.returncode, 0, f"citong init：{short(made.stderr)}")
    links = dict(re.findall(r"（(\w+)）：http://[^/]+(/link/\S+)", made.stdout))
    other = Site(site.program, site.folder, folder, "people").start()
    former, browser.site = browser.site, f"http://127.0.0.1:{other.port}"
    try:
        # The system's administrator makes the account, and can give no role.
        begin(browser, links["sysadmin"])
        same(browser.path, "/desk", "系统管理员登录之后")
        browser.open("/desk/account/new")
        fill(browser, loginName="lin.yi", displayName="林一")
        submit(browser)
        account = browser.path.rsplit("/", 1)[-1]
        browser.find(".deeds button").follow()
        early = re.search(r"/link/[\w-]{43}", browser.text)[0]
        same(other.get("/desk").status, 303, "没有登录的人")
        browser.open("/desk/roleGrant/new")
        contains(browser.text, "不能做这件事", "系统管理员授权")
        system = browser.do("GET", "/cookie")[0]
        # The used link is worth nothing any more.
        leave(browser)
        browser.open(links["sysadmin"])
        contains(browser.text, "用过或过期", "再用一次链接")
        # The security administrator gives the role.
        begin(browser, links["secadmin"])
        browser.open("/desk/roleGrant/new")
        fill(browser, accountId=account)
        browser.script("var s = document.querySelector('[name=role]'); s.value = 'cityBureau';"
                       "document.querySelector('[name=validFrom]').value = '2020-01-01'")
        submit(browser)
        contains(browser.text, "市教育局", "授权之后")
        # With a role the link of before is void; the next one takes both.
        security = browser.do("GET", "/cookie")[0]
        leave(browser)
        browser.open(early)
        contains(browser.text, "用过或过期", "授权之前的链接")
        resume(browser, system)
        browser.open(f"/desk/account/{account}")
        browser.find(".deeds button").follow()
        contains(browser.text, "链接要安全管理员放行", "申请链接")
        resume(browser, security)
        browser.open(f"/desk/account/{account}")
        browser.find("form[action$='/release'] button").follow()
        link = re.search(r"/link/[\w-]{43}", browser.text)[0]
        browser.open("/desk/account/new")
        contains(browser.text, "不能做这件事", "安全管理员建账号")
        # They see what a role would find, and none of its records.
        browser.open("/desk/access/as?role=cityBureau&of=graduateDestination")
        contains(browser.text, "毕业去向的字段", "以市教育局的身份看")
        contains(browser.text, "菜单里有：首页、导入", "以市教育局的身份看")
        # The clerk.
        begin(browser, link)
        same(browser.path, "/desk", "经办人登录之后")
        contains(browser.text, "林一", "页头的姓名")
        browser.open("/desk/school/new")
        same(browser.path, "/desk/school/new", "经办人登记学校")
        browser.open("/desk/audit")
        contains(browser.text, "不能做这件事", "经办人看审计")
        # Who watches sees what the others did, and changes nothing.
        begin(browser, links["auditadmin"])

        def told():
            browser.open("/desk/audit")
            return "lin.yi" in browser.text and "登录" in browser.text

        end = time.monotonic() + 20
        while not told():
            need(time.monotonic() < end, "审计里没有登录记录：" + short(browser.text, 400))
            time.sleep(0.2)
        lacks(browser.text, PASSWORD, "审计记录")
        checked = site.run("audit", "verify", "--data", str(folder))
        same(checked.returncode, 0, f"citong audit verify：{short(checked.stderr)}")
    finally:
        browser.site = former
        stop(other.process)
        shutil.rmtree(folder, ignore_errors=True)
        leave(browser)
        enter(site, browser, "demo-city")


@task("一所学校的管理员只改得了自己的学校，看不到别人的内部数据 / a school keeps to itself")
def own_school(site, browser):
    enter(site, browser, "demo-school")
    try:
        browser.open("/me")
        contains(browser.text, "学校管理员", "我的账号")
        cookie = browser.do("GET", "/cookie")[0]
        mine = site.call("GET", "/me/data.json", headers={
            "Authorization": "", "Cookie": f"{cookie['name']}={cookie['value']}"}).json
        same([one["loginName"] for one in mine["account"]], ["demo-school"], "我的数据里的账号")
        same([one["role"] for one in mine["roleGrants"]], ["schoolAdmin"], "我的数据里的身份")
        need(mine["sessions"], "我的数据里没有登录")
        own = mine["roleGrants"][0]["schoolId"]
        other = next(one for one in site.ask("/api/school")["items"] if one["id"] != own)
        browser.open(f"/desk/school/{own}")
        contains(browser.text, "修改", "自己的学校")
        browser.open(f"/desk/school/{other['id']}/edit")
        contains(browser.text, "不在你管理的范围内", "别人的学校")
        browser.open("/desk/enterprise")
        lacks(browser.text, "年产值", "企业列表")
    finally:
        leave(browser)
        enter(site, browser, "demo-city")


@task("企业申请入驻，县局确认，联系人设口令登录，只见自己的 / an enterprise joins and keeps to itself")
def joining(site, browser):
    leave(browser)
    try:
        browser.open("/sign-in")
        browser.find("main a[href='/join']").follow()
        contains(browser.text, "企业入驻", "入驻页")
        fill(browser, uscc=credit_code(77), organisationName="演示入驻有限公司", gbIndustryCode="C136",
             contactName="演示联系人", position="人事", phone="0990-0000077", loginName="joining.demo")
        browser.script("document.querySelector('[name=regionCode]').selectedIndex = 1;"
                       "document.querySelector('[name=hasReadNotice]').value = 'false'")
        place = browser.script("return document.querySelector('[name=regionCode]').value")
        browser.find("main button[type=submit].button").follow()
        contains(browser.text, "请先读隐私说明", "没有读隐私说明")
        same(browser.find("[name=organisationName]").value, "演示入驻有限公司", "退回的表里的单位")
        browser.script("document.querySelector('[name=hasReadNotice]').value = 'true'")
        browser.find("main button[type=submit].button").follow()
        receipt = browser.path
        need(receipt.startswith("/join/"), f"提交之后在 {receipt}")
        contains(browser.text, "待确认", "受理页")
        enter(site, browser, "demo-city")
        waiting = site.ask("/api/joining")["items"]
        same([(one["loginName"], one["regionCode"]) for one in waiting], [("joining.demo", place)], "待确认的申请")
        browser.open(f"/desk/joining/{waiting[0]['id']}")
        browser.find("button[value=confirm]").follow()
        contains(browser.text, "已确认", "确认之后")
        leave(browser)
        browser.open(receipt)
        browser.find("main button[type=submit].button").follow()
        fill(browser, password=PASSWORD, again=PASSWORD)
        submit(browser)
        contains(browser.text, "企业", "登录之后")
        browser.open("/me")
        contains(browser.text, "演示入驻有限公司", "身份里的单位")
        other = next(one for one in site.ask("/api/enterprise")["items"] if one["uscc"] != credit_code(77))
        browser.open(f"/desk/enterprise/{other['id']}/edit")
        contains(browser.text, "不在你管理的范围内", "别人的企业")
    finally:
        leave(browser)
        enter(site, browser, "demo-city")


@task("本人要求注销，安全管理员照办，姓名从各处消失 / somebody has their account closed and is forgotten")
def forgotten(site, browser):
    administer(site, browser, "sysadmin")
    try:
        browser.open("/desk/account/new")
        fill(browser, loginName="closing.demo", displayName="演示离职者")
        submit(browser)
        account = browser.path
        browser.find(".deeds button").follow()
        link = re.search(r"/link/[\w-]{43}", browser.text)[0]
        begin(browser, link)
        browser.open("/me")
        browser.script("document.querySelector('[name=kind]').value = 'correct'")
        browser.find("form[action='/me/request'] button").follow()
        contains(browser.text, "请写明要怎样更正", "没有写怎样更正")
        browser.script("document.querySelector('[name=kind]').value = 'close'")
        browser.find("form[action='/me/request'] button").follow()
        contains(browser.text, "已收到", "提出之后")
        contains(browser.text, "待答复", "提过的请求")
        administer(site, browser, "secadmin")
        browser.open("/desk/rightsRequest")
        browser.find("table.data tbody a").follow()
        browser.fill(reason="已按请求注销")
        browser.find("button[value=done]").follow()
        contains(browser.text, "已办", "答复之后")
        browser.open(account)
        lacks(browser.text, "演示离职者", "注销的账号")
        contains(browser.text, "停用", "注销的账号")
        browser.open(account + "/history")
        lacks(browser.text, "演示离职者", "注销的账号的历史")
        lacks(browser.text, "closing.demo", "注销的账号的历史")
    finally:
        leave(browser)
        enter(site, browser, "demo-city")


@task("忘了口令：系统管理员申请，安全管理员放行，谁也不能一个人拿到链接 / a forgotten password takes two")
def forgotten_password(site, browser):
    administer(site, browser, "sysadmin")
    try:
        browser.open("/desk/account?q=demo-department")
        browser.find("table.data tbody a").follow()
        account = browser.path
        browser.find(".deeds button").follow()
        contains(browser.text, "链接要安全管理员放行", "申请之后")
        need(not re.search(r"/link/[\w-]{43}", browser.text), "系统管理员看到了链接")
        administer(site, browser, "secadmin")
        browser.open(account)
        browser.find("form[action$='/release'] button").follow()
        link = re.search(r"/link/[\w-]{43}", browser.text)[0]
        begin(browser, link)
        same(browser.path, "/desk", "本人设好口令之后")
    finally:
        leave(browser)
        enter(site, browser, "demo-city")


@task("安全管理员改策略，比底线松的一项也不改；待办在首页 / policies are set, never below the floor")
def policies(site, browser):
    administer(site, browser, "secadmin")
    try:
        browser.open("/desk")
        lacks(browser.find("nav").text, "导入", "安全管理员的菜单")
        browser.open("/desk/policies")
        fill(browser, idleMinutes="31", sessions="3")
        submit(browser)
        contains(browser.text, "应为 1 到 30 之间的整数", "比底线松")
        same(browser.find("[name=sessions]").value, "3", "退回的表里填的")
        fill(browser, idleMinutes="20")
        submit(browser)
        contains(browser.text, "30 → 20 分钟", "改好之后")
        same(site.run("policy", "--data", str(site.data)).stdout.splitlines()[6].split("\t")[:2],
             ["idleMinutes", "20"], "citong policy")
        fill(browser, idleMinutes="30", sessions="5")
        submit(browser)
    finally:
        leave(browser)
        enter(site, browser, "demo-city")


@task("含个人信息的导出要先申请，批准后才能下载，文件里写明是谁 / a file of personal data is asked for and approved")
def approved_export(site, browser):
    enter(site, browser, "demo-school")
    try:
        browser.open("/desk/graduateDestination.json?col=schoolId")
        contains(browser.text, "只给 CSV 和 Excel", "挑了列的 JSON")
        browser.open("/desk/graduateDestination.csv")
        contains(browser.text, "个人信息", "申请页")
        fill(browser, purpose="太短")
        submit(browser)
        contains(browser.text, "至少写 10 个字", "用途太短")
        fill(browser, purpose="核对 2022 届毕业生就业材料")
        submit(browser)
        asked = browser.path
        contains(browser.text, "待批准", "提出之后")
        same(browser.all("a[href$='/file']"), [], "提出之后的下载")
        browser.open(asked + "/file")
        contains(browser.text, "没有批准", "没有批准就下载")
        administer(site, browser, "secadmin")
        browser.open(asked)
        browser.find("button[value=approve]").follow()
        contains(browser.text, "已批准", "批准之后")
        browser.open(asked + "/file")
        contains(browser.text, "只有申请人能下载", "批准人下载")
        leave(browser)
        enter(site, browser, "demo-school")
        cookie = browser.do("GET", "/cookie")[0]
        files = []
        for _ in range(4):
            files.append(site.call("GET", asked + "/file", headers={
                "Authorization": "", "Cookie": f"{cookie['name']}={cookie['value']}"}))
        same([one.status for one in files], [200, 200, 200, 410], "下载四次")
        contains(files[0].text, "申请", "文件里的说明")
        contains(files[0].text, "核对 2022 届毕业生就业材料", "文件里的用途")
    finally:
        leave(browser)
        enter(site, browser, "demo-city")


@task("办学条件：全市、一所学校、假如加几名教师 / operating conditions, and what if")
def conditions(site, browser):
    overview = site.ask("/api/public/conditions")
    whole = overview["whole"]
    browser.open("/conditions")
    contains(browser.text, f"纳入统计 {whole['inScope']} 所，重点监测指标全部达标 {whole['passing']} 所", "全市")
    lacking = next(one for one in overview["schools"] if one["failed"])
    browser.open(f"/conditions/{lacking['id']}")
    contains(browser.text, "不达标", "缺的学校")
    found = site.ask(f"/api/public/conditions/{lacking['id']}")
    gaps = [one for one in found["indicators"] if one["outcome"] == "fails" and one["line"] in ("key", "qualified")]
    same([one["code"] for one in gaps], lacking["failed"], "不达标的指标")
    need(all(float(one["gap"]) > 0 for one in gaps), f"缺口：{gaps}")
    fill(browser, studentsFullTime="-abc")
    browser.find("form.form-line button").follow()
    contains(browser.text, "应为增加多少", "填错的数")
    fill(browser, studentsFullTime="-100000000", teachersFull="5000", landOwnedSqm="1000000",
         buildingOwnedSqm="1000000", equipment="1000000000", booksPrinted="1000000")
    browser.find("form.form-line button").follow()
    contains(browser.text, "这样一来", "假如之后")
    same(site.ask(f"/api/public/conditions/{lacking['id']}"), found, "假如不留下什么")
    same(site.call("GET", "/api/public/conditions/nobody").status, 404, "没有的学校")


@task("工作考核：市局看全部和怎样得分，县局只看自己的，公众只看等次 / the assessment, told to whom it may be")
def assessment(site, browser):
    code = "KH-2022-COUNTY"
    enter(site, browser, "demo-city")
    whole = site.ask(f"/api/assessment/{code}")["organisations"]
    need(len(whole) > 3 and all(one["leaves"] for one in whole), "市教育局看到的")
    for one in whole:
        same(round(sum(float(leaf["score"]) for leaf in one["leaves"]) + float(one["bonus"]) - float(one["deduct"]), 2),
             float(one["total"]), f"{one['name']}的总分")
    browser.open(f"/desk/assessment/{code}")
    browser.find("table.data tbody a").follow()
    contains(browser.text, "最能提分的", "得分单")
    contains(browser.text, f"{whole[0]['total']:.2f}", "得分单的总分")
    try:
        leave(browser)
        browser.open(f"/assessment/{code}")
        contains(browser.text, whole[0]["name"], "公示的等次")
        lacks(browser.text, f"{whole[0]['total']:.2f}", "公示的等次里的分数")
        open_ones = site.ask(f"/api/public/assessment/{code}")["organisations"]
        same([sorted(one) for one in open_ones][0], ["grade", "id", "name", "rank"], "公开接口给的")
        enter(site, browser, "demo-county")
        browser.open(f"/desk/assessment/{code}")
        links = [one.attribute("href") for one in browser.all("main table.data tbody a")]
        same(len(links), 1, "县局能点开的单位")
        other = next(one["id"] for one in whole if not links[0].endswith(one["id"]))
        browser.open(f"/desk/assessment/{code}/{other}")
        contains(browser.text, "没有这个页面", "县局看别县的得分单")
    finally:
        leave(browser)
        enter(site, browser, "demo-city")


@task("公文的每个数字点得开，当时和现在一样；待办里县局审核 / a document with its figures, then the inbox of a county")
def documents_and_inbox(site, browser):
    one = site.ask("/api/public/publishedDocument")["items"][0]
    place = f"/document/{one['documentId']}"
    try:
        leave(browser)
        browser.open(place)
        contains(browser.text, one["documentNumber"], "公文页")
        contains(browser.text, "个数字，", "当时和现在")
        browser.find("article.letter a.live").follow()
        contains(browser.text, "怎样算出", "点开公文里的数字")
        figures = site.ask(place + "/figures.json")["figures"]
        need(len(figures) > 5 and all((one["then"] == one["now"]) != one["changed"] for one in figures), "当时和现在")
        for name, kind in (("page.html", "text/html"), ("document.txt", "text/plain")):
            same(site.get(f"{place}/{name}").type, kind, name)
        need(site.get(place + "/document.docx").content.startswith(b"PK"), "Word 文件")
        contains(site.get("/documents.atom").text, one["title"], "订阅")
        for path, word in (("/tasks", "督办任务"), ("/proposals", "建议提案"), ("/procedures", "办理流程")):
            browser.open(path)
            contains(browser.text, word, path)
        enter(site, browser, "demo-county")
        browser.open("/desk/inbox")
        browser.find("main table.data tbody a").follow()
        browser.find("button[value=pass]").follow()
        contains(browser.text, "要写明意见或原因", "没有写意见")
        fill(browser, note="材料齐全，同意上报")
        browser.find("button[value=pass]").follow()
        contains(browser.text, "市级评审", "审核通过之后")
        contains(browser.text, "材料齐全，同意上报", "经过")
        need(not browser.all("button[value=pass]"), "已经不等县里办")
    finally:
        leave(browser)
        enter(site, browser, "demo-city")


@task("填报单：台账里的数一次确认，不同的要说明 / the form shows what the register knows")
def assessment_form(site, browser):
    code = "KH-2022-SCHOOL"
    school = "SD001"
    place = f"/desk/assessment/{code}/{school}/form"
    browser.open(place)
    lines = site.ask(f"/api/assessment/{code}/{school}/form")["lines"]
    known = sum(1 for one in lines if one["ledger"] is not None and not one["status"])
    need(known > 0, "台账已有的数")
    browser.find("button[value=confirm]").follow()
    contains(browser.text, f"保存了 {known} 个填报值", "确认之后")
    contains(browser.text, "只需确认", "采集负担")
    line = next(one for one in site.ask(f"/api/assessment/{code}/{school}/form")["lines"] if one["confirmed"])
    answer = site.call("POST", f"/api/assessment/{code}/{school}/form",
                       {"values": {line["element"]: {"value": str(int(line["ledger"]) + 1)}}})
    contains(answer.text, "与平台台账的", "与台账不同的数")
    browser.open(f"/desk/assessment/{code}")
    contains(browser.text, "填报进度", "方案页")


@task("登录错五次就锁，话都一样 / five wrong passwords lock a name, known or not")
def wrong_passwords(site, browser):
    for name in ("demo-city", "nobody.here"):
        said = []
        for _ in range(5):
            answer = site.call("POST", "/sign-in", f"name={name}&password=wrong-Password-1",
                               {"Content-Type": "application/x-www-form-urlencoded"})
            said.append((answer.status, "登录名或口令不对" in answer.text))
        same(set(said), {(422, True)}, f"{name} 五次")
        answer = site.call("POST", "/sign-in", f"name={name}&password=wrong-Password-1",
                           {"Content-Type": "application/x-www-form-urlencoded"})
        same(answer.status, 429, f"{name} 第六次")
        contains(answer.text, "请", f"{name} 第六次")


@task("代理之后：只认自己的域名，要 TLS，HSTS，来源地址取代理说的最后一个 / behind a proxy that does the TLS")
def behind_a_proxy(site, browser):
    folder = site.folder / "proxied"
    shutil.copytree(site.data, folder)
    other = Site(site.program, site.folder, folder, "proxied")
    other.settings = {"CITONG_NAMES": "citong.example"}
    other.start()
    try:
        ours = {"Host": "citong.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9, 203.0.113.7",
                "Authorization": ""}
        page = other.call("GET", "/", headers=ours)
        same(page.status, 200, "代理转来的首页")
        contains(page.headers.get("Strict-Transport-Security") or "", "max-age=31536000", "HSTS")
        need("Strict-Transport-Security" not in other.get("/").headers, "本机直接访问不该有 HSTS")
        same(other.call("GET", "/", headers=ours | {"X-Forwarded-Proto": "http"}).status, 421, "没有 TLS")
        same(other.call("GET", "/", headers=ours | {"Host": "evil.example"}).status, 421, "别人的域名")
        form = ours | {"Content-Type": "application/x-www-form-urlencoded"}
        link = other.link("demo-city")
        same(other.call("POST", link, "", form | {"Origin": "http://citong.example"}).status, 403, "别处来的表单")
        entered = other.call("POST", link, "", form | {"Origin": "https://citong.example"})
        same(entered.status, 303, "进入演示")
        cookie = entered.headers["Set-Cookie"]
        for part in ("HttpOnly", "SameSite=Lax", "Secure"):
            contains(cookie, part, "会话的 cookie")
        mine = other.call("GET", "/me", headers=ours | {"Cookie": cookie.split(";")[0]})
        contains(mine.text, "203.0.113.7", "来源地址")
        lacks(mine.text, "203.0.113.9", "来源地址")
    finally:
        stop(other.process)
        shutil.rmtree(folder)
