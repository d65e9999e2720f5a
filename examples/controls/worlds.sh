# A baseline for every test: made once, gone back to as often as one likes, and given to others.
. "$(dirname "$0")/mock.sh"

jobs() { call GET /_mock/world/ | field jobs; }

call POST /_mock/world/reset/ >/dev/null
before=$(jobs)
save_job >/dev/null
call POST /_mock/world/snapshots/ '{"name": "baseline"}' >/dev/null
save_job >/dev/null
echo $(($(jobs) - before))
call POST /_mock/world/snapshots/baseline/restore/ >/dev/null
echo $(($(jobs) - before))

key=$(call POST /_mock/world/fork/ | field apiKey)
save_job >/dev/null
echo $(($(jobs) - before))
echo ${#key}

# The whole world as one file, and back.
world=$(mktemp)
trap 'rm "$world"' EXIT
call GET /_mock/world/export/ >"$world"
call POST /_mock/world/reset/ >/dev/null
curl --silent --show-error --output /dev/null "$RESCALE_URL/_mock/world/import/" --data-binary "@$world" \
  --header "Authorization: Token $RESCALE_KEY" --header 'Content-Type: application/octet-stream'
echo $(($(jobs) - before))
call GET '/api/v2/jobs/?page_size=1' | field name
call GET /_mock/world/snapshots/ | field name
call DELETE /_mock/world/snapshots/baseline/
call GET /_mock/world/snapshots/ | count name
