# Why a request failed, whether another was made, and all of them as HAR and as curl.
. "$(dirname "$0")/mock.sh"

curl --silent --output /dev/null --dump-header - --header "Authorization: Token $RESCALE_KEY" \
  "$RESCALE_URL/api/v2/jobs" | tr -d '\r' | sed -n 's/^x-mock-why: //p'
status GET /api/v2/jobs/ABCDEF/ >/dev/null
entry=$(call GET '/_mock/journal/?failed=true&status=404')
echo "$(field status <<<"$entry")" "$(field code <<<"$entry")"
call GET "/_mock/journal/$(field number <<<"$entry")/" | field operationId
save_job >/dev/null
call GET '/_mock/journal/?operation=createJob&search=echo%20done' | grep -o '"number"' | wc -l | tr -d ' '
request='"request": {"operation": "createJob", "body": {"name": "pi"}}'
call POST /_mock/journal/verify/ "{$request, \"exactly\": 1}" | field verified
twice=$(call POST /_mock/journal/verify/ "{$request, \"atLeast\": 2, \"timeout\": \"50ms\"}")
field verified <<<"$twice"
grep -o 'was to be asked at least twice' <<<"$twice"
call GET /_mock/journal/har/ | field version
echo curl "$(call GET /_mock/journal/curl/ | grep -c '^curl ')"
call DELETE /_mock/journal/
call GET /_mock/journal/ | field count

# Off, it keeps nothing.
for is_on in false true; do
  call PUT /_mock/journal/ "{\"isOn\": $is_on}" >/dev/null
  status GET /api/v2/users/me/ >/dev/null
  call GET /_mock/journal/ | field count
done
