# What the platform does with clients that ask too often, with a limit that a test can reach.
. "$(dirname "$0")/mock.sh"

call PUT /_mock/time/ '{"pace": "still"}' >/dev/null
call PUT /_mock/throttling/ '{"isOn": true, "limits": {"user": 2}}' >/dev/null
status GET /api/v2/users/me/
status GET /api/v2/users/me/
curl --silent --output /dev/null --write-out '%{http_code}\nRetry-After: %header{retry-after}\n' \
  --header "Authorization: Token $RESCALE_KEY" "$RESCALE_URL/api/v2/users/me/"
user=$(call GET /_mock/throttling/ | grep -o '{"scope":"user"[^}]*}')
echo "refused: $(field refused <<<"$user") of $(field requests <<<"$user")"
call PUT /_mock/throttling/ '{"isOn": false}' >/dev/null
