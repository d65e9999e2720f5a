import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { behindDoor, isDoor, tendDoor } from './doors.ts'
import { findRooms } from './find-rooms.ts'
import { openHall } from './hall.ts'
import { openRoom, type Room } from './room.ts'
import { type RoomTools, type RoomWay, roomTools } from './room-tools.ts'

const here = await findRooms({ covered: [], kept: [] })
const ways: readonly RoomWay[] = process.getuid?.() === 0 ? ['root', 'user'] : ['user']
const why = here.kind === 'none' ? ` (skipped, no namespaces here: ${here.why})` : ''

describe.skipIf(here.kind === 'none').each(ways)(`a room by the rights of a %s${why}`, (way) => {
  let folder: string
  let tools: RoomTools
  let room: Room

  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'localscale-room-')))
    for (const name of ['it’s kept', 'other', 'instead'].map((name) => join(folder, name))) mkdirSync(name)
    writeFileSync(join(folder, 'it’s kept', 'file'), '')
    tools = roomTools(way)
    room = await openRoom(
      { covered: [{ folder, by: null }], kept: [join(folder, 'it’s kept'), join(folder, 'it’s kept')] },
      tools,
    )
  })

  afterEach(async () => {
    await room.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function started(command: string, inRoom: Room = room): ChildProcess {
    const { file, args, folder } = inRoom.inside({ file: 'bash', args: ['-c', command], folder: '/' })
    const child = spawn(file, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
    tendDoor(child)
    return child
  }

  const output = async (command: string, inRoom: Room = room): Promise<string> => {
    const { stdout } = started(command, inRoom)
    return stdout ? text(stdout) : ''
  }

  it('shows what is kept of a covered folder, and its own processes', async () => {
    expect(await output(`cd "${folder}"; echo *; echo */*; set -- /proc/[1-9]*; echo $#`)).toBe(
      'it’s kept\nit’s kept/file\n2\n',
    )
    // Where a cover was put together is as before.
    expect(await output('ls /sys | wc -l')).not.toBe('0\n')
  })

  it('has another folder in place of a covered one, where that is asked for', async () => {
    const other = join(folder, 'other')
    writeFileSync(join(folder, 'instead', 'here'), '')
    const plan = { covered: [{ folder: other, by: join(folder, 'instead') }], kept: [] }
    const second = await openRoom(plan, tools)
    expect(await output(`ls ${other}`, second)).toBe('here\n')
    await second.close()
  })

  it('passes on how a program ends', async () => {
    expect(await once(started('exit 7'), 'exit')).toEqual([7, null])
    expect(await once(started('kill -TERM $$'), 'exit')).toEqual([null, 'SIGTERM'])
  })

  it('knows its processes, by the numbers that the machine has for them', async () => {
    const child = started('echo there; exec sleep inf')
    await once(child.stdout ?? child, 'data')
    const program = behindDoor(child.pid ?? 0)
    expect(room.processes()).toEqual([program])
    expect([child.pid, program].map((pid) => isDoor(pid ?? 0))).toEqual([true, false])
    const ended = once(child, 'exit')
    await room.close()
    expect(await ended).toEqual([null, 'SIGKILL'])
    expect(() => room.inside({ file: 'true', args: [], folder: '/' })).toThrow('its cluster is down')
  })

  it('sees a program end that was stopped and went on', async () => {
    const child = started('echo $$; kill -STOP $$; exit 3')
    const [pid] = await once(child.stdout ?? child, 'data')
    const isStopped = `until grep -q "State:.T" /proc/${String(pid).trim()}/status; do :; done; kill -CONT ${pid}`
    const ended = once(child, 'exit')
    await output(isStopped)
    expect(await ended).toEqual([3, null])
  })

  it('closes by itself when the last has left, not before', async () => {
    const child = started('echo there; read -r < <(sleep 0.2); exit 5')
    await once(child.stdout ?? child, 'data')
    room.closeWhenEmpty()
    expect(await once(child, 'exit')).toEqual([5, null])
    await room.gone
  })

  it('sees what is shown in a hall, also what is shown later', async () => {
    const [common, shown] = [join(folder, 'other'), join(folder, 'instead')]
    writeFileSync(join(shown, 'later'), '')
    mkdirSync(join(common, 'place'))
    const hall = await openHall(common, tools)
    const plan = { covered: [{ folder, by: null }], kept: [common] }
    const inHall = await openRoom(plan, tools, hall)
    expect(await output(`ls ${common}/place`, inHall)).toBe('')
    await hall.show(shown, join(common, 'place'))
    expect(await output(`ls ${common}/place`, inHall)).toBe('later\n')
    await expect(hall.show(shown, join(common, 'nowhere'))).rejects.toThrow()
    await inHall.close()
    await hall.close()
  })

  it('is refused with what the system says', async () => {
    const plan = { covered: [{ folder: join(folder, 'nowhere'), by: null }], kept: [] }
    await expect(openRoom(plan, tools)).rejects.toThrow(/nowhere.*(not exist|no such)/i)
  })
})

it('A machine without namespaces is told apart, and why', async () => {
  vi.stubGlobal('process', { ...process, platform: 'darwin' })
  try {
    expect(await findRooms({ covered: [], kept: [] })).toEqual({
      kind: 'none',
      why: 'only Linux has namespaces',
    })
  } finally {
    vi.unstubAllGlobals()
  }
})
