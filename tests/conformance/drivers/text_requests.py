#!/usr/bin/env python3
"""Random HTTP requests for the drivers of texts, one JSON object a line, the same for the same seed.

usage: text_requests.py SEED COUNT

Every text holds one character for each byte that is sent (Latin-1).
  method, target   of the request line
  host             the Host header; null: none is sent
  trace            the X-Amzn-Trace-Id header; null: none is sent
  mounted          the application is mounted at /shop, and the target is below that
  named            the recorder names segments by hosts that match *.example*

Not made: control characters, authority-form targets (`shop:80`), which are for CONNECT alone, and in trace headers
bytes beyond ASCII, of which runtimes take some for blanks.
"""

import json
import random
import sys

ROOT = "1-5759e988-bd862e3fe1be46a994272793"
ROOTS = [ROOT, ROOT.upper(), ROOT[:-1], "1-5759e988", "2" + ROOT[1:], "x", ""]
PARENTS = ["53995c3f42cd8ad8", "53995C3F42CD8AD8", "53995c3f42cd8ad", "", "y"]
SAMPLED = ["0", "1", "?", "", "true", "01", "00", "2", "0x", "-1", "??", "1=0", "0=1", "=1", " 1", "0 "]
OTHERS = ["Self=1-67891234-12456789abcdef012345678", "Self", "self", "self=1", "Lineage=a:1|2", "flag", "", "=", "=1",
          "a=b=c", "Sampled", "Root", " ", "Sampled 1", "Sampled:1"]
SEPARATORS = [";"] * 12 + ["; ", " ;", ";;", ",", " "]

HOSTS = ["shop.example", "Shop.EXAMPLE", "www.shop.example", "shop", "localhost", "10.0.0.7", "[::1]", "[2001:db8::7]",
         "shop_1.example", "xn--caf-dma.example", "caf\xc3\xa9.example", "2001:db8::7", "sh op", "shop.example.", "-", "*",
         "shop%2Eexample", "[::1", "user@shop.example", ""]
PORTS = [""] * 6 + [":80", ":443", ":8080", ":8080", ":", ":080", ":65536", ":http", ":80:80"]

PIECES = ["/"] * 8 + ["a", "Login", "cart", "~x", "-", "_", "+", ";v=1", "..", ".", "//", "%2F", "%2f", "%00", "%20",
                      "%41", "%2541", "%C3%A9", "%c3", "%E2%82", "%E2%82%AC", "%F0%9F%98%80", "%ED%A0%80", "%FF", "%zz",
                      "%", "%4", "%3F", "%23", "\xc3\xa9", "\xe9", "\xff", "\xa0", "*", "@", ":", "&", "=", "'", "|"]
QUERIES = ["?", "?a=1", "?next=%2F", "??", "?a=%C3%A9+b", "?\xc3\xa9", "?/x?y", "?a=1#f"]
FRAGMENTS = ["#", "#top", "#a?b=1"]
METHODS = ["GET"] * 6 + ["POST", "PUT", "DELETE", "PATCH"]


def some_case(rng, word):
  return rng.choice([word] * 6 + [word.lower(), word.upper(), " " + word, word + " "])


def trace_part(rng):
  kind = rng.random()
  if kind < 0.4:
    return some_case(rng, "Sampled") + "=" + rng.choice(SAMPLED[:2] if rng.random() < 0.5 else SAMPLED)
  if kind < 0.6:
    return some_case(rng, "Root") + "=" + rng.choice(ROOTS)
  if kind < 0.75:
    return some_case(rng, "Parent") + "=" + rng.choice(PARENTS)
  return rng.choice(OTHERS)


def trace_header(rng):
  if rng.random() < 0.3:
    return None
  if rng.random() < 0.4:  # Well-formed but for one thing.
    parts = ["Root=" + ROOT, "Parent=" + PARENTS[0], "Sampled=" + rng.choice(SAMPLED[:3])]
    if rng.random() < 0.4:
      del parts[rng.randrange(3)]
    if rng.random() < 0.6:
      parts.insert(rng.randrange(len(parts) + 1), trace_part(rng))
    if rng.random() < 0.3:
      rng.shuffle(parts)
  else:
    parts = [trace_part(rng) for _ in range(rng.randrange(1, 5))]
  text = parts[0]
  for part in parts[1:]:
    text += (";" if rng.random() < 0.6 else rng.choice(SEPARATORS)) + part
  return text


def host_header(rng):
  if rng.random() < 0.05:
    return None
  return rng.choice(HOSTS[:8] if rng.random() < 0.6 else HOSTS) + rng.choice(PORTS)


def target(rng, mounted):
  if not mounted and rng.random() < 0.02:
    return "*"
  path = "".join(rng.choice(PIECES) for _ in range(rng.randrange(0, 6)))
  path = path if path.startswith("/") else "/" + path
  if mounted:
    path = rng.choice(["/shop"] * 6 + ["/sh%6Fp", "/shop/"]) + ("" if path == "/" and rng.random() < 0.5 else path)
  elif rng.random() < 0.08:
    authority = rng.choice(["shop.example", "Other.example:8080", "other.example:80", "[::1]:8080", "shop_2.example"])
    scheme = rng.choice(["http", "http", "HTTP", "https"])
    path = scheme + "://" + authority + ("" if rng.random() < 0.3 else path)
  if rng.random() < 0.35:
    path += rng.choice(QUERIES)
  if rng.random() < 0.05:
    path += rng.choice(FRAGMENTS)
  return path


def request(rng):
  mounted = rng.random() < 0.12
  method = rng.choice(METHODS)
  made = {"method": method, "target": target(rng, mounted), "host": host_header(rng), "trace": trace_header(rng),
          "mounted": mounted, "named": rng.random() < 0.15}
  if made["target"] == "*":
    made["method"] = "OPTIONS"
  return made


def main():
  rng = random.Random(int(sys.argv[1]))
  for _ in range(int(sys.argv[2])):
    print(json.dumps(request(rng)))


main()
