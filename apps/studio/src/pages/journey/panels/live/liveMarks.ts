import type { StepMark } from '../../journeyEditing.ts'
import type { StepsOfJourney } from '../panelQueries.ts'

type LiveStep = StepsOfJourney['steps'][number]

/** What a mark says, in the reader's words. */
type LiveWord = 'entered' | 'waiting' | 'held' | 'left' | 'sent' | 'queued' | 'failed'

const QUEUED = ['queued', 'sending'] as const
/** What somebody has to look at: it did not come through by itself. */
const FAILED = ['failed', 'dead', 'unknown'] as const

const sumOf = (messages: Readonly<Record<string, number>>, states: readonly string[]) =>
  states.reduce((sum, state) => sum + (Object.hasOwn(messages, state) ? (messages[state] ?? 0) : 0), 0)

/** The mails of a step: sent, on their way, gone wrong, and all the others, that were not sent for a reason. */
export function mailsOf({ messages }: Pick<LiveStep, 'messages'>) {
  const all = Object.values(messages).reduce((sum, count) => sum + count, 0)
  const sent = sumOf(messages, ['sent'])
  const queued = sumOf(messages, QUEUED)
  const failed = sumOf(messages, FAILED)
  return { sent, queued, failed, notSent: all - sent - queued - failed }
}

/** The figures of each step as the canvas shows them: what is zero is not said, but that nobody has come. */
export function liveMarks(
  steps: readonly LiveStep[],
  say: (what: LiveWord, count: number) => string,
): ReadonlyMap<string, StepMark> {
  return new Map(
    steps.map((step) => {
      const { sent, queued, failed } = mailsOf(step)
      const figures: [LiveWord, number][] = [
        ['waiting', step.waiting - step.held],
        ['held', step.held],
        ['left', step.left],
        ['sent', sent],
        ['queued', queued],
        ['failed', failed],
      ]
      const lines = figures.flatMap(([what, count]) => (count > 0 ? [say(what, count)] : []))
      return [step.id, { tone: failed > 0 ? 'bad' : 'plain', lines: [say('entered', step.runs), ...lines] }]
    }),
  )
}
