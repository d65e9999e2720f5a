# A job of hours in an instant: the clock of one's world moves only as far as one says.
. "$(dirname "$0")/mock.sh"

call PUT /_mock/time/ '{"pace": "still"}' >/dev/null
job=$(save_job)
call POST "/api/v2/jobs/$job/submit/"
call GET /_mock/time/ | field kind
newest_status "$job"
call POST /_mock/time/advance/ "{\"until\": {\"job\": \"$job\", \"status\": \"Executing\"}}" >/dev/null
newest_status "$job"
call POST /_mock/time/advance/ '{"until": "settled"}' >/dev/null
newest_status "$job"
call GET "/_mock/wait/?cluster=$job&status=Stopped&clock=virtual&timeout=1h" | field outcome
