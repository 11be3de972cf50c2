import { journeyGraph, leastTimes, type Enrolment, type JourneyVersion } from '@ciclo/engine'

/** The name of a step's timer among its customer's: `compileJourney` and `timers.ts` make it so. */
const timerKey = (run: string, step: string) => `${run}|xstate.after.${step}.journey.${step}`

type Run = Pick<Enrolment, 'id' | 'journeyId' | 'version' | 'value' | 'held'>

/**
 * Tells when a run comes to its next mail if nothing but time passes: when its timer is due, and what it waits for after
 * that at the least. Undefined where it waits for no time, is held by a pause, or no mail follows.
 */
export function createNextMail(versions: readonly JourneyVersion[]) {
  const graphs = new Map(
    versions.map(({ definition, version }) => [`${definition.id}@${version}`, journeyGraph(definition)]),
  )
  const known = new Map<string, number | undefined>()

  /** From the end of a step's waiting on: milliseconds. */
  const timeToMail = (version: string, step: string): number | undefined => {
    const graph = graphs.get(version)
    const found = graph?.steps.get(step)
    // Of a wait for something the second way is that of the time; all others have one.
    const edge = found?.step.kind === 'wait' ? found.edges[1] : found?.edges[0]
    if (!graph || !edge) return undefined
    const isSend = (id: string) => graph.steps.get(id)?.step.kind === 'send'
    if (isSend(edge.to)) return 0
    const times = [...leastTimes(graph, edge.to, ({ kind }) => kind === 'send')]
      .filter(([id]) => isSend(id))
      .map(([, time]) => time)
    return times.length > 0 ? Math.min(...times) : undefined
  }

  return (run: Run, timers: Readonly<Record<string, number>>): number | undefined => {
    const dueAt = timers[timerKey(run.id, run.value)]
    if (dueAt === undefined || run.held) return undefined
    const version = `${run.journeyId}@${run.version}`
    const key = `${version} ${run.value}`
    if (!known.has(key)) known.set(key, timeToMail(version, run.value))
    const time = known.get(key)
    return time === undefined ? undefined : dueAt + time
  }
}
