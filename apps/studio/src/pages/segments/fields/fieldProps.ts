import type { Leaf } from '../rule/isShowable.ts'

/** What the fields of a condition are given. */
export interface FieldsProps {
  leaf: Leaf
  /** Puts other values in the place of some; `field` names what is typed into. */
  change: (patch: Record<string, unknown>, field?: string) => void
  /** What marks the field of a place below the condition as wrong, and leads to why. */
  fault: Fault
}

export type Fault = (path: string) => { error: boolean; 'aria-errormessage'?: string }

/** The same for what is below a place. */
export const faultBelow =
  (fault: Fault, outer: string): Fault =>
  (path) =>
    fault(`${outer}.${path}`)
