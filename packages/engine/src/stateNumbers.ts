import type { Customer } from './customer.ts'
import type { Region } from './lifecycle.ts'
import { DAY } from './settings.ts'
import type { SignalFrame } from './signal.ts'

export type StateNumbers = Record<string, number | string>

const daysSince = (then: number, at: number) => Math.max(0, Math.floor((at - then) / DAY))

function stageNumbers({ figures, lifecycle }: Customer, { at, limits }: SignalFrame): StateNumbers {
  const { lastOrderAt } = lifecycle.context
  if (lastOrderAt === null) return { orders: figures.count }
  return {
    orders: figures.count,
    daysSinceLastOrder: daysSince(lastOrderAt, at),
    atRiskAfterDays: Math.round(limits.atRisk / DAY),
    lapsedAfterDays: Math.round(limits.lapsed / DAY),
    lostAfterDays: Math.round(limits.lost / DAY),
    basis: limits.basis,
    gaps: limits.gaps,
  }
}

function engagementNumbers({ lifecycle }: Customer, frame: SignalFrame): StateNumbers {
  const { engagedAt, received } = lifecycle.context
  return {
    received,
    ...(engagedAt === null ? {} : { daysSinceEngaged: daysSince(engagedAt, frame.at) }),
    warmForDays: Math.round(frame.warmFor / DAY),
    coldAfterDays: Math.round(frame.coldAfter / DAY),
    coldAfterMails: frame.coldReceived,
  }
}

function permissionNumbers({ optIn, consent }: Customer): StateNumbers {
  const marketing = consent['marketing-email']
  return {
    ...(optIn?.method ? { method: optIn.method } : {}),
    ...(marketing?.status === 'granted' && marketing.basis !== null ? { basis: marketing.basis } : {}),
  }
}

/**
 * What the guards of a region look at in a customer at an instant, rounded to what a person would say. Of value and
 * advocacy only what moves them tells.
 */
export function stateNumbers(region: Region, customer: Customer, frame: SignalFrame): StateNumbers {
  switch (region) {
    case 'stage':
      return stageNumbers(customer, frame)
    case 'engagement':
      return engagementNumbers(customer, frame)
    case 'permission':
      return permissionNumbers(customer)
    case 'value':
    case 'advocacy':
      break
  }
  return {}
}
