"""Answers /GetSamplingRules and /SamplingTargets on the loopback as the X-Ray daemon does, by a script.

An answer of a script is a function of the time that makes a body, or one of the failures below; the last one stands for
all that follow. What was answered and what was reported is kept, in order, for whoever started it.
"""

import http.server
import json
import threading
import time

# An error that a client does not ask again after at once.
REFUSED = (400, '{"message":"1 validation error detected","__type":"InvalidRequestException"}')
GARBLED = (200, '{"SamplingRuleRecords":[')


class DaemonStandIn:
  """Use as a context; `port` is where it listens."""

  def __init__(self, scripts):
    """`scripts`: a list of answers for each path."""
    self._scripts = scripts
    self._asked = {path: 0 for path in scripts}
    self._lock = threading.Lock()
    self.answered = {path: [] for path in scripts}  # The bodies that were no failures.
    self.reports = []  # The bodies that came to /SamplingTargets.

    stand_in = self

    class Handler(http.server.BaseHTTPRequestHandler):
      protocol_version = "HTTP/1.1"

      def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, text = stand_in._answer(self.path, body.decode())
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

      def log_message(self, *_):
        pass

    class Server(http.server.ThreadingHTTPServer):
      daemon_threads = True

      def handle_error(self, request, client_address):
        pass  # A client that ends in the middle of a request is no fault.

    self._server = Server(("127.0.0.1", 0), Handler)
    self.port = self._server.server_address[1]

  def __enter__(self):
    threading.Thread(target=self._server.serve_forever, daemon=True).start()
    return self

  def __exit__(self, *_):
    self._server.shutdown()
    self._server.server_close()

  def _answer(self, path, body):
    with self._lock:
      if path not in self._scripts:
        return 404, "{}"
      script = self._scripts[path]
      answer = script[min(self._asked[path], len(script) - 1)]
      self._asked[path] += 1
      if path == "/SamplingTargets":
        self.reports.append(body)
      if isinstance(answer, tuple):
        return answer
      text = json.dumps(answer(int(time.time())), separators=(",", ":"))
      self.answered[path].append(text)
      return 200, text
