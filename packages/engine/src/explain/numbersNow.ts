import type { Customer } from '../customer.ts'
import type { Region } from '../lifecycle.ts'
import { spendOf } from '../orderFigures.ts'
import { frameAt, type Rules } from '../rules.ts'
import { versionAt } from '../rulesVersion.ts'
import { DAY } from '../settings.ts'
import type { SignalFrame } from '../signal.ts'
import type { ReasonNumbers } from './reasonNumbers.ts'

const daysSince = (then: number | null, at: number) =>
  then === null ? null : Math.max(0, Math.floor((at - then) / DAY))

function stageNow({ figures }: Customer, { at, limits }: SignalFrame): ReasonNumbers {
  const daysSinceLastOrder = daysSince(figures.lastAt, at)
  if (daysSinceLastOrder === null) return { orders: figures.count }
  return {
    orders: figures.count,
    daysSinceLastOrder,
    atRiskAfterDays: Math.round(limits.atRisk / DAY),
    lapsedAfterDays: Math.round(limits.lapsed / DAY),
    lostAfterDays: Math.round(limits.lost / DAY),
    basis: limits.basis,
    gaps: limits.gaps,
  }
}

function engagementNow({ lifecycle }: Customer, frame: SignalFrame): ReasonNumbers {
  const { engagedAt, received } = lifecycle.context
  const daysSinceEngaged = daysSince(engagedAt, frame.at)
  return {
    received,
    ...(daysSinceEngaged === null ? {} : { daysSinceEngaged }),
    warmForDays: Math.round(frame.warmFor / DAY),
    coldAfterDays: Math.round(frame.coldAfter / DAY),
    coldAfterMails: frame.coldReceived,
  }
}

function permissionNow({ optIn, consent }: Customer): ReasonNumbers {
  const marketing = consent['marketing-email']
  return {
    ...(optIn?.method ? { method: optIn.method } : {}),
    ...(marketing?.status === 'granted' && marketing.basis !== null ? { basis: marketing.basis } : {}),
  }
}

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
    stage: stageNow(customer, frame),
    value: { spend, currency, vipLine: frame.vipLine, lineFrom: frame.lineFrom },
    engagement: engagementNow(customer, frame),
    permission: permissionNow(customer),
    advocacy: {},
    rfm: { scores: rfm?.scores ?? '', orders: figures.positive, spend, currency },
  }
}
