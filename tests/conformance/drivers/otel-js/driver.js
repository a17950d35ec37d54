'use strict';
// A driver of the OpenTelemetry sampler for X-Ray. See ../README.md.

const http = require('http');
const path = require('path');
const { createRequire } = require('module');

const place = createRequire(path.resolve(process.argv[2], 'package.json'));
const { ROOT_CONTEXT, SpanKind, TraceFlags, trace } = place('@opentelemetry/api');
const { resourceFromAttributes } = place('@opentelemetry/resources');
const { SamplingDecision, TraceIdRatioBasedSampler } = place('@opentelemetry/sdk-trace');
const { AWSXRayRemoteSampler } = place('@opentelemetry/sampler-aws-xray');
const { version } = place('@opentelemetry/sampler-aws-xray/package.json');

let now = 0;
/** Whether the sampler by trace id was asked: the reservoir had refused. */
let drawn = false;

Date.now = () => now;

const askRatio = TraceIdRatioBasedSampler.prototype.shouldSample;
TraceIdRatioBasedSampler.prototype.shouldSample = function (...asked) {
  drawn = true;
  return askRatio.apply(this, asked);
};

/** What the X-Ray service says next, of rules. */
let records = [];

/** Stands for the network: answers at once. */
http.request = (url, options, callback) => {
  const request = {
    on: () => request,
    end: () => {
      const heard = {};
      callback({ statusCode: 200, setEncoding() {}, on(event, handler) { heard[event] = handler; } });
      heard.data(JSON.stringify({ SamplingRuleRecords: records }));
      heard.end();
    },
  };
  return request;
};

const PLATFORMS = {
  'AWS::Lambda::Function': 'aws_lambda',
  'AWS::ElasticBeanstalk::Environment': 'aws_elastic_beanstalk',
  'AWS::EC2::Instance': 'aws_ec2',
  'AWS::ECS::Container': 'aws_ecs',
  'AWS::EKS::Container': 'aws_eks',
};
const ATTRIBUTES = { host: 'server.address', http_method: 'http.request.method', url_path: 'url.path' };

/** The four words of a trace id are XORed and compared with the rate. */
function traceId(draw) {
  return `000000010000000100000000${Math.floor(draw * 2 ** 32).toString(16).padStart(8, '0')}`;
}

function resourceOf(request) {
  const attributes = {};
  if (request.service_name !== undefined) attributes['service.name'] = request.service_name;
  if (request.service_type !== undefined) attributes['cloud.platform'] = PLATFORMS[request.service_type];
  if (request.resource_arn !== undefined) {
    const isLambda = request.service_type === 'AWS::Lambda::Function';
    attributes[isLambda ? 'cloud.resource_id' : 'aws.ecs.container.arn'] = request.resource_arn;
  }
  return resourceFromAttributes(attributes);
}

function attributesOf(request) {
  const attributes = { ...request.attributes };
  for (const [key, name] of Object.entries(ATTRIBUTES)) {
    if (request[key] !== undefined) attributes[name] = request[key];
  }
  return attributes;
}

class Driven {
  constructor(given) {
    this.statistics = {};
    records = given.rules.map((rule) => ({ SamplingRule: rule }));
    this.sampler = new AWSXRayRemoteSampler({ resource: resourceFromAttributes({}) });
    this.inner = this.sampler.internalXraySampler;
    this.inner.stopPollers();
    const cache = this.inner.ruleCache;
    const getMatchedRule = cache.getMatchedRule;
    cache.getMatchedRule = (...asked) => {
      this.rule = getMatchedRule.apply(cache, asked);
      return this.rule;
    };
  }

  /** Statistics go out whenever targets are asked for; they are kept until a step wants them. */
  report() {
    for (const of of this.inner.ruleCache.createSamplingStatisticsDocuments(this.inner.clientId)) {
      const sum = this.statistics[of.RuleName] || [0, 0, 0];
      this.statistics[of.RuleName] = [sum[0] + of.RequestCount, sum[1] + of.SampledCount, sum[2] + of.BorrowCount];
    }
  }

  step(step) {
    if (step.rules) {
      records = step.rules.map((rule) => ({ SamplingRule: rule }));
      this.inner.getAndUpdateSamplingRules();
    } else if (step.targets) {
      this.report();
      this.inner.updateSamplingTargets({ SamplingTargetDocuments: step.targets, LastRuleModification: 0 });
      this.inner.stopPollers();
    } else if (step.statistics) {
      this.report();
      const counted = Object.entries(this.statistics).filter(([, counts]) => counts[0] !== 0);
      this.statistics = {};
      return { statistics: Object.fromEntries(counted) };
    } else {
      return this.answer(step.request, step.draw);
    }
    return undefined;
  }

  answer(request, draw) {
    if (request.service_type !== undefined && !(request.service_type in PLATFORMS)) {
      return { unsupported: 'a service type is told by one of five platforms' };
    }
    this.inner.ruleCache.samplerResource = resourceOf(request);
    const id = traceId(draw);
    let context = ROOT_CONTEXT;
    if (request.upstream) {
      context = trace.setSpanContext(context, { traceId: id, spanId: '0000000000000001', isRemote: true,
        traceFlags: request.upstream === 'sampled' ? TraceFlags.SAMPLED : TraceFlags.NONE });
    }
    this.rule = undefined;
    drawn = false;
    const borrowed = this.borrowed();
    const { decision } = this.sampler.shouldSample(context, id, 'span', SpanKind.SERVER, attributesOf(request), []);
    const sampled = decision === SamplingDecision.RECORD_AND_SAMPLED;
    if (request.upstream && !this.rule) return { rule: null, sampled, by: 'upstream' };
    let by = 'reservoir';
    if (!sampled) by = 'none';
    else if (drawn) by = 'rate';
    else if (this.borrowed() !== borrowed) by = 'borrow';
    return { rule: this.rule ? this.rule.samplingRule.RuleName : null, sampled, by };
  }

  borrowed() {
    return this.inner.ruleCache.ruleAppliers.reduce((sum, rule) => sum + rule.statistics.BorrowCount, 0);
  }
}

function setClock(at) {
  now = at[0] * 1000 + Math.floor(at[1] / 1e6);
}

function answers(given) {
  setClock(given.at);
  const driven = new Driven(given);
  const said = [];
  for (const step of given.steps) {
    setClock(step.at);
    let answer;
    try {
      answer = driven.step(step);
    } catch (error) {
      answer = { error: String(error) };
    }
    if (answer !== undefined) said.push(answer);
  }
  return said;
}

function say(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

function replay(line) {
  const given = JSON.parse(line);
  if (given.mode === 'central') say({ case: given.case, answers: answers(given) });
  else say({ case: given.case, unsupported: `no mode ${given.mode}` });
}

say({ protocol: 1, recorder: 'otel-js', sdk: '@opentelemetry/sampler-aws-xray', version, modes: ['central'] });
// Not by `readline`, which takes U+2028 for the end of a line, too.
let rest = '';
process.stdin.setEncoding('utf8').on('data', (text) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop();
  lines.forEach(replay);
}).on('end', () => { if (rest) replay(rest); });
