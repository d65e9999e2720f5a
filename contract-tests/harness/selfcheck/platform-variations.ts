import { setTimeout as sleep } from 'node:timers/promises'
import { Conversation } from '../conversation.ts'
import { driveState } from '../drive-states.ts'
import type { StateName } from '../states.ts'
import type { Stage } from '../target.ts'
import { type Layer, layered } from '../transport.ts'
import { type WholeAnswer, wholeExchange, wireAnswer } from './answer.ts'
import type { PlatformVariation, VariedTarget } from './deviation.ts'
import { idsIn } from './ids-in.ts'
import type { Asked } from './steps.ts'

/** Of each answer, never the same twice running. Milliseconds. */
const LATENCY_MS = { least: 20, most: 60 }

/** What is on the account, and no scenario's. */
const foreignToOwner: readonly StateName[] = [
  ...(['several saved jobs', 'a completed job', 'several uploaded files', 'a saved storage device'] as const),
]
/** Only the time of the owner's account is the stage's to let pass, so that nothing completes here. */
const foreignToOther: readonly StateName[] = ['several saved jobs', 'several uploaded files']

/** What a good platform may be like, as a whole. */
export const platformVariations: readonly PlatformVariation[] = [
  {
    id: 'slow answers',
    text: `takes ${LATENCY_MS.least} to ${LATENCY_MS.most} ms for each answer`,
    async open({ openTarget, onChanged }) {
      let answers = 0
      const slow: Layer = (next) => async (request) => {
        const answer = await next(request)
        answers += 1
        await sleep(LATENCY_MS.least + ((answers * 17) % (LATENCY_MS.most - LATENCY_MS.least)))
        onChanged(request)
        return answer
      }
      return staged(await openTarget(), async (stage) => over(stage, slow))
    },
  },
  {
    id: 'foreign items',
    text: 'has jobs, files and storage on both accounts already, which its lists hold and count',
    async open({ openTarget, furnished, onChanged }) {
      const target = await openTarget()
      return staged(target, async (stage) => {
        const account = target.account ?? stage
        const making =
          furnished.get(account) ?? furnish({ ...stage, transport: target.others ?? stage.transport })
        furnished.set(account, making)
        const theirs = await making
        const holdsTheirs = ({ body }: WholeAnswer) =>
          body.kind === 'json' && [...idsIn(body.value)].some((id) => theirs.has(id))
        return over(stage, counting(holdsTheirs, onChanged))
      })
    },
  },
  {
    id: 'other ids',
    text: 'gives what is made other ids, being begun from another seed',
    async open({ openTarget, cleanIds, onChanged }) {
      const hasOthers = ({ status, body }: WholeAnswer) =>
        status === 201 && body.kind === 'json' && [...idsIn(body.value)].some((id) => !cleanIds.has(id))
      return staged(await openTarget({ seed: 'other ids' }), async (stage) =>
        over(stage, counting(hasOthers, onChanged)),
      )
    },
  },
]

/** The same platform, each stage of it made ready by `prepare`. */
function staged(target: VariedTarget, prepare: (stage: Stage) => Promise<Stage>): VariedTarget {
  return {
    kind: target.kind,
    name: target.name,
    redact: (text) => target.redact(text),
    refuses: (scenario) => target.refuses(scenario),
    enter: async (scenario) => prepare(await target.enter(scenario)),
    close: () => target.close(),
  }
}

const over = (stage: Stage, layer: Layer): Stage => ({
  ...stage,
  transport: layered(stage.transport, [layer]),
})

function counting(isChanged: (answer: WholeAnswer) => boolean, onChanged: (request: Asked) => void): Layer {
  return (next) => async (request) => {
    const { answer } = await wholeExchange(request, await next(request))
    if (isChanged(answer)) onChanged(request)
    return wireAnswer(request.method, answer)
  }
}

/** Makes what is foreign to the scenario, before it comes; gives the ids. */
async function furnish(stage: Stage): Promise<ReadonlySet<string>> {
  const { owner, other } = stage.keys
  const theirs = new Set<string>()
  await make(owner, foreignToOwner)
  if (other !== null) await make(other, foreignToOther)
  return theirs

  async function make(key: string, states: readonly StateName[]): Promise<void> {
    const own: Stage = {
      ...stage,
      keys: { owner: key, other: null },
      unique: (label) => `somebody’s ${label}`,
    }
    const behind = new Conversation({
      stage: own,
      transport: stage.transport,
      onCleanUp: () => undefined,
    })
    for (const state of states)
      for (const value of Object.values(await driveState(state, behind)))
        for (const id of [value].flat()) theirs.add(String(id))
  }
}
