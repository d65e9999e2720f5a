# Waits for two requests to submit instead of asking again and again whether they have come.
. "$(dirname "$0")/mock.sh"

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
call GET '/_mock/wait/?request=submitJob&count=2&timeout=30s' >"$answer" &
for _ in 1 2; do call POST "/api/v2/jobs/$(save_job)/submit/"; done
wait
field outcome <"$answer"
call GET '/_mock/wait/?request=submitJob&count=3&timeout=50ms' | field outcome
