# How well it is known what the mock answers: by which source, for one operation.
. "$(dirname "$0")/mock.sh"

operation=$(call GET '/_mock/fidelity/?operationId=deleteJob')
echo "$(field grade <<<"$operation")" "$(field source <<<"$operation")"
