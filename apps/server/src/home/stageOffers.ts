import type { Journey } from '@ciclo/engine'
import { STAGES, type Stage } from '../store/queries/stageFigures.ts'

/** Of the shipped journeys the one that does most where a stage has none. Who has not said who they are gets no mail. */
export const OFFERS = [
  { stage: 'prospect', journey: 'welcome', name: 'Welcome series' },
  { stage: 'new', journey: 'second-purchase', name: 'Second purchase' },
  { stage: 'atRisk', journey: 'at-risk', name: 'At risk' },
  { stage: 'lapsed', journey: 'win-back', name: 'Win back' },
] as const satisfies readonly { stage: Stage; journey: string; name: string }[]

export type OfferedJourney = (typeof OFFERS)[number]['journey']

/** At which stage a journey's people come in: that which its transition enters or leaves. Who subscribes has just become reachable. */
export function stageOfTrigger(trigger: Journey['trigger']): Stage | undefined {
  if (trigger.kind !== 'transition') return undefined
  const state = trigger.to ?? trigger.from
  if (trigger.region === 'permission') return state === 'subscribed' ? 'prospect' : undefined
  return trigger.region === 'stage' ? STAGES.find((stage) => stage === state) : undefined
}
