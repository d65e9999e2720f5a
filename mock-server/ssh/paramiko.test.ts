import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { runClient, testWith } from './testing/real-clients.ts'
import { startTestCluster, type TestCluster, USERNAME } from './testing/test-cluster.ts'

const PYTHON = 'python3 with paramiko and scp'

let cluster: TestCluster

beforeAll(async () => {
  cluster = await startTestCluster({ keyKinds: ['rsa'], hostKeyKinds: ['ed25519', 'ecdsa', 'rsa'] })
  mkdirSync(join(cluster.folder, 'job_inputs'))
  mkdirSync(join(cluster.folder, 'job_outputs'))
})

afterAll(() => cluster.close())

/** `ssh_client` is connected as in the tutorial's cells 65 and 66. */
const python = (code: string) => {
  const connect = `
import sys, paramiko, scp, os, io, time
ssh_client = paramiko.SSHClient()
ssh_client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
pkey = paramiko.RSAKey.from_private_key_file(sys.argv[1])
ssh_client.connect("127.0.0.1", int(sys.argv[2]), "${USERNAME}", pkey=pkey)
`
  // Left to its destructors at exit, paramiko complains now and then.
  const args = ['-c', `${connect + code}ssh_client.close()\n`, cluster.keyPath, String(cluster.server.port)]
  return runClient(PYTHON, args, { folder: cluster.folder })
}

describe('Paramiko with scp.py', () => {
  testWith(PYTHON)(
    'does what the tutorial does: inputs put, π estimated with its output streamed, result fetched',
    async () => {
      writeFileSync(
        join(cluster.folder, 'job_inputs/calculate_pi.py'),
        `import sys
count = int(open(sys.argv[1]).read())
inside = 0
for i in range(count):
    for j in range(count):
        inside += (i + 0.5) ** 2 + (j + 0.5) ** 2 < count ** 2
    if i % 100 == 99:
        print(f"row {i + 1} of {count}", flush=True)
open("pi_estimate.res", "w").write(f"{4 * inside / count ** 2:.3f}")
`,
      )
      writeFileSync(join(cluster.folder, 'job_inputs/range.inp'), '300\n')
      const run = await python(`
scp_client = scp.SCPClient(ssh_client.get_transport())
scp_client.put("job_inputs/calculate_pi.py", "work/calculate_pi.py")
scp_client.put("job_inputs/range.inp", "work/range.inp")
_, stdout, _ = ssh_client.exec_command("cd work && python3 calculate_pi.py range.inp")
for line in iter(stdout.readline, ""):
    print(line, end="")
scp_client.get("work/pi_estimate.res", "job_outputs/pi_estimate.res_ssh.log")
with open("job_outputs/pi_estimate.res_ssh.log") as f:
    print(f.read())
`)
      expect(run).toEqual({
        code: 0,
        stdout: 'row 100 of 300\nrow 200 of 300\nrow 300 of 300\n3.142\n',
        stderr: '',
      })
    },
  )

  testWith(PYTHON)('gets lines of output while the command still runs', async () => {
    const run = await python(`
stdin, stdout, _ = ssh_client.exec_command("read first; echo got $first; read second; echo got $second")
for word in ("one", "two"):
    stdin.write(word + "\\n")
    print(stdout.readline(), end="")
print(stdout.channel.recv_exit_status())
stdin.close()
`)
    expect(run).toEqual({ code: 0, stdout: 'got one\ngot two\n0\n', stderr: '' })
  })

  testWith(PYTHON)('copies trees with times and odd names', async () => {
    const run = await python(`
os.makedirs("tree/sub folder")
open("tree/sub folder/it's", "w").write("x" * 100000)
os.utime("tree/sub folder/it's", (1000, 2000))
with scp.SCPClient(ssh_client.get_transport()) as client:
    client.put("tree", "work", recursive=True, preserve_times=True)
    client.get("work/tree", "back", recursive=True, preserve_times=True)
    client.putfo(io.BytesIO(b"from memory"), "work/a b")
print(os.stat("back/sub folder/it's").st_size, os.stat("back/sub folder/it's").st_mtime)
try:
    scp.SCPClient(ssh_client.get_transport()).get("work/none")
except scp.SCPException as error:
    print(error)
`)
    expect(run).toEqual({
      code: 0,
      stdout: '100000 2000.0\nscp: work/none: No such file or directory\n',
      stderr: '',
    })
    expect(readFileSync(join(cluster.home, 'work/a b'), 'utf8')).toBe('from memory')
  })

  testWith(PYTHON)('works with files over SFTP', async () => {
    const run = await python(`
sftp = ssh_client.open_sftp()
print(sftp.normalize("."))
sftp.chdir("work")
print(sftp.getcwd())
data = os.urandom(3000000)
sftp.putfo(io.BytesIO(data), "data")
back = io.BytesIO()
sftp.getfo("data", back)
print(back.getvalue() == data, sftp.stat("data").st_size)
with sftp.open("log", "a") as f:
    f.write("one\\n")
with sftp.open("log", "a") as f:
    f.write("two\\n")
print(sftp.open("log").read().decode().split())
sftp.symlink("data", "link")
print(sftp.readlink("link"), sftp.lstat("link").st_size, sftp.stat("link").st_size)
sftp.posix_rename("link", "log")
sftp.truncate("data", 10)
print(sorted(name for name in sftp.listdir() if name in ("data", "log")), sftp.stat("log").st_size)
try:
    sftp.open("/etc/passwd")
except FileNotFoundError as error:
    print("not found")
`)
    expect(run).toEqual({
      code: 0,
      stderr: '',
      stdout: `/enc/${USERNAME}
/enc/${USERNAME}/work
True 3000000
['one', 'two']
data 4 3000000
['data', 'log'] 10
not found
`,
    })
  })
})
