"""Tasks with files, lists, histories and doubles: what a clerk does with a spreadsheet and a mouse."""

import csv
import io
import json
import time
import zipfile
from urllib.parse import quote

from browser_test import contains, need, same, task, wait


def upload(site, browser, name, content, kind="school"):
    """Hands a file in on the page and waits until it was looked at."""
    path = site.folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    browser.open(f"/desk/import?kind={kind}")
    box = browser.find("#file")
    browser.do("POST", box.at + "/value", {"text": str(path)})
    browser.find("form.upload button[type=submit]").follow()
    return settle(browser)


def settle(browser):
    """Waits until the job on the page is not busy any more."""

    def done():
        if browser.all("progress"):
            time.sleep(0.2)
            browser.open(browser.path)
            return False
        return True

    wait(done, "检查没有结束")
    return browser.text


def tally(browser):
    return [int(box.text.split()[0].replace(",", "")) for box in browser.all(".tally")]


def schools(site, *names):
    county = site.county()
    head = "学校全称,学校类型,办学性质,主管部门,所在县（市、区）\n"
    return head + "".join(f"{name},技工学校,公办,市人社局,{county}\n" for name in names)


@task("上传文件先检查，好的行入库，再整批撤销 / a file is checked, taken in and taken back")
def import_and_undo(site, browser):
    before = site.ask("/api/school")["total"]
    good = schools(site, "导入一号技工学校", "导入二号技工学校")
    said = upload(site, browser, "学校.csv", good + "导入三号技工学校,没有这种类型,公办,市人社局,000000\n")
    same(tally(browser), [2, 0, 0, 1], "新增、更新、未变、退回")
    contains(said, "不在可选范围内", "退回的原因")
    same(site.ask("/api/school")["total"], before, "检查之后的学校数")
    browser.find("button[value=commit]").follow()
    settle(browser)
    same(site.ask("/api/school")["total"], before + 2, "入库之后的学校数")
    upload(site, browser, "学校.csv", good)
    same(tally(browser), [0, 0, 2, 0], "再传一次")
    browser.open("/desk/import")
    browser.find("form[action$=undo] button").follow()
    contains(browser.text, "已撤销", "撤销之后")
    same(site.ask("/api/school")["total"], before, "撤销之后的学校数")


@task("退回的文件带着“问题”列，改好可以再传 / the returned workbook says what is wrong in each row")
def returned_workbook(site, browser):
    upload(site, browser, "退回.csv", schools(site, "退回一号技工学校") + "退回二号技工学校,没有这种类型,公办,市人社局,1\n")
    href = next(link.attribute("href") for link in browser.all("a") if "returned.xlsx" in (link.attribute("href") or ""))
    answer = site.get(href)
    same(answer.status, 200, "下载退回的工作簿")
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    contains(sheet, "问题（再导入时不看这一列）", "退回的工作簿")
    contains(sheet, "不在可选范围内", "退回的工作簿")
    browser.find("button[value=cancel]").follow()
    contains(browser.text, "已放弃", "放弃之后")


@task("模板有下拉选项和示例，示例行不会导入 / a template has lists and an example that is not taken in")
def template(site, browser):
    answer = site.get("/desk/school/template.xlsx")
    same(answer.status, 200, "下载模板")
    before = site.ask("/api/school")["total"]
    said = upload(site, browser, "模板.xlsx", answer.content)
    same(tally(browser), [0, 0, 0, 0], "空模板")
    contains(said, "示例行", "空模板的说明")
    same(site.ask("/api/school")["total"], before, "学校数")


@task("读不了的文件说明原因，什么也不写 / files that can't be read say why and write nothing")
def unreadable(site, browser):
    for name, content, part in [
        ("空.csv", b"", "文件是空的"), ("加密.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "加了密码"),
        ("残缺.xlsx", b"PK\x03\x04" + b"\0" * 40, "不完整或已损坏"),
        ("引号.csv", schools(site, "\"没有配对"), "引号没有配对"),
        ("二进制.csv", b"\xe5\xad\xa6\x00,1\n", "NUL"),
    ]:
        said = upload(site, browser, name, content)
        contains(said, part, name)


@task("列表能选列、按两列排序、分组小计、存成视图 / columns, orders, groups and views of a list")
def list_layout(site, browser):
    browser.open("/desk/schoolAnnualStat?col=schoolId&col=enrolled&sort=-enrolled&group=studentLevel")
    heads = [head.text for head in browser.all("main table:last-of-type thead th")]
    need(any("在校生" in head for head in heads), f"列：{heads}")
    groups = browser.all(".groups tbody tr")
    total = sum(int(row.all("td")[1].text.split()[-1].replace(",", "")) for row in groups[:-1])
    same(int(groups[-1].all("td")[1].text.split()[-1].replace(",", "")), total, "合计的条数")
    browser.script("document.querySelector('.views-edit').open = true")
    browser.find(".views-edit input[name=name]").put("在校生最多的")
    browser.find(".views-edit button[value=keep]").follow()
    contains(browser.text, "在校生最多的", "存下的视图")


@task("批量修改先看再改，还能整批撤销 / a bulk edit is shown first and can be taken back")
def bulk_edit(site, browser):
    for number in (1, 2, 3):
        site.new_school(f"批量{number}号技工学校")
    browser.open(f"/desk/school/bulk?q={quote('批量')}&set=contactOffice&to={quote('校企合作办公室')}")
    contains(browser.text, "会改 3 条", "预览")
    need(not any(row.get("contactOffice") for row in site.ask("/api/school", q="批量")["items"]), "预览时就写了")
    browser.find("section button[type=submit]").follow()
    contains(browser.text, "已修改 3 条", "修改之后")
    for row in site.ask("/api/school", q="批量")["items"]:
        same(row["contactOffice"], "校企合作办公室", row["schoolName"])


@task("历史逐版说明改了什么，也能看过去某天所知的样子 / a record's history, and what was known on a day")
def history(site, browser):
    made = site.new_school("历史技工学校", printedBooks=100)
    changed = site.call("PATCH", f"/api/school/{made['id']}", {"version": 1, "printedBooks": 300})
    same(changed.status, 200, "修改")
    browser.open(f"/desk/school/{made['id']}/history")
    contains(browser.text, "第 2 版", "历史")
    row = next(row for row in browser.all(".timeline tr") if "纸质图书" in row.text and "300" in row.text)
    contains(row.text, "100", "改之前的数")
    versions = site.ask(f"/api/school/{made['id']}/versions")
    same([version["version"] for version in versions], [2, 1], "接口里的版本")
    same(site.ask("/api/school", knownOn="2000-01-01")["total"], 0, "2000 年所知的学校数")


@task("确认写下依据，记录页显示多久没人确认 / a confirmation leaves its ground and resets the age")
def confirm(site, browser):
    made = site.new_school("确认技工学校")
    browser.open(f"/desk/school/{made['id']}")
    browser.script("document.querySelector('.confirm').open = true")
    browser.find(".confirm input[name=document]").put("测试函〔2022〕1号")
    browser.find(".confirm button[type=submit]").follow()
    contains(browser.text, "0 天前确认", "确认之后")
    contains(browser.text, "测试函〔2022〕1号", "依据")


@task("重复登记的合并成一条，旧编号仍打得开 / doubles become one and the old number leads there")
def merge(site, browser):
    one = site.new_school("重复登记技工学校", printedBooks=10)
    two = site.new_school("重复登记技工学院", contactOffice="办公室")
    browser.open(f"/desk/school/merge?keep={one['id']}&away={two['id']}")
    browser.find(".upload button[type=submit]").follow()
    same(browser.path, f"/desk/school/{one['id']}", "合并之后到了")
    contains(browser.text, "办公室", "取过来的字段")
    browser.open(f"/desk/school/{two['id']}")
    same(browser.path, f"/desk/school/{one['id']}", "旧编号")
    moved = site.get(f"/api/school/{two['id']}")
    same(moved.status, 301, "接口里的旧编号")


@task("接口：游标翻页不重不漏，只要的字段、展开的引用 / cursors, sparse fields, expansion")
def cursors(site, browser):
    seen, cursor = [], ""
    while True:
        page = site.ask("/api/school", limit=7, sort="-schoolName", fields="schoolName", **({"cursor": cursor} if cursor else {}))
        seen += [row["id"] for row in page["items"]]
        need(all(set(row) <= {"id", "schoolName", "version", "updatedAt", "sourceSystem"} for row in page["items"]), "多给了字段")
        cursor = page["next"]
        if not cursor:
            break
    same(len(set(seen)), page["total"], "翻完的条数")
    same(len(seen), page["total"], "翻完的条数")
    first = site.ask("/api/school", limit=1, expand="locationRegionCode")["items"][0]
    same(first["expanded"]["locationRegionCode"]["id"], first["locationRegionCode"], "展开的区划")
    same(site.get("/api/school", cursor="00").status, 400, "乱写的游标")


@task("接口：同一个键只做一次，ETag 管先后，变更流接得上 / idempotency, tags and the change feed")
def contracts(site, browser):
    since = site.ask("/api/changes", since=0, limit=1)["last"]
    body = site.school("键技工学校")
    answers = [site.call("POST", "/api/school", body, {"Idempotency-Key": "k-1"}) for _ in range(2)]
    same([answer.status for answer in answers], [201, 201], "同一个键")
    same(answers[0].json["id"], answers[1].json["id"], "同一个键的记录")
    other = site.call("POST", "/api/school", site.school("别的技工学校"), {"Idempotency-Key": "k-1"})
    same(other.status, 422, "同一个键，不同内容")
    identifier = answers[0].json["id"]
    same(site.call("GET", f"/api/school/{identifier}", headers={"If-None-Match": '"1"'}).status, 304, "没有变")
    good = site.call("PATCH", f"/api/school/{identifier}", {"printedBooks": 5}, {"If-Match": '"1"'})
    same(good.status, 200, "If-Match 对得上")
    stale = site.call("PATCH", f"/api/school/{identifier}", {"printedBooks": 6}, {"If-Match": '"1"'})
    same(stale.status, 412, "If-Match 过时")
    changes = site.ask("/api/changes", since=since)["changes"]
    same([(change["id"], change["version"]) for change in changes], [(identifier, 1), (identifier, 2)], "变更流")


@task("接口：上传、检查、入库、撤销一个文件 / a file over the API")
def api_import(site, browser):
    answer = site.call("POST", f"/api/imports?name={quote('接口.csv')}&kind=school", schools(site, "接口导入技工学校"))
    same(answer.status, 202, "上传")
    job = answer.json["id"]

    def state():
        return site.ask(f"/api/imports/{job}")["state"]

    wait(lambda: state() == "checked", "没有检查完")
    same(site.ask(f"/api/imports/{job}")["report"]["new"], 1, "会新增")
    same(site.call("POST", f"/api/imports/{job}/commit").status, 202, "入库")
    wait(lambda: state() == "done", "没有入库")
    run = site.ask(f"/api/imports/{job}")["report"]["import"]
    same(site.call("POST", f"/api/imports/runs/{run}/undo").json, {"removed": 1, "restored": 0}, "撤销")


@task("导出的 CSV、XLSX、JSON 条数相同 / the three files of a list have the same rows")
def exports(site, browser):
    total = site.ask("/api/school")["total"]
    text = site.get("/desk/school.csv").content.decode("utf-8-sig")
    same(len(list(csv.reader(io.StringIO(text)))) - 1, total, "CSV 的行数")
    same(len(json.loads(site.get("/desk/school.json").content)), total, "JSON 的条数")
    sheet = zipfile.ZipFile(io.BytesIO(site.get("/desk/school.xlsx").content)).read("xl/worksheets/sheet1.xml").decode()
    same(sheet.count("<row "), total + 1, "XLSX 的行数")


@task("导入到一半被 kill -9，重启后接着做完，一行不多 / an import cut off goes on after a restart")
def killed_while_importing(site, browser):
    before = site.ask("/api/school")["total"]
    many = schools(site, *[f"中断{number}号技工学校" for number in range(3000)])
    job = site.call("POST", f"/api/imports?name={quote('中断.csv')}&kind=school", many).json["id"]
    wait(lambda: site.ask(f"/api/imports/{job}")["state"] == "checked", "没有检查完", 60)
    site.call("POST", f"/api/imports/{job}/commit")
    wait(lambda: site.ask(f"/api/imports/{job}")["state"] != "checked", "没有开始")
    site.process.kill()
    site.process.wait(10)
    site.start()
    wait(lambda: site.ask(f"/api/imports/{job}")["state"] == "done", "没有接着做完", 60)
    same(site.ask("/api/school")["total"], before + 3000, "入库的学校数")
