import { contrastOf as contrastOfColours } from '@ciclo/engine'

const COLOUR = /^#[0-9a-f]{6}$/i

/** The contrast of two colours, from 1 to 21 (WCAG 2.2); undefined where one is none yet. */
export const contrastOf = (one: string, other: string): number | undefined =>
  COLOUR.test(one) && COLOUR.test(other) ? contrastOfColours(one, other) : undefined
