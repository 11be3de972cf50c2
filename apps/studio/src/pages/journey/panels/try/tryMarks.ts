import type { TryAnswer } from '../../../../api/contract.ts'
import type { StepMark } from '../../journeyEditing.ts'

/** What a mark says, in the reader's words. */
type TryWord = 'here' | 'was' | 'sent' | 'refused' | 'expired' | 'waiting'

/** Where the customer is in the journey, where it has been, and the mails of each step. */
export function tryMarks(
  { runs, messages }: Pick<TryAnswer, 'runs' | 'messages'>,
  journey: string,
  say: (what: TryWord, at: string) => string,
): ReadonlyMap<string, StepMark> {
  const marks = new Map<string, StepMark>()
  const put = (step: string, tone: StepMark['tone'], line: string | null) => {
    const known = marks.get(step)
    const lines = [...(known?.lines ?? []), ...(line === null ? [] : [line])]
    marks.set(step, { tone: known?.tone === 'here' ? 'here' : tone, lines })
  }
  const own = runs.filter((run) => run.journey === journey)
  for (const { status, step, stepSince } of own)
    if (status === 'running' && step !== 'end') put(step, 'here', say('here', stepSince))
  for (const { step, outcome, at, journey: of } of messages)
    if (of === journey)
      put(step, outcome === 'refused' || outcome === 'expired' ? 'bad' : 'good', say(outcome, at))
  for (const { visits, stepSince } of own)
    for (const step of Object.keys(visits)) if (!marks.has(step)) put(step, 'good', say('was', stepSince))
  return marks
}
