#!/usr/bin/env python3
"""Writes text cases (drivers/README.md) with random HTTP requests, one to a case, the same for the same seed.

usage: text_requests.py SEED COUNT

The texts of a request hold one character for each byte that is sent (Latin-1). Beside method, target and headers it may
have
  base_path   the application is mounted there, and the target is below it
  naming      the recorder names segments by the hosts that match this pattern

Not made: control characters, bytes beyond ASCII in targets, which both servers refuse, and in trace headers, of which
some are blanks to one runtime and not to the other, and targets of CONNECT alone (`shop.example:443`).
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
SEPARATORS = ["; ", " ;", ";;", ",", " "]

HOSTS = ["shop.example", "Shop.EXAMPLE", "www.shop.example", "shop", "localhost", "10.0.0.7", "[::1]", "[2001:db8::7]"]
ODD_HOSTS = ["shop_1.example", "xn--caf-dma.example", "caf\xc3\xa9.example", "caf\xe9.example", "2001:db8::7", "sh op",
             "shop.example.", "-", "*", "shop%2Eexample", "[::1", "[]", "[1]", "[g::1]", "user@shop.example", ""]
PORTS = [""] * 6 + [":80", ":443", ":8080", ":8080"]
ODD_PORTS = [":", ":080", ":65535", ":65536", ":100000", ":http", ":80:80"]

PIECES = ["/"] * 8 + ["a", "Login", "cart", "~x", "-", "_", "+", ";v=1", "..", ".", "//", "%2F", "%2f", "%00", "%20",
                      "%41", "%2541", "%C3%A9", "%c3", "%E2%82", "%E2%82%AC", "%F0%9F%98%80", "%F0%9F", "%ED%A0%80",
                      "%F4%90", "%C0%80", "%FF", "%zz", "%", "%4", "%3F", "%23", "*", "@", ":", "&", "=", "'", "|"]
QUERIES = ["?", "?a=1", "?next=%2F", "??", "?a=%C3%A9+b", "?/x?y", "?a=1#f"]
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
  if rng.random() < 0.4:  # As documented, but for one thing or two.
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
    text += (";" if rng.random() < 0.8 else rng.choice(SEPARATORS)) + part
  return text


def host_header(rng):
  return (rng.choice(HOSTS if rng.random() < 0.6 else ODD_HOSTS) +
          rng.choice(PORTS if rng.random() < 0.7 else ODD_PORTS))


def target(rng, base_path):
  path = "".join(rng.choice(PIECES) for _ in range(rng.randrange(0, 6)))
  path = path if path.startswith("/") else "/" + path
  if base_path:
    path = rng.choice([base_path] * 6 + ["/sh%6Fp", base_path + "/"]) + ("" if path == "/" else path)
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
  made = {"method": rng.choice(METHODS), "target": "", "headers": {}}
  if rng.random() < 0.95:
    made["headers"]["Host"] = host_header(rng)
  if rng.random() < 0.6:
    made["headers"]["X-Amzn-Trace-Id"] = trace_header(rng)
  if rng.random() < 0.12:
    made["base_path"] = "/shop"
  if rng.random() < 0.15:
    made["naming"] = "*.example*"
  made["target"] = target(rng, made.get("base_path", ""))
  if "base_path" not in made and rng.random() < 0.02:
    made.update(method="OPTIONS", target="*")
  return made


def main():
  rng = random.Random(int(sys.argv[1]))
  for number in range(int(sys.argv[2])):
    print(json.dumps({"case": number, "mode": "text", "requests": [request(rng)]}))


main()
