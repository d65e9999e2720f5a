# How well it is known what the mock answers: by which source, for one operation.
from mock import call

operation = call("GET", "/_mock/fidelity/?operationId=deleteJob")[2]["operations"][0]
print(operation["grade"], operation["source"])
