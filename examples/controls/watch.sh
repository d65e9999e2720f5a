# Watches requests as they come, until a job was submitted.
. "$(dirname "$0")/mock.sh"

last=$(call GET '/_mock/journal/?limit=1' | field lastNumber)
exec 3< <(exec curl --silent --no-buffer --header "Authorization: Token $RESCALE_KEY" \
  "$RESCALE_URL/_mock/journal/events/?method=POST&after=$last")
curl=$!
trap 'kill "$curl"' EXIT
call POST "/api/v2/jobs/$(save_job)/submit/"
while read -r line <&3; do
  case $line in
    data:*) field operationId <<<"$line" ;;
  esac
  case $line in *'"operationId":"submitJob"'*) break ;; esac
done
