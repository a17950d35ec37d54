#!/usr/bin/env python3
"""Joins text cases and a driver's answers to them to one compact document.

usage: record_texts.py SEED CASES ANSWERS >recorded/RECORDER.text.json

A case becomes [method, target, Host or null, trace header or null, base path, naming pattern, answer]; an answer is
"sampled" or "not_sampled" where that was decided upstream, or what the rules were asked: [service name, service type,
host, method, path], each null where absent. Of what was sent a text holds one character for each byte; answers are
Unicode. Cases that the server refused are counted and left out.
"""

import json
import sys

FIELDS = ("service_name", "service_type", "host", "http_method", "url_path")


def row(request, answer):
  headers = request["headers"]
  asked = answer["request"]
  return [request["method"], request["target"], headers.get("Host"), headers.get("X-Amzn-Trace-Id"),
          request.get("base_path", ""), request.get("naming", ""),
          answer["upstream"] if asked is None else [asked.get(field) for field in FIELDS]]


def main():
  seed, cases_path, answers_path = sys.argv[1:]
  with open(cases_path, encoding="utf-8") as cases, open(answers_path, encoding="utf-8") as answers:
    hello = json.loads(answers.readline())
    rows = []
    refused = 0
    for case_line, answer_line in zip(cases, answers, strict=True):
      case, answered = json.loads(case_line), json.loads(answer_line)
      assert case["case"] == answered["case"]
      for request, answer in zip(case["requests"], answered["answers"], strict=True):
        if "unsupported" in answer:
          refused += 1
        else:
          rows.append(row(request, answer))
  about = {"recorder": hello["recorder"], "packages": hello["packages"], "seed": int(seed), "refused": refused,
           "absent_host": hello.get("absent_host"), "count": len(rows)}
  print('{"about": ' + json.dumps(about) + ',\n"cases": [')
  print(",\n".join(json.dumps(made, ensure_ascii=True, separators=(",", ":")) for made in rows))
  print("]}")


main()
