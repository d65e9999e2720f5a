# What the examples share: one call of the mock, and a field of what it answers. To be sourced.
set -euo pipefail

JOB='{"name": "pi", "jobanalyses": [{"analysis": {"code": "user_included", "version": "0"}, "command": "echo done",
  "hardware": {"coreType": "granite", "coresPerSlot": 2, "walltime": 1}}]}'

# call METHOD PATH [BODY]: prints the body. TOKEN is the tenant's key unless set.
call() {
  curl --silent --show-error --request "$1" "$RESCALE_URL$2" \
    --header "Authorization: Token ${TOKEN:-$RESCALE_KEY}" --header 'Content-Type: application/json' \
    ${3:+--data "$3"}
}

# status METHOD PATH [BODY]: prints the status alone.
status() {
  curl --silent --show-error --output /dev/null --write-out '%{http_code}\n' --request "$1" "$RESCALE_URL$2" \
    --header "Authorization: Token ${TOKEN:-$RESCALE_KEY}" --header 'Content-Type: application/json' \
    ${3:+--data "$3"}
}

# field NAME: the first value of that name in the JSON on standard input. Use jq where you have it.
field() { grep -o "\"$1\": *\(\"[^\"]*\"\|[^,}\"]*\)" | head -n 1 | sed 's/^"[^"]*": *//; s/^"//; s/"$//'; }

# count NAME: how often a field of that name is in the JSON on standard input.
count() { { grep -o "\"$1\":" || true; } | wc -l | tr -d ' '; }

save_job() { call POST /api/v2/jobs/ "$JOB" | field id; }

newest_status() { call GET "/api/v2/jobs/$1/statuses/" | field status; }
