// Sends requests to Express on the loopback and prints what the SDK asked its rules: as text_driver.py of xray-python
// does for Flask. Packages are looked for in NODE_PATH.
'use strict';

const http = require('http');
const net = require('net');
const readline = require('readline');

const AWSXRay = require('aws-xray-sdk-core');
const xrayExpress = require('aws-xray-sdk-express');
const express = require('express');

AWSXRay.setLogger({ debug() {}, info() {}, warn() {}, error() {} });
AWSXRay.enableManualMode();
AWSXRay.config([AWSXRay.plugins.ECSPlugin]);

// In the place of the SDK's cache of rules: remembers the question and has no rule.
const core = require.resolve('aws-xray-sdk-core').replace(/index\.js$/, '');
const cache = require(core + 'middleware/sampling/rule_cache');
const sampler = require(core + 'middleware/sampling/default_sampler');
let asked = null;
cache.getMatchedRule = (request) => {
  asked = { ...request };
  return null;
};
sampler.started = true; // No pollers.
require(core + 'segment_emitter').send = () => {};

const app = express();
app.disable('etag');
app.use((request, response, next) => {
  asked = null;
  AWSXRay.middleware.dynamicNaming = 'x-named' in request.headers;
  AWSXRay.middleware.hostPattern = '*.example*';
  next();
});
app.use(xrayExpress.openSegment('shop'));
app.use((request, response) => {
  const said = asked !== null
    ? ['serviceName', 'serviceType', 'host', 'httpMethod', 'urlPath'].map((key) => asked[key] ?? null)
    : request.segment.notTraced ? 'not_sampled' : 'sampled';
  const text = JSON.stringify(said).replace(/[\u0080-\uffff]/g,
    (unit) => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0'));
  response.set('X-Answer', text).end();
});

function messageOf(request) {
  const lines = [`${request.method} ${request.target} HTTP/${request.host === null ? '1.0' : '1.1'}`];
  if (request.host !== null) lines.push('Host: ' + request.host);
  if (request.trace !== null) lines.push('X-Amzn-Trace-Id: ' + request.trace);
  if (request.named) lines.push('X-Named: 1');
  return Buffer.from([...lines, 'Connection: close', '', ''].join('\r\n'), 'latin1');
}

function received(port, message) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    const connection = net.connect(port, '127.0.0.1', () => connection.write(message));
    connection.on('data', (chunk) => chunks.push(chunk));
    connection.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    connection.on('error', reject);
  });
}

function answerIn(response) {
  const line = response.split('\r\n\r\n')[0].split('\r\n').find((text) => /^x-answer:/i.test(text));
  return line === undefined ? null : JSON.parse(line.slice(line.indexOf(':') + 1));
}

const server = http.createServer(app);
server.listen(0, '127.0.0.1', async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const response = await received(server.address().port, messageOf(JSON.parse(line)));
    process.stdout.write(JSON.stringify(answerIn(response)) + '\n');
  }
  server.close();
});
