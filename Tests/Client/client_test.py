#!/usr/bin/env python3
"""The description of the API, held against a client made from it by somebody else's generator.

Usage: client_test.py CITONG REPOSITORY

Needs openapi-python-client and openapi-spec-validator in this Python; bin/test puts them into a folder of
their own. A city is made, the description validated, the client generated without a warning and used.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Browser"))
sys.dont_write_bytecode = True
from browser_test import Failure, Site, need, same, short, stop  # noqa: E402


def generate(folder, description):
    path = folder / "openapi.json"
    path.write_text(json.dumps(description), "utf-8")
    made = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--path", str(path), "--output-path",
         str(folder / "citong_client"), "--meta", "none"], capture_output=True, text=True, check=False)
    need(made.returncode == 0, f"生成客户端：{short(made.stderr + made.stdout, 900)}")
    need("WARNING" not in made.stdout + made.stderr, f"生成客户端时有警告：{short(made.stdout + made.stderr, 900)}")
    sys.path.insert(0, str(folder))


def use(site):
    from citong_client import AuthenticatedClient
    from citong_client.api.figures import list_figures
    from citong_client.api.matches import match
    from citong_client.api.school import create_school, get_school, list_public_school, list_school, update_school
    from citong_client.api.school import bulk_school, versions_school
    from citong_client.models import BulkSchoolBody, Problem, SchoolDraft

    client = AuthenticatedClient(
        base_url=f"http://127.0.0.1:{site.port}", token=site.token, raise_on_unexpected_status=True)
    page = list_school.sync(client=client, limit=3, sort="-schoolName")
    same(len(page.items), 3, "一页三所学校")
    following = list_school.sync(client=client, limit=3, sort="-schoolName", cursor=page.next_)
    need(not {one.id for one in page.items} & {one.id for one in following.items}, "下一页与上一页重复")
    need(list_public_school.sync(client=client).total <= page.total, "公开的学校比全部还多")
    draft = SchoolDraft.from_dict(site.school("客户端技工学校"))
    made = create_school.sync(client=client, body=draft)
    same(made.school_name, "客户端技工学校", "新登记的学校")
    changed = update_school.sync(made.id, client=client, body=SchoolDraft(version=made.version, printed_books=70))
    same(changed.printed_books, 70, "改过的学校")
    stale = update_school.sync_detailed(made.id, client=client, body=SchoolDraft(version=made.version, printed_books=9))
    same(stale.status_code, 409, "旧版本")
    need(isinstance(stale.parsed, Problem) and stale.parsed.problems[0].code == "REC-E-020", "旧版本得到的说明")
    same([one.version for one in versions_school.sync(made.id, client=client)], [2, 1], "各个版本")
    many = bulk_school.sync(client=client, body=BulkSchoolBody(items=[
        SchoolDraft(id=made.id, version=2, printed_books=80), SchoolDraft.from_dict({"schoolName": "缺很多"})]))
    same([str(one.status) for one in many.results], ["changed", "refused"], "批量写")
    same(get_school.sync(made.id, client=client).printed_books, 80, "批量写之后")
    need(list_figures.sync(client=client), "没有数字")
    need(match.sync(client=client, title="数控车工").candidates is not None, "没有匹配")


def main():
    program, _ = str(Path(sys.argv[1]).resolve()), sys.argv[2]
    folder = Path(tempfile.mkdtemp(prefix="citong-client-"))
    site = None
    try:
        site = Site(program, folder, folder / "data")
        city = Path(sys.argv[2]).resolve() / "Cities/example"
        made = site.run("init", "--city", str(city), "--demo", "--data", str(site.data))
        need(made.returncode == 0, f"citong init：{short(made.stderr)}")
        site.start()
        description = site.ask("/api/openapi.json")
        from openapi_spec_validator import validate
        validate(description)
        generate(folder, description)
        use(site)
    except Failure as failure:
        print(f"FAIL 用生成的客户端读写 / a generated client reads and writes {failure}")
        print("client: 0 passed, 1 failed")
        return 1
    finally:
        if site and site.process:
            stop(site.process)
        shutil.rmtree(folder, ignore_errors=True)
    print("ok 用生成的客户端读写 / a generated client reads and writes")
    print("client: 1 passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
