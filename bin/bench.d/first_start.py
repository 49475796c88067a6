"""What three administrators do after `citong init`: passwords, second factors, an account, its role, a token."""

import base64
import hashlib
import hmac
import html
import http.client
import re
import struct
import time
from urllib.parse import quote, urlencode

PASSWORD = "River-Otter-7391"


def code(secret, at):
    """The one-time code of a secret (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    place = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class Person:
    """Somebody with a browser: a cookie and pages."""

    def __init__(self, port):
        self.port, self.cookie = port, ""

    def ask(self, method, path, **form):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, urlencode(form) if method == "POST" else None, sent)
            answer = connection.getresponse()
            body = answer.read().decode()
        finally:
            connection.close()
        if kept := answer.headers.get("Set-Cookie"):
            self.cookie = kept.split(";")[0]
        if answer.status not in (200, 303):
            raise OSError(f"{method} {path} 得 {answer.status}：{' '.join(re.sub('<[^>]*>', ' ', body).split())[:200]}")
        return body, answer.headers.get("Location") or ""

    def begin(self, link):
        """Chooses a password by a one-time link, and sets a second factor up where one is asked for."""
        _, where = self.ask("POST", link, password=PASSWORD, again=PASSWORD)
        if where.startswith("/sign-in/enroll"):
            page, _ = self.ask("GET", where)
            secret = re.search(r'<p class="code"[^>]*>([A-Z2-7]+)<', page)[1]
            offer = html.unescape(re.search(r'name="offer" value="([^"]+)"', page)[1])
            self.ask("POST", "/sign-in/enroll", offer=offer, code=code(secret, time.time()))
        return self


def token(port, said):
    """A token that acts as the city's bureau, in an installation just made; `said` is what init printed."""
    links = dict(re.findall(r"（(\w+)）：http://[^/]+(/link/\S+)", said))
    system, security = (Person(port).begin(links[name]) for name in ("sysadmin", "secadmin"))
    _, where = system.ask("POST", "/desk/account", loginName="bench", displayName="测量用")
    account = re.search(r"/desk/account/([^?]+)", where)[1]
    page, _ = system.ask("POST", f"/desk/account/{quote(account)}/link")
    link = re.search(r"/link/[\w-]+", page)[0]
    today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600))
    security.ask("POST", "/desk/roleGrant", accountId=account, role="cityBureau", validFrom=today)
    clerk = Person(port).begin(link)
    page, _ = clerk.ask("POST", "/me/token", name="bench", days="1")
    return re.search(r"citong_[\w-]{43}", page)[0]
