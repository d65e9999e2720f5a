# Lets a key open the clusters of one's world, and forgets it.
from mock import call

LINE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEbJQ9XFHMbJkvlHoRSl0J7FJB4ihXd6m1DZ0z4Ea8UC me"
key = call("POST", "/_mock/ssh-keys/", {"publicKey": LINE})[2]
print(key["fingerprint"].split(":")[0])
print(len(call("GET", "/_mock/ssh-keys/")[2]))
call("DELETE", f"/_mock/ssh-keys/{key['id']}/")
print(len(call("GET", "/_mock/ssh-keys/")[2]))
