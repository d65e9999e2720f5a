# Lets a key open the clusters of one's world, and forgets it.
. "$(dirname "$0")/mock.sh"

line='ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEbJQ9XFHMbJkvlHoRSl0J7FJB4ihXd6m1DZ0z4Ea8UC me'
key=$(call POST /_mock/ssh-keys/ "{\"publicKey\": \"$line\"}")
field fingerprint <<<"$key" | cut -d: -f1
call GET /_mock/ssh-keys/ | count id
call DELETE "/_mock/ssh-keys/$(field id <<<"$key")/"
call GET /_mock/ssh-keys/ | count id
