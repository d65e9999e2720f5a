"""Records how Django REST framework reads bodies, for read-body.test.ts to compare ours with.

    pip install djangorestframework==3.14.0 'django<5' pytz
    python3 mock-server/exchange/read-body.record.py > mock-server/exchange/read-body.recorded.jsonl

3.14 is the release of the time of the newest sources on error bodies (2022 to 2024); 3.18 prints the errors of nested
lists as maps by index, which no source shows. Each line is [schema] or [input, partial, reading] for the schema above.
"""

import json

import django
from django.conf import settings

settings.configure(USE_I18N=False)
django.setup()

from rest_framework import serializers as rest  # noqa: E402


def field_of(schema, required):
    options = {"allow_null": bool(schema.get("nullable"))}
    if "default" in schema and not required:
        options["default"] = schema["default"]
    else:
        options["required"] = required
    kind = schema.get("type")
    if "enum" in schema:
        return rest.ChoiceField(choices=schema["enum"], **options)
    if kind == "string":
        return text_field_of(schema, options)
    if kind in ("integer", "number"):
        names = {"minimum": "min_value", "maximum": "max_value"}
        options.update({names[key]: schema[key] for key in names if key in schema})
        return (rest.IntegerField if kind == "integer" else rest.FloatField)(**options)
    if kind == "boolean":
        return rest.BooleanField(**options)
    if kind == "object":
        return map_field_of(schema, options)
    if kind == "array":
        return list_field_of(schema, options)
    return rest.JSONField(**{**options, "allow_null": True})


def text_field_of(schema, options):
    options["allow_blank"] = schema.get("minLength", 0) < 1
    if "maxLength" in schema:
        options["max_length"] = schema["maxLength"]
    if schema.get("minLength", 0) > 1:
        options["min_length"] = schema["minLength"]
    if schema.get("format") == "email":
        return rest.EmailField(**options)
    if "pattern" in schema:
        return rest.RegexField(schema["pattern"], **options)
    return rest.CharField(**options)


def map_field_of(schema, options):
    if "properties" in schema:
        return serializer_of(schema)(**options)
    values = schema.get("additionalProperties", True)
    return rest.DictField(child=rest.JSONField(allow_null=True) if values is True else field_of(values, True), **options)


def list_field_of(schema, options):
    options["allow_empty"] = schema.get("minItems", 0) < 1
    if "maxItems" in schema:
        options["max_length"] = schema["maxItems"]
    if schema.get("minItems", 0) > 1:
        options["min_length"] = schema["minItems"]
    items = schema.get("items", {})
    if "properties" in items:
        return serializer_of(items)(many=True, **options)
    return rest.ListField(child=field_of(items, True), **options)


def serializer_of(schema):
    required = schema.get("required", [])
    fields = {name: field_of(part, name in required) for name, part in schema["properties"].items()}
    return type("Recorded", (rest.Serializer,), fields)


def reading_of(schema, body, partial):
    serializer = serializer_of(schema)(data=body, partial=partial)
    return {"value": serializer.validated_data} if serializer.is_valid() else {"errors": serializer.errors}


def map_of(properties, required=(), **more):
    return {"type": "object", "properties": properties, "required": list(required), **more}


filled = {"type": "string", "minLength": 1}
item = map_of({"id": filled, "count": {"type": "integer", "minimum": 0}}, ["id"])
fields = [
    {"type": "string"},
    {"type": "string", "minLength": 1},
    {"type": "string", "maxLength": 3},
    {"type": "string", "minLength": 3},
    {"type": "string", "nullable": True},
    {"type": "string", "format": "email"},
    {"type": "string", "pattern": "^[a-z]+$"},
    {"type": "integer"},
    {"type": "integer", "minimum": 1, "maximum": 65535, "nullable": True},
    {"type": "number"},
    {"type": "boolean"},
    {"type": "boolean", "nullable": True},
    {"type": "string", "enum": ["compute", "interactive"]},
    {"type": "integer", "enum": [1, 2, 3]},
    {"type": "object", "additionalProperties": {"type": "string"}},
    {"type": "object", "additionalProperties": True},
    {"type": "array", "items": filled},
    {"type": "array", "items": {"type": "string"}, "minItems": 1},
    {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 3},
    {"type": "array", "items": {}},
    {},
    map_of({"id": filled, "count": {"type": "integer", "default": 1}}, ["id"]),
    map_of({"id": filled}, ["id"], nullable=True),
    {"type": "array", "items": item},
    {"type": "array", "minItems": 1, "maxItems": 2, "items": item},
]
# fmt: off
values = [
    None, True, False, 0, 1, 2, -1, 1.5, 70000, "", " ", "  a ", "a", "abc", "abcd", "ABC", "1", "0", "2.0", "1.", ".5",
    "1_0", "_1", "+5", "-5", " 7 ", "1e3", "true", "True", "TRUE", "t", "Y", "yes", "on", "off", "no", "F", "false",
    "null", "None", "compute", "Compute", "a@b.co", "a@localhost", "a@b", "é", "\u00a0a\u0085",
    "\u001ca\ufeff", "a\u0000b", "😀😀😀", "😀😀😀😀", "it's", 'say "hi"', [], [1], ["a"], ["", None], [[]],
    ["a", 2, True], ["a", "b", "c", "d"], [{}], [None], [{"id": ""}, {"id": "b"}, {}],
    [{"id": "a", "count": "x"}, {"id": "b", "count": -1}], [{"id": "a"}, {"id": "b"}, {"id": "c"}], {}, {"a": "b"},
    {"a": None, "b": []}, {"id": "a"}, {"id": "a", "count": "5"}, {"id": None}, {"id": "a", "other": 1}, {"a": {"b": [1]}},
]
# fmt: on
hardware = map_of(
    {
        "coreType": filled,
        "coresPerSlot": {"type": "integer", "minimum": 1},
        "slots": {"type": "integer", "minimum": 1, "default": 1},
        "walltime": {"type": "integer", "nullable": True, "minimum": 1, "default": None},
        "type": {"type": "string", "enum": ["compute", "interactive"], "default": "compute"},
    },
    ["coreType", "coresPerSlot"],
)
analysis = map_of(
    {
        "command": filled,
        "hardware": hardware,
        "inputFiles": {
            "type": "array",
            "default": [],
            "items": map_of({"id": filled, "decompress": {"type": "boolean", "default": True}}, ["id"]),
        },
        "envVars": {"type": "object", "nullable": True, "additionalProperties": {"type": "string"}, "default": {}},
    },
    ["command", "hardware"],
)
job = map_of(
    {
        "name": {"type": "string", "minLength": 1, "maxLength": 255},
        "jobanalyses": {"type": "array", "minItems": 1, "items": analysis},
        "isLowPriority": {"type": "boolean", "default": False},
        "description": {"type": "string", "default": ""},
    },
    ["name", "jobanalyses"],
)
emerald = {"coreType": "emerald", "coresPerSlot": 2}
good = {"name": " pi ", "jobanalyses": [{"command": "python x.py", "hardware": emerald}]}
wrong_cores = {"command": "c", "hardware": {**emerald, "coresPerSlot": "two"}}
wrong_parts = {"command": "c", "hardware": "emerald", "inputFiles": [{"id": "a"}, {"decompress": "maybe"}], "envVars": {"A": 1, "B": []}}
loose = {"command": "# ", "hardware": {**emerald, "coresPerSlot": "4", "slots": "1.0", "walltime": None}, "envVars": None}
jobs = [
    {}, None, [], "x", 5, 1.5, True, good,
    {**good, "isLowPriority": "true", "unknown": {"a": 1}},
    {"name": "", "jobanalyses": []},
    {"name": None, "jobanalyses": None},
    {"name": [], "jobanalyses": {}},
    {"name": "x" * 256, "jobanalyses": "x"},
    {"name": "x", "jobanalyses": [good["jobanalyses"][0], wrong_cores]},
    {"name": "x", "jobanalyses": ["a", 5, None, {}]},
    {"name": "x", "jobanalyses": [wrong_parts]},
    {"name": "x", "jobanalyses": [loose]},
    {"name": "x", "jobanalyses": [{"command": "c", "hardware": {**emerald, "type": "Compute"}, "inputFiles": None}]},
]

cases = [(map_of({"field": field}), [{}, *({"field": value} for value in values)], [False]) for field in fields]
cases += [(map_of({"field": field}, ["field"]), [{}, {"field": None}], [False, True]) for field in fields]
cases += [(map_of({"field": field}), [{"field": "1" * 1001}], [False]) for field in fields if field.get("type") == "integer" and "enum" not in field]
cases += [(job, jobs, [False, True])]
for schema, bodies, modes in cases:
    print(json.dumps([schema]))
    for body in bodies:
        for partial in modes:
            print(json.dumps([body, partial, reading_of(schema, body, partial)], allow_nan=False))
