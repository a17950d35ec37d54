#!/usr/bin/env python3
"""The driver of xray-python for end_to_end.py: the SDK with its own pollers and threads."""

import importlib.metadata
import json
import logging
import sys
import threading
import time

from aws_xray_sdk.core import xray_recorder
from aws_xray_sdk.core.sampling import rule_poller
from aws_xray_sdk.core.sampling.rule_cache import RuleCache

logging.getLogger("aws_xray_sdk").setLevel(logging.CRITICAL)

events = []
# Held over all that takes effect together, so that events stand in the order in which they did.
lock = threading.RLock()


class NoJitter:
  def random(self):
    return 0.0


class WatchedCache(RuleCache):
  matched = None

  def get_matched_rule(self, sampling_req, now):
    rule = super().get_matched_rule(sampling_req, now)
    WatchedCache.matched = (now, rule.name if rule else None)
    return rule

  # New rules are in force once they have their time, which the poller sets right after.
  def load_rules(self, rules):
    lock.acquire()
    super().load_rules(rules)

  @property
  def last_updated(self):
    return self._last_updated

  @last_updated.setter
  def last_updated(self, second):
    self._last_updated = second
    events.append(["rules", second])
    lock.release()

  def load_targets(self, targets_dict):
    with lock:
      super().load_targets(targets_dict)
      events.append(["targets"])


def watch_reports(connector):
  generate = connector._generate_reporting_docs

  def generate_and_note(rules, now):
    with lock:
      documents = generate(rules, now)
      events.append(["report", [[document["RuleName"], document["RequestCount"], document["SampledCount"],
                                 document["BorrowCount"]] for document in documents]])
      return documents

  connector._generate_reporting_docs = generate_and_note


def main():
  work = json.loads(sys.stdin.readline())
  xray_recorder.configure(service="shop", daemon_address="127.0.0.1:" + sys.argv[1], context_missing="LOG_ERROR")
  sampler = xray_recorder.sampler
  cache = WatchedCache()
  sampler._cache = sampler._rule_poller._cache = sampler._target_poller._cache = cache
  watch_reports(sampler._connector)
  rule_poller.DEFAULT_INTERVAL = 2
  sampler._target_poller._interval = 1
  sampler._rule_poller._random = sampler._target_poller._random = NoJitter()

  end = time.monotonic() + work["seconds"]
  at = 0
  while time.monotonic() < end:
    path = work["paths"][at % len(work["paths"])]
    at += 1
    with lock:
      answer = sampler.should_trace({"service": "shop", "host": "shop.example", "method": "GET", "path": path})
      second, rule = WatchedCache.matched
      events.append(["request", path, second, rule, bool(answer)])
    time.sleep(0.03 if at % 20 else 0.2)
  lock.acquire()
  print(json.dumps({"recorder": "xray-python", "version": importlib.metadata.version("aws-xray-sdk"), "events": events}),
        flush=True)


main()
