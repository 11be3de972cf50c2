import { BEGINNING, type Customer } from './customer.ts'
import { spendOf } from './orderFigures.ts'
import { frameAt } from './rules.ts'
import type { RulesVersion } from './rulesVersion.ts'
import { DAY } from './settings.ts'
import { settleJourneys } from './journeys/settleJourneys.ts'
import type { Limit } from './lifecycle.ts'
import type { SignalFrame } from './signal.ts'
import { runSignal } from './runSignal.ts'
import { moveTo, type Fold, type StepResult } from './stepResult.ts'
import { lifecycleTimer } from './timers.ts'
import type { Cause } from './transitionReason.ts'
import { updatePrediction } from './updatePrediction.ts'
import { updateRfm } from './updateRfm.ts'
import { updateSegments } from './updateSegments.ts'

/** A deadline that moves by less stays as it is armed: nobody reads it to the hour, and it is checked when it is due. */
const SLACK = DAY

const isFar = (one: number, other: number) => Math.abs(one - other) > SLACK

const isLimit = (name: string): name is Limit => name === 'atRisk' || name === 'lapsed' || name === 'lost'

function movesStage({ lifecycle, timers }: Customer, { at, limits }: SignalFrame): boolean {
  const { lastOrderAt } = lifecycle.context
  if (lastOrderAt === null) return false
  // The stages that a limit leads to are called by it.
  const { stage } = lifecycle.value
  if (isLimit(stage) && lastOrderAt + limits[stage] > at + SLACK) return true
  if (stage === 'lost') return false
  const armed = lifecycleTimer(timers, 'stage')
  if (!armed || !isLimit(armed.delay)) return true
  return isFar(armed.dueAt, Math.max(at, lastOrderAt + limits[armed.delay]))
}

function movesEngagement({ lifecycle, timers }: Customer, { at, warmFor, coldAfter }: SignalFrame): boolean {
  const { engagedAt } = lifecycle.context
  if (engagedAt === null) return false
  const { engagement } = lifecycle.value
  if (engagement === 'cold') return engagedAt + coldAfter > at + SLACK
  const due = engagedAt + (engagement === 'warm' ? warmFor : coldAfter)
  const armed = lifecycleTimer(timers, 'engagement')
  // Silent for long enough, and sent too few mails to be cold: the next mail decides, no timer.
  if (armed === undefined) return engagement === 'warm' || due > at + SLACK
  return isFar(armed.dueAt, Math.max(at, due))
}

const movesValue = ({ lifecycle, figures }: Customer, { vipLine }: SignalFrame, spend: number) =>
  figures.count > 0 && (lifecycle.value.value === 'vip') !== spend >= vipLine

const isOtherFit = ({ prediction }: Customer, { population, settings }: RulesVersion) =>
  (population?.fit?.at ?? null) !== (prediction?.basis.fittedAt ?? null) ||
  (prediction !== null && prediction.currency !== settings.currency)

/**
 * A new version of the rules has become valid: what is known of the customer is judged by it from then on. Most
 * customers it leaves as they are, and those come back as the very same.
 */
export function considerVersion(result: StepResult, version: RulesVersion, fold: Fold): void {
  fold.rulesUntil = version.from
  const before = result.customer
  // Nothing has ever happened to somebody new.
  if (before.moved.at === BEGINNING) return
  const { from, settings } = version
  const cause: Cause = { kind: 'rules', id: String(version.number), from }
  const startsJourneys =
    from > before.historyUntil && fold.isNews(cause) && !fold.rules.restating.has(version.number)
  if (before.figures.count > 0) {
    if (isOtherFit(before, version)) updatePrediction(result, from, fold)
    updateRfm(result, from, cause, startsJourneys && before.rfm !== null, fold)
  }
  const frame = frameAt(from, before, fold.rules)
  const spend = spendOf(before.figures, settings)
  if (movesStage(before, frame) || movesEngagement(before, frame) || movesValue(before, frame, spend)) {
    const { count, lastAt } = before.figures
    const figures = { orders: count, lastOrderAt: lastAt, spend, reachable: before.email !== null }
    runSignal(result, { type: 'rulesChanged', ...figures, ...frame }, cause, startsJourneys, fold)
  }
  if (result.customer === before) return
  updateSegments(result, before, null, from, cause, startsJourneys, fold)
  settleJourneys(result, before, null, from, cause, startsJourneys, fold)
  moveTo(result, { at: from, id: '' })
}
