"""Holds requests to AWS's models of its services, by botocore's own validator, without credentials or a connection.

Reads a list of requests as JSON, each with a service, an operation and its input; prints what is wrong with each.
"""

import json
import sys

from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

# The models that botocore brings, and none that a user has added.
loader = Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)
models = {}


def objection(request):
    service = request["service"]
    if service not in models:
        models[service] = ServiceModel(loader.load_service_model(service, "service-2"))
    shape = models[service].operation_model(request["operation"]).input_shape
    return ParamValidator().validate(request["input"], shape).generate_report()


json.dump([objection(request) for request in json.load(sys.stdin)], sys.stdout)
