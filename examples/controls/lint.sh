# What a client does wrong, by what it said: here it submits a job again without a look at it.
. "$(dirname "$0")/mock.sh"

job=$(save_job)
call POST "/api/v2/jobs/$job/submit/"
call POST "/api/v2/jobs/$job/submit/"
found=$(call GET /_mock/journal/lint/ | grep -o '"rule":"[^"]*".*')
echo "$(field rule <<<"$found")" "$(grep -o '"entries":\[[^]]*' <<<"$found" | sed 's/.*\[//')"
call GET '/_mock/journal/lint/?format=junit' | grep -o 'failures="[0-9]*"' | head -n 1
