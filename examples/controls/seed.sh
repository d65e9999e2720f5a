# A world to begin with: software and hardware of one's own, a file, and jobs in the states that a test is about.
. "$(dirname "$0")/mock.sh"

call POST /_mock/world/reset/ >/dev/null
call POST /_mock/world/seed/ "@$(dirname "$0")/seed.json" >/dev/null

call GET /api/v2/analyses/our_solver/ | field name
for page in 1 2; do
  job=$(call GET "/api/v2/jobs/?page_size=1&page=$page")
  echo "$(field name <<<"$job") $(newest_status "$(field id <<<"$job")")"
done

# What a snapshot of it brings back, catalogue included.
call POST /_mock/world/snapshots/ '{"name": "seeded"}' >/dev/null
call POST /_mock/world/reset/ >/dev/null
call POST /_mock/world/snapshots/seeded/restore/ >/dev/null
call GET /api/v2/users/me/projects/ | grep -o '"name": *"Wing"' | field name
