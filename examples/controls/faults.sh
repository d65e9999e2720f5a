# Faults for one operation, each met once, two of them together; and one that comes with its request.
. "$(dirname "$0")/mock.sh"

left() { call GET /_mock/faults/flaky/ | grep -o '"left":[0-9]*' | grep -o '[0-9]*' | paste -sd+ | sed 's/.*/left: $((&))/'; }

call POST /_mock/faults/ '{"name": "flaky", "faults": [
  {"operation": "getCurrentUser", "kind": "status", "status": 503, "retryAfter": 7},
  {"operation": "getCurrentUser", "kind": "none"},
  {"operation": "getCurrentUser", "kind": "expired-key"},
  {"operation": "getCurrentUser", "kind": "together", "faults": [
    {"kind": "delay", "when": "before", "for": "10ms"}, {"kind": "status", "status": 429, "retryAfter": 7}]}]}' >/dev/null
status GET /api/v2/users/me/
status GET /api/v2/users/me/
eval "echo $(left)"
status GET /api/v2/users/me/
eval "echo $(left)"
status GET /api/v2/users/me/
eval "echo $(left)"
curl --silent --output /dev/null --write-out '%{http_code}\n' --header "Authorization: Token $RESCALE_KEY" \
  --header 'X-Mock-Plan: {"kind": "status", "status": 502}' "$RESCALE_URL/api/v2/users/me/"

# One plan is taken back, and another with all that there are.
call GET /_mock/faults/ | field name
call DELETE /_mock/faults/flaky/
call GET /_mock/faults/ | count name
call POST /_mock/faults/ '{"faults": [{"operation": "*", "kind": "status", "status": 500}]}' >/dev/null
call DELETE /_mock/faults/
call GET /_mock/faults/ | count name
status GET /api/v2/users/me/
