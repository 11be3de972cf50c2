import type { BacktestResult } from '../../../../api/contract.ts'
import type { StepMark } from '../../journeyEditing.ts'
import type { BacktestMail } from './createBacktests.ts'
import { TRIGGER } from '../../model/selection.ts'

/** What a mark says, in the reader's words. */
type BacktestWord = 'entered' | 'wentOn' | 'waiting' | 'ended' | 'sent' | 'refused'

/** What a back-test has counted at each step, as the canvas shows it; who begins stands at the trigger. */
export function backtestMarks(
  { runs, steps }: Pick<BacktestResult, 'runs' | 'steps'>,
  messages: readonly Pick<BacktestMail, 'step' | 'outcome'>[],
  say: (what: BacktestWord, count: number) => string,
): ReadonlyMap<string, StepMark> {
  const mails = new Map<string, { sent: number; refused: number }>()
  for (const { step, outcome } of messages) {
    const known = mails.get(step) ?? { sent: 0, refused: 0 }
    if (outcome === 'sent') known.sent += 1
    if (outcome === 'refused' || outcome === 'expired') known.refused += 1
    mails.set(step, known)
  }
  const marks = new Map<string, StepMark>([
    [TRIGGER, { tone: 'plain', lines: [say('entered', runs.started)] }],
  ])
  for (const { step, entered, waiting, wentOn, ended } of steps) {
    const { sent = 0, refused = 0 } = mails.get(step) ?? {}
    const figures: [BacktestWord, number][] = [
      ['sent', sent],
      ['refused', refused],
      ['wentOn', mails.has(step) ? 0 : wentOn],
      ['waiting', waiting],
      ['ended', ended],
    ]
    marks.set(step, {
      tone: entered === 0 ? 'bad' : 'plain',
      lines: [
        say('entered', entered),
        ...figures.flatMap(([what, count]) => (count > 0 ? [say(what, count)] : [])),
      ],
    })
  }
  return marks
}
