# A world of its own for a test, whose jobs end at once; made and ended with the admin token.
. "$(dirname "$0")/mock.sh"

before=$(TOKEN=$RESCALE_ADMIN_TOKEN call GET /_mock/settings/)
TOKEN=$RESCALE_ADMIN_TOKEN call PUT /_mock/settings/ '{"pace": "settled"}' | field pace
tenant=$(TOKEN=$RESCALE_ADMIN_TOKEN call POST /_mock/tenants/ '{}')
TOKEN=$RESCALE_ADMIN_TOKEN call PUT /_mock/settings/ "$before" >/dev/null
TOKEN=$(field apiKey <<<"$tenant") status GET /api/v2/users/me/
TOKEN=$RESCALE_ADMIN_TOKEN status DELETE "/_mock/tenants/$(field tenantId <<<"$tenant")/"
