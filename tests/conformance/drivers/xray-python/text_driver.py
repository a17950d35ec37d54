#!/usr/bin/env python3
"""The driver of xray-python for text cases (drivers/README.md): Flask behind gunicorn on the loopback.

Where a request has no Host header Flask takes the server's address for one; it stands as 10.0.0.1:1 in the answer.
"""

import importlib.metadata
import json
import os
import socket
import subprocess
import sys

PACKAGES = ("aws-xray-sdk", "Flask", "Werkzeug", "gunicorn")


def hello():
  versions = {name: importlib.metadata.version(name) for name in PACKAGES}
  return {"protocol": 1, "recorder": "xray-python", "sdk": PACKAGES[0], "version": versions[PACKAGES[0]],
          "modes": ["text"], "packages": versions, "absent_host": "10.0.0.1:1"}


def received(address, message):
  with socket.create_connection(address, timeout=60) as connection:
    connection.sendall(message)
    answer = b""
    while chunk := connection.recv(65536):
      answer += chunk
  return answer


def message_of(request):
  lines = [f"{request['method']} {request['target']} HTTP/{'1.1' if 'Host' in request['headers'] else '1.0'}"]
  lines += [f"{name}: {text}" for name, text in request["headers"].items()]
  for key, name in (("base_path", "X-Base-Path"), ("naming", "X-Naming")):
    if key in request:
      lines.append(f"{name}: {request[key]}")
  return "\r\n".join(lines + ["Connection: close", "", ""]).encode("latin-1")


def answer_in(response, address):
  for line in response.split(b"\r\n\r\n")[0].split(b"\r\n"):
    if line.lower().startswith(b"x-answer:"):
      text = line.split(b":", 1)[1].decode("ascii")
      return json.loads(text.replace(f"{address[0]}:{address[1]}", "10.0.0.1:1"))
  return {"unsupported": "the server refused it"}


def main():
  with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
    listener.set_inheritable(True)
    address = listener.getsockname()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}", "--workers", "1", "--chdir",
         os.path.dirname(os.path.abspath(__file__)), "--log-level", "critical", "text_application:wsgi"],
        pass_fds=[listener.fileno()], stdout=subprocess.DEVNULL)
    try:
      print(json.dumps(hello()), flush=True)
      for line in sys.stdin:
        case = json.loads(line)
        answers = [answer_in(received(address, message_of(request)), address) for request in case["requests"]]
        print(json.dumps({"case": case["case"], "answers": answers}), flush=True)
    finally:
      server.terminate()
      server.wait()


main()
