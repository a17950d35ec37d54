#!/usr/bin/env python3
"""Sends requests to Flask behind gunicorn on the loopback and prints what the SDK asked its rules.

Reads the lines of text_requests.py from standard input and writes one line of JSON for each: what the rules were asked
with ([service, service type, host, method, path]), what was decided upstream ("sampled", "not_sampled"), or null where
the server did not let the request through to the application.
"""

import json
import os
import socket
import subprocess
import sys


def received(address, message):
  with socket.create_connection(address, timeout=20) as connection:
    connection.sendall(message)
    answer = b""
    while chunk := connection.recv(65536):
      answer += chunk
  return answer


def message_of(request):
  lines = [f"{request['method']} {request['target']} HTTP/{'1.0' if request['host'] is None else '1.1'}"]
  if request["host"] is not None:
    lines.append("Host: " + request["host"])
  if request["trace"] is not None:
    lines.append("X-Amzn-Trace-Id: " + request["trace"])
  for key in ("mounted", "named"):
    if request[key]:
      lines.append(f"X-{key}: 1")
  return "\r\n".join(lines + ["Connection: close", "", ""]).encode("latin-1")


def answer_in(response):
  for line in response.split(b"\r\n\r\n")[0].split(b"\r\n"):
    if line.lower().startswith(b"x-answer:"):
      return json.loads(line.split(b":", 1)[1])
  return None


def main():
  with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
    listener.set_inheritable(True)
    address = listener.getsockname()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}", "--workers", "1", "--chdir",
         os.path.dirname(os.path.abspath(__file__)), "--log-level", "critical", "--worker-tmp-dir", "/dev/shm",
         "text_application:wsgi"], pass_fds=[listener.fileno()], stderr=subprocess.DEVNULL)
  try:
    for line in sys.stdin:
      answer = answer_in(received(address, message_of(json.loads(line))))
      print(json.dumps(answer), flush=False)
  finally:
    server.terminate()
    server.wait()


main()
