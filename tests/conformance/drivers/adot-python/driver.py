"""A driver of the sampler in the AWS Distro for OpenTelemetry Python. See ../README.md."""

import datetime
import importlib.metadata
import json
import logging
import os
import sys
import time

os.environ['TZ'] = 'UTC'  # the sampler reckons in naive local times
time.tzset()

from amazon.opentelemetry.distro.sampler import aws_xray_remote_sampler
from amazon.opentelemetry.distro.sampler._clock import _Clock
from amazon.opentelemetry.distro.sampler._sampling_rule_applier import _SamplingRuleApplier
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace.sampling import Decision, TraceIdRatioBased
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

PLATFORMS = {'AWS::Lambda::Function': 'aws_lambda', 'AWS::ElasticBeanstalk::Environment': 'aws_elastic_beanstalk',
             'AWS::EC2::Instance': 'aws_ec2', 'AWS::ECS::Container': 'aws_ecs', 'AWS::EKS::Container': 'aws_eks'}
ATTRIBUTES = {'host': 'server.address', 'http_method': 'http.request.method', 'url_path': 'url.path'}
EPOCH = datetime.datetime(1970, 1, 1)
FLAGS = {'sampled': TraceFlags(TraceFlags.SAMPLED), 'not_sampled': TraceFlags(TraceFlags.DEFAULT)}


class Watch:
    """What the classes of the sampler are made to read, and what they are seen to do."""

    now = EPOCH
    drawn = False  # the sampler by trace id was asked: the reservoir had refused
    rule = None
    borrowed = False

    @classmethod
    def set_clock(cls, at):
        cls.now = EPOCH + datetime.timedelta(seconds=at[0], microseconds=at[1] // 1000)


class Timer:
    """Stands for threading.Timer: no poller is started."""

    def __init__(self, *_):
        pass

    def start(self):
        pass


class Session:
    """Stands for requests.Session: answers as the X-Ray service would."""

    def __init__(self):
        self.said = {}

    def post(self, **_):
        return self

    def json(self):
        return json.loads(json.dumps(self.said))


def watch_classes():
    aws_xray_remote_sampler.Timer = Timer
    _Clock.now = lambda self: Watch.now

    ask_ratio = TraceIdRatioBased.should_sample

    def ask_ratio_watched(self, *args, **kwargs):
        Watch.drawn = True
        return ask_ratio(self, *args, **kwargs)

    TraceIdRatioBased.should_sample = ask_ratio_watched

    ask_rule = _SamplingRuleApplier.should_sample

    def ask_rule_watched(self, *args, **kwargs):
        Watch.rule = self.sampling_rule.RuleName
        counts = self._SamplingRuleApplier__statistics
        borrowed = counts.BorrowCount
        try:
            return ask_rule(self, *args, **kwargs)
        finally:
            Watch.borrowed = counts.BorrowCount != borrowed

    _SamplingRuleApplier.should_sample = ask_rule_watched


def resource_of(request):
    attributes = {}
    if 'service_name' in request:
        attributes['service.name'] = request['service_name']
    if request.get('service_type'):
        attributes['cloud.platform'] = PLATFORMS[request['service_type']]
    if 'resource_arn' in request:
        is_lambda = request.get('service_type') == 'AWS::Lambda::Function'
        attributes['cloud.resource_id' if is_lambda else 'aws.ecs.container.arn'] = request['resource_arn']
    return Resource(attributes)


def attributes_of(request):
    return {**request.get('attributes', {}), **{name: request[key] for key, name in ATTRIBUTES.items() if key in request}}


class Driven:
    def __init__(self, case):
        self.counted = {}
        self.sampler = aws_xray_remote_sampler.AwsXRayRemoteSampler(Resource({}))
        self.cache = self.sampler._AwsXRayRemoteSampler__rule_cache
        self.client = self.sampler._AwsXRayRemoteSampler__xray_client
        self.session = self.client._AwsXRaySamplingClient__session = Session()
        self.rules(case['rules'])

    def rules(self, rules):
        self.session.said = {'SamplingRuleRecords': [{'SamplingRule': rule} for rule in rules]}
        self.sampler._AwsXRayRemoteSampler__get_and_update_sampling_rules()

    def targets(self, targets):
        self.report()
        self.session.said = {'SamplingTargetDocuments': targets, 'LastRuleModification': 0.0}
        self.cache.update_sampling_targets(self.client.get_sampling_targets([], []))

    def report(self):
        """Statistics go out whenever targets are asked for; they are kept until a step wants them."""
        for of in self.cache.get_all_statistics()[0]:
            counts = self.counted.setdefault(of['RuleName'], [0, 0, 0])
            for place, key in enumerate(('RequestCount', 'SampleCount', 'BorrowCount')):
                counts[place] += of[key]

    def statistics(self):
        self.report()
        counted, self.counted = self.counted, {}
        return {'statistics': counted}

    def answer(self, request, draw):
        if request.get('service_type') and request['service_type'] not in PLATFORMS:
            return {'unsupported': 'a service type is told by one of five platforms'}
        self.cache._RuleCache__resource = resource_of(request)
        trace_id = (1 << 64) + int(draw * (1 << 64))
        context = Context()
        if 'upstream' in request:
            parent = SpanContext(trace_id, 1, is_remote=True, trace_flags=FLAGS[request['upstream']])
            context = set_span_in_context(NonRecordingSpan(parent), context)
        Watch.rule, Watch.drawn, Watch.borrowed = None, False, False
        result = self.sampler.should_sample(context, trace_id, 'span', attributes=attributes_of(request))
        sampled = result.decision is Decision.RECORD_AND_SAMPLE
        if 'upstream' in request and not Watch.drawn:
            return {'rule': None, 'sampled': sampled, 'by': 'upstream'}
        by = 'none' if not sampled else 'rate' if Watch.drawn else 'borrow' if Watch.borrowed else 'reservoir'
        return {'rule': Watch.rule, 'sampled': sampled, 'by': by}

    def step(self, step):
        if 'rules' in step:
            return self.rules(step['rules'])
        if 'targets' in step:
            return self.targets(step['targets'])
        if 'statistics' in step:
            return self.statistics()
        try:
            return self.answer(step['request'], step['draw'])
        except Exception as error:
            return {'error': repr(error)}


def answers(case):
    Watch.set_clock(case['at'])
    driven = Driven(case)
    said = []
    for step in case['steps']:
        Watch.set_clock(step['at'])
        answer = driven.step(step)
        if answer is not None:
            said.append(answer)
    return said


def say(answer):
    print(json.dumps(answer), flush=True)


def main():
    logging.disable(logging.CRITICAL)
    watch_classes()
    say({'protocol': 1, 'recorder': 'adot-python', 'sdk': 'aws-opentelemetry-distro',
         'version': importlib.metadata.version('aws-opentelemetry-distro'), 'modes': ['central']})
    for line in sys.stdin.buffer:
        case = json.loads(line)
        if case['mode'] == 'central':
            say({'case': case['case'], 'answers': answers(case)})
        else:
            say({'case': case['case'], 'unsupported': f'no mode {case["mode"]}'})


if __name__ == '__main__':
    main()
