"""Records what Python says of texts that are no JSON, for python-json-error.test.ts to compare ours with.

    python3 mock-server/exchange/python-json-error.record.py > mock-server/exchange/python-json-error.recorded.jsonl

Python 3.11; from 3.13 on commas too many have messages of their own. Constants are refused as Django REST framework does
it (rest_framework.utils.json, 3.14). Each line is [text, error], null where the text is JSON.
"""

import json
import random

WHOLE = [
    '{"name": "a\\u00fc\\n", "list": [1, -2.5e3, true, null, {"x": "\\ud83d\\ude00"}], "empty": {}, "none": []}',
    '[[[{"a": [0, "b"]}]], "\\\\ \\/ \\"", 12]',
    '{"jobanalyses": [{"command": "echo", "hardware": {"coresPerSlot": 2}}]}',
    '\n\n  {"a":\r\n\t "ü😀",\n "b": false}  \n',
]
PIECES = ['{', '}', '[', ']', ',', ':', '"', '\\', '\\u12', '\\x', '\n', ' ', '0', '1', '.', 'e', '-', 'n', 'true', '😀', '\x01']
FIXED = [
    '[', '[1,]', '{"a":1,}', '{"a" 1}', 'nul', '01', '[1.]', '1.e3', '"abc', '"a\\x"', '"\\u12"', '"\\u123', '"\\uZZZZ"',
    '"a\nb"', '{} x', '\ufeff{}', '-', '{1:2}', '[1 2]', '{"a":}', 'tru', '"\\', '"\\u1234', 'NaN', '[Infinity]', '-Infinity',
    '{"a": -NaN}', "{'a': 1}", '\u00a01', '[1]]', '"\\ud83d\\u00"', '"\\ud83d\\x"', '{"a":1 "b":2}', '[nulll]', '1-', '\x0c1',
]


def strict_constant(name):
    raise ValueError("Out of range float values are not JSON compliant: " + repr(name))


def error_in(text):
    try:
        json.loads(text, parse_constant=strict_constant)
    except ValueError as error:
        return str(error)
    return None


def mutated(text, chance):
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(text))
        end = at + chance.choice([0, 0, 1, 1, 3, len(text)])
        text = text[:at] + chance.choice(PIECES + ['']) + text[end:]
    return text


chance = random.Random(20261129)
texts = FIXED + WHOLE + [mutated(chance.choice(WHOLE), chance) for _ in range(1500)]
for text in dict.fromkeys(texts):
    print(json.dumps([text, error_in(text)]))
