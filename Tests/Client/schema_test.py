#!/usr/bin/env python3
"""The description of the API, held against what the server answers to requests made up from it.

Usage: schema_test.py CITONG REPOSITORY

Needs schemathesis in this Python; bin/test puts it into a folder of its own. A demo is made, and each operation
is asked, as three accounts, with values that fit the description and with values that don't, the same in every
run. Every answer must have a status, a type and a form that the description tells; none may be a failure.
"""

import re
import shutil
import sys
import tempfile
import time
import warnings
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Browser"))
sys.dont_write_bytecode = True
from browser_test import Failure, Site, need, same, short, stop  # noqa: E402

MOST = 60.0  # seconds that all requests may take
LOGINS = ("demo-city", "demo-school", "demo-enterprise")
SHOWN = 20  # how many failures are printed


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


def known(site, path):
    """The identifier of a record an address may be asked with."""
    kind = re.match(r"/api/(?:public/)?(\w+)/", path).group(1)
    answer = site.get(f"/api/{kind}", limit=1)
    items = answer.json.get("items") if answer.status == 200 else None
    return items[0]["id"] if items else None


def ask(site, operation, mode, count, seed, identifier, tell):
    """Asks an operation with made up values; tells what is wrong with the answers."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from schemathesis.core.failures import FailureGroup
    from schemathesis.generation import GenerationMode

    mode = GenerationMode.POSITIVE if mode else GenerationMode.NEGATIVE
    where = {"path_parameters": {"id": quote(identifier)}} if identifier else {}

    @seeded(seed)
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
        except FailureGroup as group:
            tell(case, response, group.exceptions)

    one()


def main():
    program, repository = (str(Path(argument).resolve()) for argument in sys.argv[1:3])
    warnings.simplefilter("ignore")
    folder = Path(tempfile.mkdtemp(prefix="citong-schema-"))
    site, asked, failures = None, 0, []
    started = time.monotonic()
    try:
        site = Site(program, folder, folder / "data")
        made = site.run("init", "--city", repository + "/Cities/example", "--demo", "--data", str(site.data))
        need(made.returncode == 0, f"citong init：{short(made.stderr)}")
        site.start()
        every = operations(site.ask("/api/openapi.json"))
        print("loaded", len(every), time.monotonic() - started)

        def tell(case, response, errors):
            failures.append((case, response, errors))
            print(case.method, case.formatted_path, response.status_code, [e.title+': '+short(e.message,200) for e in errors], short(response.text,200), short(response.request.url, 200), short(str(response.request.body), 300))

        for login in LOGINS:
            made = site.run("token", login, "--data", str(site.data))
            same(made.returncode, 0, f"citong token {login}")
            site.token = made.stdout.strip()
            t=time.monotonic()
            for number, operation in enumerate(every):
                identifier = known(site, operation.path) if "{id}" in operation.path else None
                for mode in (True, False):
                    try: ask(site, operation, mode, 1, number, identifier if mode else None, tell)
                    except Exception as e: print('EXC', operation.label, mode, type(e), short(str(e)))
            print(login, time.monotonic()-t)
    finally:
        if site and site.process:
            stop(site.process)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
