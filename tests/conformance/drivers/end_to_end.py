#!/usr/bin/env python3
"""Lets a whole SDK poll a stand-in for the X-Ray daemon while requests come, and writes down what happened.

usage: end_to_end.py SEED DRIVER... >recorded/RECORDER.end_to_end.json

DRIVER gets the stand-in's port as its last argument and one line {"seconds":12,"paths":[...]} on standard input: it asks
the SDK's sampler about these paths, one after the other, for so long, and prints one line {"recorder", "version",
"events"}. It may shorten the SDK's polling intervals and take the jitter out of them; threads, timers, requests and all
they lead to are the SDK's own. An event is one of
  ["request", path, second, rule or null, sampled]   the second and the rule as the SDK saw them
  ["rules", second]                                  an answer was put into force that was asked for then
  ["targets"]                                        an answer was put into force
  ["report", [[rule, requests, sampled, borrowed], ...]]   counters were read, to be sent
in the order in which they took effect. The document has the bodies that the stand-in answered beside them: the first
"rules" event brought the first of "rules", and so on. Rates are 0 or 1, so that no draw decides.
"""

import json
import random
import subprocess
import sys

from daemon_stand_in import GARBLED, REFUSED, DaemonStandIn

SECONDS = 13
PATHS = ["/quota", "/quota", "/borrow", "/none", "/all", "/late", "/"]


def rule(name, priority, rate, reservoir, path):
  return {"SamplingRule": {"RuleName": name, "RuleARN": "arn:aws:xray:eu-west-1:123456789012:sampling-rule/" + name,
                           "ResourceARN": "*", "Priority": priority, "FixedRate": rate, "ReservoirSize": reservoir,
                           "ServiceName": "*", "ServiceType": "*", "Host": "*", "HTTPMethod": "*", "URLPath": path,
                           "Version": 1, "Attributes": {}}, "CreatedAt": 1.6e9, "ModifiedAt": 1.6e9}


FIRST_RULES = [rule("Default", 10000, 0.0, 1, "*"), rule("quota", 10, 0.0, 5, "/quota*"),
               rule("borrow", 20, 0.0, 1, "/borrow*"), rule("none", 30, 0.0, 0, "/none*"),
               rule("all", 40, 1.0, 0, "/all*")]
# One is gone, one is new, one can borrow no more, and one has another rate.
LATER_RULES = [rule("late", 5, 0.0, 2, "/late*"), rule("borrow", 20, 0.0, 0, "/borrow*"),
               rule("Default", 10000, 1.0, 1, "*"), rule("quota", 10, 0.0, 5, "/quota*"),
               rule("all", 40, 1.0, 0, "/all*")]


def rules(records):
  return lambda now: {"SamplingRuleRecords": records}


def target(name, rate, **more):
  return {"RuleName": name, "FixedRate": rate, **more}


def targets(*documents, modified=0, unprocessed=()):
  """A ReservoirQuotaTTL is given as seconds from now."""
  def body(now):
    made = [{**document, **({"ReservoirQuotaTTL": now + document["ReservoirQuotaTTL"]}
                            if "ReservoirQuotaTTL" in document else {})} for document in documents]
    return {"SamplingTargetDocuments": made, "LastRuleModification": now + modified if modified else 1600000000,
            "UnprocessedStatistics": list(unprocessed)}
  return body


RULES_SCRIPT = [REFUSED, rules(FIRST_RULES), rules(FIRST_RULES), GARBLED, rules(LATER_RULES)]
TARGETS_SCRIPT = [
    targets(target("quota", 0.0, ReservoirQuota=3, ReservoirQuotaTTL=3, Interval=10), target("borrow", 0.0, Interval=10),
            target("Default", 1.0, ReservoirQuota=1, ReservoirQuotaTTL=60)),
    REFUSED,
    GARBLED,
    targets(target("quota", 0.0, ReservoirQuota=1, ReservoirQuotaTTL=2), target("none", 0.0, ReservoirQuota=4,
                                                                               ReservoirQuotaTTL=1),
            target("all", 0.0, Interval=20), target("Default", 0.0)),
    targets(target("quota", 0.0), modified=1),
    targets(target("borrow", 0.0, ReservoirQuota=0, ReservoirQuotaTTL=5), target("gone", 1.0, ReservoirQuota=9)),
    targets(target("quota", 0.0, ReservoirQuota=2), target("late", 1.0, ReservoirQuota=3, ReservoirQuotaTTL=60),
            unprocessed=[{"RuleName": "all", "ErrorCode": "ServiceException", "Message": "try again"}]),
    targets(),
]


def check_reports(events, bodies):
  """What came over the wire is what was counted."""
  counted = [event[1] for event in events if event[0] == "report"]
  sent = []
  for at, body in enumerate(bodies):
    if at > 0 and body == bodies[at - 1]:
      continue  # A client's second attempt.
    documents = json.loads(body)["SamplingStatisticsDocuments"]
    for document in documents:
      assert len(document["ClientID"]) == 24 and document["Timestamp"] > 1.6e9, document
    assert len({document["ClientID"] for document in documents}) == 1
    sent.append([[document[key] for key in ("RuleName", "RequestCount", "SampledCount", "BorrowCount")]
                 for document in documents])
  # The last one counted may not have left yet.
  assert sent in (counted, counted[:-1]), (sent, counted)


def main():
  rng = random.Random(int(sys.argv[1]))
  work = {"seconds": SECONDS, "paths": [rng.choice(PATHS) for _ in range(500)]}
  with DaemonStandIn({"/GetSamplingRules": RULES_SCRIPT, "/SamplingTargets": TARGETS_SCRIPT}) as daemon:
    done = subprocess.run(sys.argv[2:] + [str(daemon.port)], input=json.dumps(work) + "\n", stdout=subprocess.PIPE,
                          text=True, check=True, timeout=SECONDS + 60)
    made = json.loads(done.stdout)
    check_reports(made["events"], daemon.reports)
    bodies = {"rules": daemon.answered["/GetSamplingRules"], "targets": daemon.answered["/SamplingTargets"]}
  print('{"about": ' + json.dumps({"recorder": made["recorder"], "version": made["version"], "seed": int(sys.argv[1])}) +
        ",")
  for key, texts in bodies.items():
    print(f'"{key}": [\n' + ",\n".join(json.dumps(text) for text in texts) + "],")
  print('"events": [\n' + ",\n".join(json.dumps(event, separators=(",", ":")) for event in made["events"]) + "]}")


main()
