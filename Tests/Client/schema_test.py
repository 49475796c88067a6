#!/usr/bin/env python3
"""The description of the API, held against what the server answers to requests made up from it.

Usage: schema_test.py CITONG REPOSITORY

Needs schemathesis in this Python; bin/test puts it into a folder of its own. A demo is made, and each operation
is asked, as three accounts, with values that fit the description and with values that don't, the same in every
run. Every answer must have a status, a type and a form that the description tells; none may be a failure.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
import zlib
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Browser"))
sys.dont_write_bytecode = True
from browser_test import Failure, Site, need, same, short, stop  # noqa: E402

PROMISE = "照接口说明造的请求，回答都合说明 / answers to made up requests are as described"
# How many requests that fit the description, and that don't, each operation gets: most from who may do most.
TURNS = {"demo-city": (3, 2), "demo-school": (2, 1), "demo-enterprise": (2, 1)}
MOST = 480.0  # seconds after which the rest is left, and said to be: usual are 60, on a slow machine 120
SHOWN = 12  

def operations(description):
    """The operations of a description, as schemathesis reads them."""
    import schemathesis

    schema = schemathesis.openapi.from_dict(description)
    return [found.ok() for found in schema.get_all_operations()]


def checks():
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance, response_schema_conformance, status_code_conformance)

    return [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def known(site, kind):
    """The identifier of a record of a kind, as far as who asks may see one."""
    answer = site.get(f"/api/{kind}", limit=1)
    items = answer.json.get("items") if answer.status == 200 else None
    return items[0]["id"] if items else ""


def ask(site, operation, fits, count, identifier, tell):
    """Asks an operation with made up values, and tells what was answered and what is wrong with that."""
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis.errors import Unsatisfiable
    from schemathesis.core.failures import FailureGroup
    from schemathesis.generation import GenerationMode

    mode = GenerationMode.POSITIVE if fits else GenerationMode.NEGATIVE
    # Half of the requests are about a record there is.
    where = {"path_parameters": {"id": quote(identifier, safe="")}} if identifier else {}

    @seed(zlib.crc32(f"{operation.label} {fits} {identifier}".encode()))
    @settings(max_examples=count, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode, **where))
    def one(case):
        # A feed that is followed never ends.
        case.headers.pop("Accept", None)
        response = case.call(base_url=f"http://127.0.0.1:{site.port}", timeout=30,
                             headers={"Authorization": f"Bearer {site.token}"})
        try:
            case.validate_response(response, checks=checks())
            tell(response, [])
        except FailureGroup as group:
            tell(response, group.exceptions)

    try:
        one()
    except Unsatisfiable:
        # Nothing can be wrong with a request without parameters.
        need(not fits, f"{operation.label}：造不出请求")


def told(login, response, errors):
    """A failure in a line."""
    request = response.request
    body = request.body.decode("utf-8", "replace") if isinstance(request.body, bytes) else request.body
    reasons = "；".join(f"{error.title} {short(error.message, 200)}" for error in errors)
    return (f"{login} {request.method} {short(request.url, 200)} {short(body or '', 200)} 得 {response.status_code} "
            f"{short(response.text, 200)}：{reasons}")


def hold(site, counts, failures):
    """Asks every operation as every account; how many requests of how many had their turn."""
    every = operations(site.ask("/api/openapi.json"))
    need(len(every) > 300, f"接口说明里只有 {len(every)} 个操作")
    identifiers = {}
    started, turns = time.monotonic(), 0
    for login, (plain, bad) in TURNS.items():
        made = site.run("token", login, "--data", str(site.data))
        same(made.returncode, 0, f"citong token {login}")
        site.token = made.stdout.strip()

        def tell(response, errors):
            counts[response.status_code] = counts.get(response.status_code, 0) + 1
            if errors:
                failures.append(told(login, response, errors))

        for operation in every:
            if time.monotonic() - started > MOST:
                return turns, len(every) * len(TURNS)
            identifier = ""
            if "{id}" in operation.path:
                kind = re.match(r"/api/(?:public/)?(\w+)/", operation.path)[1]
                if (login, kind) not in identifiers:
                    identifiers[login, kind] = known(site, kind)
                identifier = identifiers[login, kind]
            ask(site, operation, True, plain, identifier, tell)
            ask(site, operation, False, bad, "", tell)
            turns += 1
    return turns, len(every) * len(TURNS)


def main():
    program, repository = (Path(argument).resolve() for argument in sys.argv[1:3])
    warnings.simplefilter("ignore")
    folder = Path(tempfile.mkdtemp(prefix="citong-schema-"))
    site, counts, failures = None, {}, []
    started = time.monotonic()
    try:
        site = Site(str(program), folder, folder / "data")
        made = site.run("init", "--city", str(repository / "Cities/example"), "--demo", "--data", str(site.data))
        need(made.returncode == 0, f"citong init：{short(made.stderr)}")
        site.start()
        turns, of = hold(site, counts, failures)
        same(turns, of, f"{MOST:.0f} 秒里问到的操作")
        # Requests that never get through the first check would tell nothing.
        need(counts.get(200, 0) > 500, f"回答的状态：{counts}")
        need(not failures, f"{len(failures)} 个回答与接口说明不符")
    except (Failure, OSError) as failure:
        # A dying server writes its backtrace first.
        if site and site.process and isinstance(failure, OSError):
            try:
                site.process.wait(30)
            except subprocess.TimeoutExpired:
                pass
        print(f"FAIL {PROMISE} {site and site.crash() or failure}")
        for line in failures[:SHOWN]:
            print("  " + line)
        print("schema: 0 passed, 1 failed")
        return 1
    finally:
        if site and site.process:
            stop(site.process)
        shutil.rmtree(folder, ignore_errors=True)
    print(f"ok {PROMISE} ({sum(counts.values())}，{time.monotonic() - started:.1f} s)")
    print("schema: 1 passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
