#!/usr/bin/env python3
"""Makes examples/traffic.csv: one hour of a small social network's requests.

    python3 examples/make_traffic.py --output examples/traffic.csv

reproduces that file byte for byte, on any Python from 3.8 on: every number comes from random.Random(seed).random(),
addition, multiplication, division and a square root.

Who asks in that hour:
  visitors   open a page (frontend-react-js), which calls the API (backend-flask) and fetches avatars; then they read,
             search, write and upload, with pauses in between
  balancer   two load balancer nodes check the health of every target, each ten seconds
  cron       a digest at each full minute, a larger one at each fifth: dozens of requests within two seconds
  crawler    from 10:23:10 for 75 seconds, some ten requests a second
  fault      from 10:41:00 to 10:43:00 the API answers late, and every third answer is a 500; visitors try again
"""

import argparse
import datetime
import math
import random
import sys

START = datetime.datetime(2026, 5, 4, 10, 0, 0)
HOUR = 3600.0
CRAWLER_START, CRAWLER_SECONDS = 23 * 60 + 10.0, 75.0
FAULT_START, FAULT_END = 41 * 60.0, 43 * 60.0
FAULT_SHARE = 0.34

BACKEND, FRONTEND, AVATARS, UPLOADS = "backend-flask", "frontend-react-js", "avatar-cdn", "avatar-upload"
HOSTS = {
    BACKEND: "api.cruddur.com",
    FRONTEND: "cruddur.com",
    AVATARS: "assets.cruddur.com",
    UPLOADS: "uploads.cruddur.com",
}
HANDLES = [
    "andrewbrown", "bayko", "londo", "garak", "worf", "delenn", "gkar", "vir", "ivanova", "quark",
    "odo", "kira", "jadzia", "bashir", "lennier", "marcus", "talia", "morn", "nog", "rom",
]
TERMS = ["aws", "bootcamp", "x-ray", "space%20station", "coffee", "babylon%205", "sampling", "caf%C3%A9"]
BUNDLES = ["/static/js/main.7e8a21c4.js", "/static/css/main.f855e6bc.css", "/manifest.json"]
# The mean answer time in milliseconds.
LATENCY = {BACKEND: 38.0, FRONTEND: 7.0, AVATARS: 14.0, UPLOADS: 120.0}


class Traffic:
    def __init__(self, seed):
        self.draw = random.Random(seed).random
        self.rows = []

    def between(self, low, high):
        return low + (high - low) * self.draw()

    def choose(self, items):
        return items[int(self.draw() * len(items))]

    def favourite(self, items):
        """An item; the earlier in the list, the likelier."""
        return items[int(self.draw() * self.draw() * len(items))]

    def pause(self, shortest):
        """Seconds: at least `shortest`, on average twice that, now and then very long."""
        return shortest / math.sqrt(1.0 - 0.999 * self.draw())

    def uuid(self):
        digits = "".join("0123456789abcdef"[int(self.draw() * 16)] for _ in range(30))
        parts = (digits[:8], digits[8:12], "4" + digits[12:15], "a" + digits[15:18], digits[18:])
        return "-".join(parts)

    def add(self, time, service, method, path, status=200, host=None, scale=1.0):
        """Adds one request and returns its (time, status, seconds taken)."""
        latency = LATENCY[service] * scale * self.between(0.35, 0.8) / math.sqrt(1.0 - 0.9985 * self.draw())
        if service == BACKEND and FAULT_START <= time < FAULT_END:
            latency *= self.between(6.0, 14.0)
            if path != "/api/health-check" and self.draw() < FAULT_SHARE:
                status = 500
        if time < HOUR:
            milliseconds = max(1, int(latency))
            self.rows.append((int(time * 1000), service, host or HOSTS[service], method, path, status, milliseconds))
        return status, latency / 1000.0

    def call(self, time, method, path, status=200, scale=1.0):
        """What a browser does: it asks whether it may where the method is not simple, and retries a 500 once."""
        if method != "GET":
            _, taken = self.add(time, BACKEND, "OPTIONS", path, 200, scale=0.1)
            time += taken + 0.002
        status, taken = self.add(time, BACKEND, method, path, status, scale=scale)
        if status == 500 and self.draw() < 0.5:
            self.add(time + taken + self.between(0.8, 1.6), BACKEND, method, path, 200, scale=scale)
        return time + taken

    def avatars(self, time, faces, count):
        for _ in range(count):
            status = 304 if self.draw() < 0.6 else 200
            self.add(time + self.between(0.01, 0.4), AVATARS, "GET", "/avatars/%s.jpg" % self.favourite(faces), status)

    def visit(self, time, faces):
        """One visitor, from the first page to the last."""
        page = "/" if self.draw() < 0.7 else "/@" + self.favourite(HANDLES)
        _, taken = self.add(time, FRONTEND, "GET", page)
        time += taken
        if self.draw() < 0.45:
            for bundle in BUNDLES:
                self.add(time + self.between(0.01, 0.12), FRONTEND, "GET", bundle)
        signed_in = self.draw() < 0.62
        time += self.between(0.05, 0.4)
        self.call(time, "GET", "/api/activities/home", scale=1.3)
        if signed_in:
            self.call(time + self.between(0.0, 0.03), "GET", "/api/users/@%s/short" % self.favourite(HANDLES))
            self.call(time + self.between(0.0, 0.05), "GET", "/api/activities/notifications")
        self.avatars(time, faces, int(self.between(1, 4)))
        while self.draw() < 0.87:
            time += self.pause(5.0)
            self.action(time, faces, signed_in)

    def action(self, time, faces, signed_in):
        what = self.draw()
        if what < 0.30:
            self.call(time, "GET", "/api/activities/home", scale=1.3)
            self.avatars(time, faces, int(self.between(0, 2)))
        elif what < 0.52:
            handle = self.favourite(HANDLES) if self.draw() < 0.97 else "nobody%d" % int(self.between(1, 99))
            status = 404 if handle.startswith("nobody") else 200
            self.call(time, "GET", "/api/activities/@" + handle, status, scale=1.6)
            self.avatars(time, faces, 1)
        elif what < 0.60:
            self.call(time, "GET", "/api/activities/search?term=" + self.favourite(TERMS), scale=2.5)
        elif not signed_in:
            self.add(time, FRONTEND, "GET", "/signup" if what < 0.66 else "/")
        elif what < 0.74:
            self.call(time, "GET", "/api/message_groups")
            group = self.uuid()
            for _ in range(int(self.between(1, 4))):
                time = self.call(time + self.pause(2.0), "GET", "/api/messages/" + group)
            if self.draw() < 0.5:
                self.call(time + self.pause(4.0), "POST", "/api/messages", 200, scale=1.8)
        elif what < 0.84:
            status = 200 if self.draw() < 0.95 else 422
            self.call(time, "POST", "/api/activities", status, scale=2.0)
        elif what < 0.95:
            self.call(time, "GET", "/api/activities/notifications")
        elif what < 0.985:
            self.call(time, "PUT", "/api/profile/update", scale=1.5)
        else:
            self.add(time, UPLOADS, "POST", "/avatars/key_upload", 200 if self.draw() < 0.9 else 413)
            self.call(time + self.between(0.5, 2.0), "PUT", "/api/profile/update", scale=1.5)

    def health_checks(self):
        """A balancer's Host header is the target's own address."""
        targets = [
            (BACKEND, "10.0.3.17:4567", "/api/health-check"),
            (BACKEND, "10.0.4.201:4567", "/api/health-check"),
            (FRONTEND, "10.0.3.64:3000", "/"),
        ]
        for service, host, path in targets:
            for _ in range(2):
                offset = self.between(0.0, 10.0)
                for check in range(360):
                    time = offset + check * 10.0 + self.between(0.0, 0.012)
                    self.add(time, service, "GET", path, 200, host, scale=0.08)

    def cron(self):
        for minute in range(60):
            large = minute % 5 == 0
            for _ in range(42 if large else 9):
                time = minute * 60 + self.between(0.15, 2.1 if large else 1.0)
                self.add(time, BACKEND, "GET", "/api/activities/notifications", scale=0.7)

    def crawler(self):
        time = CRAWLER_START
        while time < CRAWLER_START + CRAWLER_SECONDS:
            time += self.between(0.02, 0.18)
            if self.draw() < 0.75:
                self.add(time, BACKEND, "GET", "/api/activities/@" + self.choose(HANDLES), scale=1.6)
            else:
                self.add(time, FRONTEND, "GET", "/@" + self.choose(HANDLES))

    def hour(self, visits):
        faces = [self.uuid() for _ in HANDLES]
        for _ in range(visits):
            # Those who came before the hour began are in the middle of their visit when it does.
            self.visit_within_hour(self.between(-300.0, HOUR), faces)
        self.health_checks()
        self.cron()
        self.crawler()
        for _ in range(3):
            self.add(self.between(0.0, HOUR), BACKEND, "GET", "/rollbar/test")
        self.rows.sort(key=lambda row: row[0])

    def visit_within_hour(self, time, faces):
        before = len(self.rows)
        self.visit(time, faces)
        self.rows[before:] = [row for row in self.rows[before:] if row[0] >= 0]

    def write(self, out):
        out.write("time,service,host,method,path,status,latency_ms\n")
        for milliseconds, service, host, method, path, status, latency in self.rows:
            time = START + datetime.timedelta(seconds=milliseconds // 1000)
            stamp = "%s.%03dZ" % (time.strftime("%Y-%m-%dT%H:%M:%S"), milliseconds % 1000)
            out.write("%s,%s,%s,%s,%s,%d,%d\n" % (stamp, service, host, method, path, status, latency))


def main():
    parser = argparse.ArgumentParser(description="Make one hour of a small social network's requests, as CSV.")
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="what everything is drawn from (default 1)")
    parser.add_argument("--visits", metavar="N", type=int, default=700, help="visitors in the hour, 0 or more (default 700)")
    parser.add_argument("--output", metavar="FILE", help="where to write (default: standard output)")
    options = parser.parse_args()
    traffic = Traffic(options.seed)
    traffic.hour(options.visits)
    if options.output is None:
        traffic.write(sys.stdout)
    else:
        with open(options.output, "w", encoding="ascii", newline="\n") as out:
            traffic.write(out)


if __name__ == "__main__":
    main()
