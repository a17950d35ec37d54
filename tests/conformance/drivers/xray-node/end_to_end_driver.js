// The driver of xray-node for end_to_end.py: the SDK with its own pollers and timers.
// usage: end_to_end_driver.js DIRECTORY PORT, where the packages are.
'use strict';

const path = require('path');
const readline = require('readline');

const [, , directory, port] = process.argv;
const sdk = path.join(path.resolve(directory), 'node_modules', 'aws-xray-sdk-core');
const sampling = path.join(sdk, 'dist', 'lib', 'middleware', 'sampling');

// Five minutes become two seconds and ten seconds one; the timers are the SDK's own.
const { setInterval } = globalThis;
globalThis.setInterval = (call, delay, ...rest) => setInterval(call, delay > 60000 ? 2000 : delay / 10, ...rest);

const AWSXRay = require(sdk);
AWSXRay.setLogger({ debug() {}, info() {}, warn() {}, error() {} });
AWSXRay.setDaemonAddress('127.0.0.1:' + port);
const sampler = require(path.join(sampling, 'default_sampler'));
const cache = require(path.join(sampling, 'rule_cache'));
const connector = require(path.join(sampling, 'service_connector'));

const events = [];
let matched = null;

const watch = (object, name, wrapped) => {
  const original = object[name];
  object[name] = function watched(...values) {
    return wrapped(original.bind(this), ...values);
  };
};
watch(cache, 'getMatchedRule', (original, request, now) => {
  const rule = original(request, now);
  matched = [now, rule ? rule.getName() : null];
  return rule;
});
watch(cache, 'timestamp', (original, second) => {
  original(second);
  events.push(['rules', second]);
});
watch(cache, 'loadTargets', (original, targets) => {
  original(targets);
  events.push(['targets']);
});
watch(connector, 'fetchTargets', (original, rules, callback) => {
  events.push(['report', rules.map((rule) => [rule.getName(), rule.requestCount, rule.sampledCount, rule.borrowCount])]);
  original(rules, callback);
});

function finish() {
  const version = require(path.join(sdk, 'package.json')).version;
  process.stdout.write(JSON.stringify({ recorder: 'xray-node', version, events }) + '\n', () => process.exit(0));
}

readline.createInterface({ input: process.stdin }).once('line', (line) => {
  const work = JSON.parse(line);
  const end = performance.now() + work.seconds * 1000;
  let at = 0;
  const next = () => {
    if (performance.now() >= end) {
      finish();
      return;
    }
    const url = work.paths[at % work.paths.length];
    at += 1;
    const answer = sampler.shouldSample({ serviceName: 'shop', host: 'shop.example', httpMethod: 'GET', urlPath: url });
    events.push(['request', url, ...matched, Boolean(answer)]);
    setTimeout(next, at % 20 ? 30 : 200);
  };
  next();
});
