// The driver of xray-node for text cases (drivers/README.md): Express on the loopback.
// usage: text_driver.js DIRECTORY, where the packages are.
'use strict';

const http = require('http');
const net = require('net');
const path = require('path');
const readline = require('readline');

const modules = path.join(path.resolve(process.argv[2]), 'node_modules');
const core = path.join(modules, 'aws-xray-sdk-core', 'dist', 'lib');
const PACKAGES = ['aws-xray-sdk-core', 'aws-xray-sdk-express', 'express'];
const versions = Object.fromEntries(
  PACKAGES.map((name) => [name, require(path.join(modules, name, 'package.json')).version]));
versions.node = process.versions.node;

const AWSXRay = require(path.join(modules, 'aws-xray-sdk-core'));
const xrayExpress = require(path.join(modules, 'aws-xray-sdk-express'));
const express = require(path.join(modules, 'express'));

AWSXRay.setLogger({ debug() {}, info() {}, warn() {}, error() {} });
AWSXRay.enableManualMode();
AWSXRay.config([AWSXRay.plugins.ECSPlugin]);
require(path.join(core, 'segment_emitter')).send = () => {};

const KEYS = {
  serviceName: 'service_name', serviceType: 'service_type', host: 'host', httpMethod: 'http_method', urlPath: 'url_path',
};

// In the place of the SDK's cache of rules: remembers the question and has no rule.
let asked = null;
require(path.join(core, 'middleware/sampling/rule_cache')).getMatchedRule = (request) => {
  asked = {};
  for (const [key, name] of Object.entries(KEYS)) {
    if (request[key] !== undefined && request[key] !== null) asked[name] = request[key];
  }
  return null;
};
require(path.join(core, 'middleware/sampling/default_sampler')).started = true; // No pollers.

const app = express();
app.use((request, response, next) => {
  asked = null;
  AWSXRay.middleware.dynamicNaming = 'x-naming' in request.headers;
  AWSXRay.middleware.hostPattern = request.headers['x-naming'] || null;
  next();
});
app.use(xrayExpress.openSegment('shop'));
app.use((request, response) => {
  const upstream = asked !== null ? 'none' : request.segment.notTraced ? 'not_sampled' : 'sampled';
  const text = JSON.stringify({ request: asked, upstream }).replace(/[\u0080-\uffff]/g,
    (unit) => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0'));
  response.set('X-Answer', text).end();
});

function messageOf(request) {
  const lines = [`${request.method} ${request.target} HTTP/${'Host' in request.headers ? '1.1' : '1.0'}`];
  for (const [name, text] of Object.entries(request.headers)) lines.push(`${name}: ${text}`);
  if ('naming' in request) lines.push(`X-Naming: ${request.naming}`);
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
  if (line === undefined) return { unsupported: 'the server refused it' };
  return JSON.parse(line.slice(line.indexOf(':') + 1));
}

const server = http.createServer(app);
server.listen(0, '127.0.0.1', async () => {
  const hello = {
    protocol: 1, recorder: 'xray-node', sdk: PACKAGES[0], version: versions[PACKAGES[0]], modes: ['text'],
    packages: versions,
  };
  process.stdout.write(JSON.stringify(hello) + '\n');
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const given = JSON.parse(line);
    const answers = [];
    for (const request of given.requests) {
      answers.push(answerIn(await received(server.address().port, messageOf(request))));
    }
    process.stdout.write(JSON.stringify({ case: given.case, answers }) + '\n');
  }
  server.close();
});
