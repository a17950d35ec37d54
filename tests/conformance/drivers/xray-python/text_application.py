"""A Flask application behind the SDK's middleware, which answers what its rules were asked, in the header X-Answer.

X-Mounted and X-Named say how it is set up for this request; the server must handle one request at a time.
"""

import json

import flask
from aws_xray_sdk.core import xray_recorder
from aws_xray_sdk.core.models.default_dynamic_naming import DefaultDynamicNaming
from aws_xray_sdk.core.models.dummy_entities import DummySegment
from aws_xray_sdk.ext.flask.middleware import XRayMiddleware
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware


class NoEmitter:
  def send_entity(self, entity):
    pass

  def set_daemon_address(self, address):
    pass


class AskedCache:
  """In the place of the SDK's cache of rules: remembers the question and has no rule."""

  asked = None

  def get_matched_rule(self, sampling_req, now):
    AskedCache.asked = dict(sampling_req)


xray_recorder.configure(service="shop", plugins=("ECSPlugin",), emitter=NoEmitter(), context_missing="LOG_ERROR")
xray_recorder.sampler._cache = AskedCache()
xray_recorder.sampler._started = True  # No pollers.

application = flask.Flask("text")
XRayMiddleware(application, xray_recorder)


@application.after_request
def answer(response):
  segment = xray_recorder.current_segment()
  if AskedCache.asked is not None:
    said = [AskedCache.asked.get(key) for key in ("service", "service_type", "host", "method", "path")]
  else:
    said = "not_sampled" if isinstance(segment, DummySegment) else "sampled"
  response.headers["X-Answer"] = json.dumps(said)
  return response


@application.route("/", defaults={"path": ""})
@application.route("/<path:path>")
def any_path(path):
  return ""


naming = DefaultDynamicNaming("*.example*", "shop")
mounted = DispatcherMiddleware(NotFound(), {"/shop": application})


def wsgi(environ, start_response):
  AskedCache.asked = None
  xray_recorder.dynamic_naming = naming if environ.get("HTTP_X_NAMED") else None
  return (mounted if environ.get("HTTP_X_MOUNTED") else application)(environ, start_response)
