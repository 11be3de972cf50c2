import { commerceNameOf } from '../canonicalName.ts'
import type { CommerceName } from '../commerceEvents.ts'
import { shareOf, type Share } from './share.ts'

/** The way to an order. */
export const FUNNEL_STEPS = ['view', 'cart', 'checkout', 'paid'] as const
export type FunnelStep = (typeof FUNNEL_STEPS)[number]

const STEPS: Partial<Record<CommerceName, FunnelStep>> = {
  'Product Viewed': 'view',
  'Product Added': 'cart',
  'Wishlist Product Added to Cart': 'cart',
  'Checkout Started': 'checkout',
  'Checkout Step Viewed': 'checkout',
  'Checkout Step Completed': 'checkout',
  'Payment Info Entered': 'checkout',
}

/** The step that a track event is, by whatever name of the specification; `paid` is an order, never an event. */
export function funnelStepOf(name: string): Exclude<FunnelStep, 'paid'> | undefined {
  const commerceName = commerceNameOf(name)
  return commerceName && (STEPS[commerceName] as Exclude<FunnelStep, 'paid'> | undefined)
}

/** Something that a customer did on the way to an order. */
export interface FunnelMoment {
  step: FunnelStep
  at: number
}

export interface FunnelFigure {
  step: FunnelStep
  /** Those who took this step at or after every one before it. */
  customers: number
  /** Those who took it at all, also without the steps before, as far as these were seen. */
  atAll: number
  /** Of those at the step before, who took this one; of the first step, all. */
  ofPrevious: Share
  /** Of those at the step before, who did not. */
  dropOff: Share
  ofFirst: Share
}

/** How many of the steps one customer took in their order, each as early as possible, and which at all. */
function reachOf(moments: readonly FunnelMoment[]): { inOrder: number; atAll: ReadonlySet<FunnelStep> } {
  const byTime = moments.toSorted(
    (one, other) => one.at - other.at || FUNNEL_STEPS.indexOf(one.step) - FUNNEL_STEPS.indexOf(other.step),
  )
  let inOrder = 0
  const atAll = new Set<FunnelStep>()
  for (const { step } of byTime) {
    atAll.add(step)
    if (step === FUNNEL_STEPS[inOrder]) inOrder += 1
  }
  return { inOrder, atAll }
}

/**
 * The purchase funnel of a period: distinct customers at each step. A customer is at a step who took it at or after
 * having come to the step before, whatever else happened in between; all within the period.
 */
export function createFunnel() {
  const inOrder = FUNNEL_STEPS.map(() => 0)
  const atAll = FUNNEL_STEPS.map(() => 0)
  return {
    /** What one customer did in the period, in any order; once for each customer. */
    add: (moments: readonly FunnelMoment[]): void => {
      const reach = reachOf(moments)
      for (const [position, step] of FUNNEL_STEPS.entries()) {
        if (position < reach.inOrder) inOrder[position] = (inOrder[position] ?? 0) + 1
        if (reach.atAll.has(step)) atAll[position] = (atAll[position] ?? 0) + 1
      }
    },
    figures: (): FunnelFigure[] => {
      const [first = 0] = inOrder
      return FUNNEL_STEPS.map((step, position) => {
        const here = inOrder[position] ?? 0
        const before = position === 0 ? here : (inOrder[position - 1] ?? 0)
        return {
          step,
          customers: here,
          atAll: atAll[position] ?? 0,
          ofPrevious: shareOf(here, before),
          dropOff: shareOf(before - here, before),
          ofFirst: shareOf(here, first),
        }
      })
    },
  }
}
