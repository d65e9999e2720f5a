# A job that runs out of memory, whatever its command does.
. "$(dirname "$0")/mock.sh"

call GET /_mock/endings/ | grep -q '"name":"out-of-memory"' && echo true
job=$(save_job)
call POST "/_mock/jobs/$job/outcome/" '{"ending": "out-of-memory"}' | field ending
call POST "/api/v2/jobs/$job/submit/"
call POST /_mock/time/advance/ '{"until": "settled"}' >/dev/null
log=$(call GET "/api/v2/jobs/$job/files/?search=process_output.log" | field id)
call GET "/api/v2/files/$log/lines/" | grep -o 'Exited with code [0-9]*' | head -n 1
