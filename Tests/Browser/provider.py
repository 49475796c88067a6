#!/usr/bin/env python3
"""A real identity provider (canaille) on the loopback address, with one client and one person.

Usage: provider.py PORT REDIRECT KEYS, or provider.py --key KEYS to make a key only

KEYS is a file of one JSON Web Key a line, made when it is missing: the first signs, the others are still shown.
Needs canaille in this Python; bin/test puts it into a folder of its own.
"""

import json
import logging
import sys
from pathlib import Path

CLIENT, SECRET = "citong-test", "only-of-this-test-0001"
PERSON, PASSWORD = "chen.demo", "Maple-Otter-58-only-of-this-test"


def main(port, redirect, keys):
    from canaille import create_app
    from canaille.app import models
    from werkzeug.serving import make_server

    path = Path(keys)
    if not path.exists():
        make_key(path)
    known = [json.loads(line) for line in path.read_text().splitlines() if line]
    issuer = f"http://127.0.0.1:{port}"
    app = create_app({
        "SECRET_KEY": "only-of-this-test", "SERVER_NAME": f"127.0.0.1:{port}", "PREFERRED_URL_SCHEME": "http",
        "CANAILLE": {"DATABASE": "memory", "SMTP": None, "JAVASCRIPT": False, "HTMX": False},
        "CANAILLE_OIDC": {"ACTIVE_JWKS": known[:1], "INACTIVE_JWKS": known[1:]},
    })
    with app.app_context():
        backend = app.backend
        with backend.session():
            person = models.User(user_name=PERSON, family_name="Chen", formatted_name="Chen", password=PASSWORD,
                                 emails=["chen@citong.example"])
            backend.save(person)
            client = models.Client(
                client_id=CLIENT, client_secret=SECRET, client_name="Citong", client_uri=issuer,
                redirect_uris=[redirect], grant_types=["authorization_code"], response_types=["code"],
                scope=["openid", "profile"], token_endpoint_auth_method="client_secret_basic")
            backend.save(client)
            client.audience = [client]
            backend.save(client)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", port, app, threaded=True)
    print("ready", flush=True)
    server.serve_forever()


def make_key(path):
    from joserfc.jwk import RSAKey

    key = RSAKey.generate_key(2048, auto_kid=True)
    path.write_text(json.dumps(key.as_dict(private=True)) + "\n")


if __name__ == "__main__":
    if sys.argv[1] == "--key":
        make_key(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
