'use strict';
// A driver of the AWS X-Ray SDK for Node.js. See ../README.md.

const path = require('path');
const readline = require('readline');
const { createRequire } = require('module');

const place = createRequire(path.resolve(process.argv[2], 'package.json'));
const sdk = path.dirname(place.resolve('aws-xray-sdk-core/package.json'));
const middleware = path.join(sdk, 'dist', 'lib', 'middleware');
const { version } = place('aws-xray-sdk-core/package.json');

let now = 0;
let draw = 0;

/** Stands for the clock: what is made without arguments is now. */
class ReplacedDate extends Date {
  constructor(...values) {
    if (values.length === 0) super(now);
    else super(...values);
  }
  static now() { return now; }
}

/** Stands for the module http: answers at once with what the X-Ray service would say. */
class Service {
  constructor() {
    this.rules = [];
    this.targets = [];
    this.asked = '';
    this.request = (options, callback) => ({
      on: () => {},
      write: (body) => { this.asked = body; },
      end: () => {
        const heard = {};
        callback({ on(event, handler) { heard[event] = handler; } });
        heard.data(JSON.stringify(this.said(options.path)));
        heard.end();
      },
    });
  }

  said(asked) {
    return asked === '/GetSamplingRules'
      ? { SamplingRuleRecords: this.rules.map((rule) => ({ SamplingRule: rule })) }
      : { SamplingTargetDocuments: this.targets, LastRuleModification: 0 };
  }
}

/** The SDK's samplers are modules: a new recorder is the modules loaded anew. */
function freshSdk() {
  for (const name of Object.keys(require.cache)) {
    if (name.startsWith(path.join(middleware, 'sampling')) || name === path.join(middleware, 'mw_utils.js')) {
      delete require.cache[name];
    }
  }
  return {
    middleware: require(path.join(middleware, 'mw_utils.js')),
    sampler: require(path.join(middleware, 'sampling', 'default_sampler.js')),
    local: require(path.join(middleware, 'sampling', 'local_sampler.js')),
    cache: require(path.join(middleware, 'sampling', 'rule_cache.js')),
    connector: require(path.join(middleware, 'sampling', 'service_connector.js')),
    poller: require(path.join(middleware, 'sampling', 'rule_poller.js')),
  };
}

const KEYS = { service_name: 'serviceName', service_type: 'serviceType', host: 'host', http_method: 'httpMethod',
  url_path: 'urlPath', resource_arn: 'resourceARN', attributes: 'attributes' };

/** A sampler of the SDK, watched: which rule was asked, and what its reservoir said. */
class Driven {
  constructor() {
    this.sdk = freshSdk();
    this.forget();
  }

  forget() {
    this.rule = null;
    this.said = null;
  }

  watchLocal(ofDocument) {
    this.sdk.local.rules.forEach((rule, index) => {
      const reservoir = rule.reservoir;
      const isSampled = reservoir.isSampled;
      reservoir.isSampled = () => {
        const used = reservoir.thisSecond === Math.round(now / 1000) ? reservoir.usedThisSecond : 0;
        const sampled = isSampled.call(reservoir);
        this.rule = ofDocument ? (rule.default ? 'default' : index) : null;
        this.said = reservoir.usedThisSecond > used ? 'reservoir' : null;
        return sampled;
      };
    });
  }

  answer(sampler, request) {
    this.forget();
    let sampled;
    if (request.upstream) {
      let asked = false;
      const segment = { name: request.service_name, setMatchedSamplingRule() {} };
      const { middleware: utils } = this.sdk;
      utils.sampler = { shouldSample(of) { asked = true; return sampler.shouldSample(of); } };
      utils.resolveSampling({ sampled: request.upstream === 'sampled' ? '1' : '0' }, segment,
        { req: { headers: { host: request.host }, method: request.http_method, url: request.url_path } });
      sampled = !segment.notTraced;
      if (!asked) return { rule: null, sampled, by: 'upstream' };
    } else {
      const asked = {};
      for (const [key, value] of Object.entries(request)) asked[KEYS[key]] = value;
      const returned = sampler.shouldSample(asked);
      if (returned === undefined) return { error: 'nothing is returned: the sampler has caught an error of its own' };
      sampled = !!returned;
    }
    return { rule: this.rule, sampled, by: this.said || (sampled ? 'rate' : 'none') };
  }
}

class Central extends Driven {
  constructor(given) {
    super();
    this.service = new Service();
    this.sdk.connector.httpClient = this.service;
    this.sdk.sampler.started = true;
    this.watchLocal(false);
    this.rules(given.rules);
    const { cache } = this.sdk;
    const getMatchedRule = cache.getMatchedRule;
    cache.getMatchedRule = (...asked) => {
      const rule = getMatchedRule.apply(cache, asked);
      if (rule) this.watch(rule);
      return rule;
    };
  }

  watch(rule) {
    this.rule = rule.getName();
    const reservoir = rule.getReservoir();
    reservoir.borrowOrTake = (...asked) => {
      delete reservoir.borrowOrTake;
      const decision = reservoir.borrowOrTake(...asked);
      this.said = { take: 'reservoir', borrow: 'borrow' }[decision] || null;
      return decision;
    };
  }

  rules(rules) {
    this.service.rules = rules;
    this.sdk.poller.start();
    clearInterval(this.sdk.poller.poller);
  }

  step(step) {
    if (step.rules) {
      this.rules(step.rules);
    } else if (step.targets) {
      this.service.targets = step.targets;
      this.sdk.connector.fetchTargets([], (error, targets) => {
        if (error) throw error;
        this.sdk.cache.loadTargets(targets);
      });
    } else if (step.statistics) {
      const matched = this.sdk.cache.getRules().filter((rule) => rule.everMatched());
      this.service.targets = [];
      this.sdk.connector.fetchTargets(matched, () => {});
      const statistics = {};
      for (const of of JSON.parse(this.service.asked).SamplingStatisticsDocuments) {
        statistics[of.RuleName] = [of.RequestCount, of.SampledCount, of.BorrowCount];
      }
      return { statistics };
    } else {
      return this.answer(this.sdk.sampler, step.request);
    }
    return undefined;
  }
}

class Local extends Driven {
  constructor(given) {
    super();
    this.sdk.local.setLocalRules(given.document);
    this.watchLocal(true);
  }

  step(step) {
    return this.answer(this.sdk.local, step.request);
  }
}

function setClock(at) {
  now = at[0] * 1000 + Math.floor(at[1] / 1e6);
}

function answers(given) {
  setClock(given.at);
  const driven = given.mode === 'central' ? new Central(given) : new Local(given);
  const said = [];
  for (const step of given.steps) {
    setClock(step.at);
    draw = step.draw;
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

require(path.join(sdk, 'dist', 'lib', 'logger.js')).setLogger({ debug() {}, info() {}, warn() {}, error() {} });
globalThis.Date = ReplacedDate;
Math.random = () => draw;

say({ protocol: 1, recorder: 'xray-node', sdk: 'aws-xray-sdk-core', version, modes: ['central', 'local'] });
readline.createInterface({ input: process.stdin, crlfDelay: Infinity }).on('line', (line) => {
  const given = JSON.parse(line);
  if (given.mode !== 'central' && given.mode !== 'local') {
    say({ case: given.case, unsupported: `no mode ${given.mode}` });
    return;
  }
  try {
    say({ case: given.case, answers: answers(given) });
  } catch (error) {
    say({ case: given.case, refused: String(error) });
  }
});
