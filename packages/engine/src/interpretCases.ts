import { caseChangeOf, changeCases } from './cases.ts'
import type { Interpreter } from './reading.ts'

/** Opens and closes the cases that the shop tells of. */
export const withCases: Interpreter = (customer, { input }) => {
  const change = caseChangeOf(input)
  const cases = change ? changeCases(customer.cases, change) : customer.cases
  return cases === customer.cases ? customer : { ...customer, cases }
}
