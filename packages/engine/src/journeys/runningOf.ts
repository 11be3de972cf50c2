import type { Customer } from '../customer.ts'
import type { Enrolment } from './enrolment.ts'
import { END } from './journeyStep.ts'

/** The runs of a customer that are under way. */
export const runningOf = ({ enrolments }: Pick<Customer, 'enrolments'>): Enrolment[] =>
  Object.values(enrolments).filter(({ endedAt }) => endedAt === null)

/** Whether a run has done all its steps, and only waits until its last mail has left: nothing else hangs on it. */
export const isThrough = ({ value }: Pick<Enrolment, 'value'>): boolean => value === END
