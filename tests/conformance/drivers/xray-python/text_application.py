"""A Flask application behind the SDK's middleware, which answers what its rules were asked, in the header X-Answer.

The headers X-Base-Path and X-Naming say how it is set up for one request; the server must handle one at a time.
"""

import json
import logging

import flask
from aws_xray_sdk.core import xray_recorder
from aws_xray_sdk.core.models.default_dynamic_naming import DefaultDynamicNaming
from aws_xray_sdk.core.models.dummy_entities import DummySegment
from aws_xray_sdk.ext.flask.middleware import XRayMiddleware
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware

KEYS = {"service": "service_name", "service_type": "service_type", "host": "host", "method": "http_method",
        "path": "url_path"}


class NoEmitter:
  def send_entity(self, entity):
    pass

  def set_daemon_address(self, address):
    pass


class AskedCache:
  """In the place of the SDK's cache of rules: remembers the question and has no rule."""

  asked = None

  def get_matched_rule(self, sampling_req, now):
    AskedCache.asked = {KEYS[key]: text for key, text in sampling_req.items() if text is not None}


logging.getLogger("aws_xray_sdk").setLevel(logging.CRITICAL)
xray_recorder.configure(service="shop", plugins=("ECSPlugin",), emitter=NoEmitter(), context_missing="LOG_ERROR")
xray_recorder.sampler._cache = AskedCache()
xray_recorder.sampler._started = True  # No pollers.

application = flask.Flask("text")
XRayMiddleware(application, xray_recorder)


@application.after_request
def answer(response):
  upstream = "none"
  if AskedCache.asked is None:
    upstream = "not_sampled" if isinstance(xray_recorder.current_segment(), DummySegment) else "sampled"
  response.headers["X-Answer"] = json.dumps({"request": AskedCache.asked, "upstream": upstream})
  return response


@application.route("/", defaults={"path": ""})
@application.route("/<path:path>")
def any_path(path):
  return ""


def wsgi(environ, start_response):
  AskedCache.asked = None
  pattern = environ.get("HTTP_X_NAMING")
  xray_recorder.dynamic_naming = DefaultDynamicNaming(pattern, "shop") if pattern else None
  base_path = environ.get("HTTP_X_BASE_PATH")
  served = DispatcherMiddleware(NotFound(), {base_path: application}) if base_path else application
  return served(environ, start_response)
