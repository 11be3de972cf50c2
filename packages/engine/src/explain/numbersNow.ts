import type { Customer } from '../customer.ts'
import type { Region } from '../lifecycle.ts'
import { spendOf } from '../orderFigures.ts'
import { frameAt, type Rules } from '../rules.ts'
import { versionAt } from '../rulesVersion.ts'
import { stateNumbers } from '../stateNumbers.ts'
import type { ReasonNumbers } from './reasonNumbers.ts'

/**
 * What the guards of each region would look at now, under the names that a transition's numbers have. Nothing is known
 * of advocacy but what moved it.
 */
export function numbersNow(
  customer: Customer,
  rules: Rules,
  at: number,
): Record<Region | 'rfm', ReasonNumbers> {
  const frame = frameAt(at, customer, rules)
  const { figures, rfm } = customer
  const { settings } = versionAt(rules.versions, at)
  const { currency } = settings
  const spend = spendOf(figures, settings)
  return {
    stage: stateNumbers('stage', customer, frame),
    value: { spend, currency, vipLine: frame.vipLine, lineFrom: frame.lineFrom },
    engagement: stateNumbers('engagement', customer, frame),
    permission: stateNumbers('permission', customer, frame),
    advocacy: {},
    rfm: { scores: rfm?.scores ?? '', orders: figures.positive, spend, currency },
  }
}
