"""Keeps a mirror of a district's students in step with Pathbridge.

It exports everything once, and from then on pulls what changed behind the cursor that came with the
export. A webhook only wakes it: whether one is lost, late or sent twice changes nothing.
"""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

URL = os.environ["PATHBRIDGE_URL"]
CLIENT = (os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"])
MIRROR = pathlib.Path(os.environ.get("MIRROR", "mirror.json"))
LISTEN = os.environ.get("LISTEN", "127.0.0.1:9400")
HOOK_URL = os.environ.get("HOOK_URL", f"http://{LISTEN}/")

PATIENCE = 30  # seconds for one answer
PULL_AT_LEAST_EVERY = 60  # seconds, should no webhook come
OLDEST_KNOCK = 300  # seconds: what was signed longer ago is a replay
START_OVER = {"CURSOR_EXPIRED", "CURSOR_EPOCH_MISMATCH"}


def document(name):
    return (pathlib.Path(__file__).parent / "documents" / f"{name}.graphql").read_text()


class Refused(Exception):
    """The service answered with errors; `codes` are what a program goes by."""

    def __init__(self, errors):
        super().__init__("; ".join(error["message"] for error in errors))
        self.codes = {error.get("extensions", error).get("code") for error in errors}


class Service:
    """Pathbridge, with a token that is renewed when it has run out."""

    def __init__(self):
        self.session = requests.Session()
        self.sign_in()

    def sign_in(self):
        form = {"grant_type": "client_credentials"}
        answer = requests.post(f"{URL}/oauth/token", data=form, auth=CLIENT, timeout=PATIENCE)
        answer.raise_for_status()
        self.session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def send(self, method, url, **rest):
        answer = self.session.request(method, url, timeout=PATIENCE, **rest)
        if answer.status_code == 401:
            self.sign_in()
            answer = self.session.request(method, url, timeout=PATIENCE, **rest)
        return answer

    def ask(self, name, **variables):
        body = {"query": document(name), "variables": variables}
        answer = self.send("POST", f"{URL}/graphql", json=body).json()
        if answer.get("errors"):
            raise Refused(answer["errors"])
        return answer["data"]

    def do(self, name, mutation, **variables):
        payload = self.ask(name, **variables)[mutation]
        if payload["userErrors"]:
            raise Refused(payload["userErrors"])
        return payload

    def lines(self, url):
        with self.send("GET", url, stream=True) as answer:
            answer.raise_for_status()
            yield from (json.loads(line) for line in answer.iter_lines())


class Mirror:
    """The students and the cursor behind which they are known, saved together."""

    def __init__(self):
        known = json.loads(MIRROR.read_text()) if MIRROR.exists() else {}
        self.cursor = known.get("cursor")
        self.endpoint = known.get("endpoint")
        self.students = known.get("students", {})

    def save(self):
        known = {"cursor": self.cursor, "endpoint": self.endpoint, "students": self.students}
        written = MIRROR.with_suffix(".new")
        written.write_text(json.dumps(known))
        written.replace(MIRROR)

    def export(self, service):
        query = document("export")
        job = service.do("request", "bulkExportCreate", query=query)["job"]["id"]
        while True:
            found = service.ask("job", id=job)["job"]
            if found["state"] == "COMPLETED":
                break
            if found["state"] not in ("QUEUED", "RUNNING"):
                raise RuntimeError(f"the export ended as {found['state']}")
            time.sleep(0.5)
        self.students = {}
        for line in service.lines(found["resultUrl"]):
            line.pop("__typename", None)
            self.students[line["id"]] = line
        self.cursor = found["changeCursor"]
        self.save()

    def pull(self, service):
        caught_up = False
        while not caught_up:
            page = service.ask("changes", after=self.cursor)["changes"]
            for change in page["nodes"]:
                if change["node"]:
                    self.students[change["entityId"]] = change["node"]
                else:
                    self.students.pop(change["entityId"], None)
            self.cursor, caught_up = page["nextCursor"], page["caughtUp"]
            self.save()

    def expect_knocks(self, service):
        made = service.do("webhook", "webhookEndpointCreate", url=HOOK_URL)
        self.endpoint = {"id": made["webhookEndpoint"]["id"], "secret": made["secret"]}
        self.save()


def is_genuine(secret, headers, body):
    """Whether Pathbridge signed this, as Standard Webhooks has it, and lately."""
    sent_at = headers.get("webhook-timestamp", "")
    if not sent_at.isdigit() or abs(time.time() - int(sent_at)) > OLDEST_KNOCK:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers.get('webhook-id')}.{sent_at}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(wanted.encode(), one.encode()) for one in given)


def listen(mirror, wake):
    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            genuine = mirror.endpoint and is_genuine(mirror.endpoint["secret"], self.headers, body)
            if genuine:
                wake.set()
            self.send_response(204 if genuine else 401)
            self.end_headers()

        def log_message(self, *_):
            pass

    host, port = LISTEN.rsplit(":", 1)
    server = ThreadingHTTPServer((host, int(port)), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def follow(mirror, wake):
    service = Service()
    if mirror.cursor is None:
        mirror.export(service)
    if mirror.endpoint is None:
        mirror.expect_knocks(service)
    while True:
        wake.clear()
        mirror.pull(service)
        print(f"in step: {len(mirror.students)} students", flush=True)
        wake.wait(PULL_AT_LEAST_EVERY)


def main():
    mirror, wake = Mirror(), threading.Event()
    listen(mirror, wake)
    while True:
        try:
            follow(mirror, wake)
        except Refused as refused:
            print(f"refused: {refused}", flush=True)
            if refused.codes & START_OVER:
                mirror.cursor = None
        except requests.RequestException as failed:
            print(f"out of reach: {failed}", flush=True)
        time.sleep(1)


if __name__ == "__main__":
    main()
