# A world of its own for a test, whose jobs end at once; made and ended with the admin token. And the end of all.
. "$(dirname "$0")/mock.sh"

server() { TOKEN=$RESCALE_ADMIN_TOKEN call "$@"; }

before=$(server GET /_mock/settings/)
server PUT /_mock/settings/ '{"pace": "settled"}' | field pace
tenant=$(server POST /_mock/tenants/ '{}')
server PUT /_mock/settings/ "$before" >/dev/null
TOKEN=$(field apiKey <<<"$tenant") status GET /api/v2/users/me/
id=$(field tenantId <<<"$tenant")
is_there() { if grep -q "\"$id\"" <<<"$(server GET /_mock/tenants/)"; then echo true; else echo false; fi; }
is_there
server DELETE "/_mock/tenants/$id/"
is_there
TOKEN='no key' status GET /api/v2/users/me/
why=$(server GET /_mock/journal/unclaimed/ | grep -o '"why":.*')
field code <<<"$why"
server POST /_mock/shutdown/ | field detail
