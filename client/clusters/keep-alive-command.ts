/** What a cluster's log says of its host keys, before the fingerprint. The mock's own notices begin so as well. */
export const HOST_KEY_NOTICE = 'SSH host key'

/** Below the home of a cluster; touched for as long as the client lives. */
export const BEAT_FILE = '.rescale-client/beat'

/** The heartbeat of a client, as a command on the cluster. */
export const BEAT_COMMAND = `mkdir -p ~/.rescale-client && touch ~/${BEAT_FILE}`

// How often the cluster looks after its client, at most. Seconds.
const LONGEST_STEP = 15

/**
 * The command of a cluster that waits for orders by SSH: `sleep inf`, with a dead-man switch beside it. It writes the
 * fingerprints of the host keys into the job's log, where the client reads them through the authenticated API, and
 * ends the sleep, and so the job, when nobody has touched the beat file for `graceSeconds`.
 *
 * Only simple commands on top, so that a simulated shell goes through them too.
 */
export function keepAliveCommand(graceSeconds: number): string {
  const step = Math.max(1, Math.min(LONGEST_STEP, Math.floor(graceSeconds / 4)))
  return `bash -c '${watchdog(step)}' rescale-watchdog $$ ${graceSeconds} &\nsleep inf`
}

// $1 is the shell that waits for the sleep, or the sleep itself where bash has put it in the shell's place.
// Without single quotes: it stands in some.
const watchdog = (step: number): string => `
beat="$HOME/${BEAT_FILE}"
mkdir -p "\${beat%/*}" && touch "$beat"
for key in /etc/ssh/ssh_host_*_key.pub; do
  if [ -r "$key" ]; then echo "${HOST_KEY_NOTICE} $(ssh-keygen -lf "$key")"; fi
done
while sleep ${step}; do
  age=$(( $(date +%s) - $(stat -c %Y "$beat" 2>/dev/null || echo 0) ))
  if [ "$age" -gt "$2" ]; then
    echo "Nobody has been heard of for $age s: this cluster ends."
    pkill -TERM -P "$1" -x sleep || kill -TERM "$1"
    exit
  fi
done
`
