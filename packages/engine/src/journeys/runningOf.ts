import type { Customer } from '../customer.ts'
import type { Enrolment } from './enrolment.ts'

/** The runs of a customer that are under way. */
export const runningOf = ({ enrolments }: Pick<Customer, 'enrolments'>): Enrolment[] =>
  Object.values(enrolments).filter(({ endedAt }) => endedAt === null)
