"""A driver of the AWS X-Ray SDK for Python. See ../README.md."""

import datetime
import importlib.metadata
import json
import logging
import os
import sys
import time

os.environ.pop('AWS_XRAY_SDK_ENABLED', None)

from aws_xray_sdk.core.models.trace_header import TraceHeader
from aws_xray_sdk.core.sampling.connector import ServiceConnector
from aws_xray_sdk.core.sampling.local.sampler import LocalSampler
from aws_xray_sdk.core.sampling.reservoir import ReservoirDecision
from aws_xray_sdk.core.sampling.sampler import DefaultSampler
from aws_xray_sdk.ext.util import calculate_sampling_decision

KEYS = {'service_name': 'service', 'service_type': 'service_type', 'host': 'host', 'http_method': 'method',
        'url_path': 'path', 'resource_arn': 'resource_arn', 'attributes': 'attributes'}
UPSTREAM = {'sampled': '1', 'not_sampled': '0'}


class Clock:
    """Stands for time.time."""

    def __init__(self):
        self.now = 0.0

    def set(self, at):
        self.now = at[0] + at[1] // 1000 / 1e6  # a float tells no nanoseconds

    def __call__(self):
        return self.now


class Draw:
    """Stands for random.Random."""

    def __init__(self):
        self.value = 0.0

    def random(self):
        return self.value


class Service:
    """Stands for the client of the X-Ray service, which hands out what botocore has parsed."""

    def __init__(self):
        self.rules = []
        self.targets = []

    def get_sampling_rules(self):
        return {'SamplingRuleRecords': [{'SamplingRule': rule} for rule in self.rules]}

    def get_sampling_targets(self, SamplingStatisticsDocuments):
        return {'SamplingTargetDocuments': self.targets, 'LastRuleModification': instant(0)}


def instant(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)


def target(document):
    parsed = dict(document)
    if 'ReservoirQuotaTTL' in parsed:
        parsed['ReservoirQuotaTTL'] = instant(parsed['ReservoirQuotaTTL'])
    return parsed


class Recorder:
    """As much of the SDK's recorder as weighs a trace header."""

    sampling = True

    def __init__(self, sampler):
        self.sampler = sampler


class Driven:
    """A sampler of the SDK, watched: which rule was asked, and what its reservoir said."""

    def __init__(self, draw):
        self.draw = draw
        self.rule = None
        self.said = None

    def watch_local(self, sampler, document):
        sampler._random = self.draw
        places = {id(rule): place for place, rule in enumerate(sampler._rules)}
        should_trace = sampler._should_trace

        def watched(rule):
            taken = []
            take = rule.reservoir.take
            rule.reservoir.take = lambda: taken.append(take()) or taken[-1]
            try:
                sampled = should_trace(rule)
            finally:
                del rule.reservoir.take
            self.rule = places.get(id(rule), 'default') if document else None
            self.said = 'reservoir' if taken[0] else None
            return sampled

        sampler._should_trace = watched

    def answer(self, sampler, request):
        self.rule = self.said = None
        sampling_request = {KEYS[key]: value for key, value in request.items() if key != 'upstream'}
        if 'upstream' not in request:
            sampled = sampler.should_trace(sampling_request)
        else:
            asked = []
            should_trace = sampler.should_trace
            sampler.should_trace = lambda of=None: asked.append(of) or should_trace(of)
            try:
                sampled = calculate_sampling_decision(TraceHeader(sampled=UPSTREAM[request['upstream']]),
                                                      Recorder(sampler), sampling_request)
            finally:
                del sampler.should_trace
            if not asked:
                return {'rule': None, 'sampled': bool(sampled), 'by': 'upstream'}
        return {'rule': self.rule, 'sampled': bool(sampled), 'by': self.said or ('rate' if sampled else 'none')}


class Central(Driven):
    def __init__(self, case, clock, draw):
        super().__init__(draw)
        clock.set(case['at'])
        self.sampler = DefaultSampler()
        self.sampler._started = True
        self.sampler._random = draw
        self.watch_local(self.sampler._local_sampler, document=False)
        self.service = self.sampler._connector._xray_client = Service()
        self.rules(case['rules'])

        process = self.sampler._process_matched_rule

        def watched(rule, now):
            decisions = []
            reservoir = rule.reservoir
            borrow_or_take = reservoir.borrow_or_take
            reservoir.borrow_or_take = lambda *a: decisions.append(borrow_or_take(*a)) or decisions[-1]
            try:
                sampled = process(rule, now)
            finally:
                del reservoir.borrow_or_take
            self.rule = rule.name
            self.said = {ReservoirDecision.TAKE: 'reservoir', ReservoirDecision.BORROW: 'borrow'}.get(decisions[0])
            return sampled

        self.sampler._process_matched_rule = watched

    def rules(self, rules):
        self.service.rules = rules
        self.sampler._rule_poller._refresh_cache()

    def step(self, step):
        if 'rules' in step:
            self.rules(step['rules'])
        elif 'targets' in step:
            self.service.targets = [target(document) for document in step['targets']]
            targets, _ = self.sampler._connector.fetch_sampling_target([])
            self.sampler._cache.load_targets(targets)
        elif 'statistics' in step:
            matched = [rule for rule in self.sampler._cache.rules if rule.ever_matched()]
            documents = self.sampler._connector._generate_reporting_docs(matched, 0)
            return {'statistics': {document['RuleName']: [document['RequestCount'], document['SampledCount'],
                                                          document['BorrowCount']] for document in documents}}
        else:
            return self.answer(self.sampler, step['request'])


class Local(Driven):
    def __init__(self, case, clock, draw):
        super().__init__(draw)
        clock.set(case['at'])
        self.sampler = LocalSampler(case['document'])
        self.watch_local(self.sampler, document=True)

    def step(self, step):
        return self.answer(self.sampler, step['request'])


def answers(case, clock, draw):
    driven = (Central if case['mode'] == 'central' else Local)(case, clock, draw)
    for step in case['steps']:
        clock.set(step['at'])
        draw.value = step.get('draw')
        try:
            answer = driven.step(step)
        except Exception as error:
            answer = {'error': repr(error)}
        if answer is not None:
            yield answer


def main():
    logging.disable(logging.CRITICAL)
    print(json.dumps({'protocol': 1, 'recorder': 'xray-python', 'sdk': 'aws-xray-sdk',
                      'version': importlib.metadata.version('aws-xray-sdk'), 'modes': ['central', 'local']}), flush=True)
    ServiceConnector._create_xray_client = lambda *_: None  # a Service takes its place
    clock = time.time = Clock()
    draw = Draw()
    for line in sys.stdin:
        case = json.loads(line)
        reply = {'case': case['case']}
        if case['mode'] not in ('central', 'local'):
            reply['unsupported'] = f"no mode {case['mode']}"
        else:
            try:
                reply['answers'] = list(answers(case, clock, draw))
            except Exception as error:
                reply['refused'] = repr(error)
        print(json.dumps(reply), flush=True)


if __name__ == '__main__':
    main()
