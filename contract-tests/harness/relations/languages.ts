/** Which status may follow which. Absent: nothing follows. Sources: api-facts §8.2 to §8.6. */
export interface StatusLanguage {
  /** Statuses that a history may begin with. */
  readonly first: readonly string[]
  readonly next: Readonly<Record<string, readonly string[]>>
  /** Nothing comes after these. */
  readonly last: readonly string[]
  /** Each status appears once in every published history (api-facts §8.2). */
  readonly once: boolean
}

// A job may be stopped, or end for want of machines, at any time before it executes.
const ends = ['Stopping', 'Completed', 'Force Stop'] as const

export const jobLanguage: StatusLanguage = {
  first: ['Pending'],
  next: {
    Pending: ['Waiting for Queue', 'Queued', ...ends],
    'Waiting for Queue': ['Queued', ...ends],
    Queued: ['Waiting for Cluster', 'Started', ...ends],
    'Waiting for Cluster': ['Started', ...ends],
    Started: ['Validated', ...ends],
    Validated: ['Executing', ...ends],
    Executing: [...ends],
    Stopping: ['Force Stop', 'Completed'],
    'Force Stop': ['Completed'],
  },
  last: ['Completed'],
  once: true,
}

// Job clusters of 2016 and 2023 pass no Pending; persistent ones of 2017 do (§8.4). Any state can be asked to stop.
const stops = ['Stop Requested', 'Stopping', 'Stopped', 'Error', 'Unknown'] as const

export const clusterLanguage: StatusLanguage = {
  first: ['Not Started', 'Pending'],
  next: {
    'Not Started': ['Pending', 'Queued', 'Starting', ...stops],
    Pending: ['Queued', 'Starting', ...stops],
    Queued: ['Starting', 'Started', ...stops],
    Starting: ['Started', ...stops],
    Started: [...stops],
    'Stop Requested': ['Stopping', 'Stopped', 'Error', 'Unknown'],
    Stopping: ['Stopped', 'Error', 'Unknown'],
    Unknown: ['Queued', 'Starting', 'Started', ...stops],
    Error: ['Stop Requested', 'Stopping', 'Stopped'],
  },
  last: ['Stopped'],
  once: true,
}

/** What is wrong with a history, oldest status first; null where nothing is. */
export function strayIn(history: readonly string[], language: StatusLanguage): string | null {
  const [first] = history
  if (first === undefined) return null
  if (!language.first.includes(first))
    return `a history begins with ${language.first.join(' or ')}, not with ${first}`
  const stray = history.findIndex((status, index) => {
    const before = history[index - 1]
    return before !== undefined && !(language.next[before] ?? []).includes(status)
  })
  if (stray > 0) return `${history[stray]} does not follow ${history[stray - 1]}`
  const twice = language.once ? history.find((status, index) => history.indexOf(status) < index) : undefined
  return twice === undefined ? null : `${twice} comes twice`
}
