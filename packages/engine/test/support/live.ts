import {
  createCustomer,
  isLate,
  rebuild,
  step,
  type Customer,
  type Effect,
  type EventInput,
  type Input,
  type Rules,
  type Transition,
} from '../../src/index.ts'

export interface Lived {
  customer: Customer
  transitions: Transition[]
  effects: Effect[]
}

/** Lives through inputs in their order of arrival as the shell does: late events rebuild, all others step. */
export function live(inputs: readonly Input[], rules: Rules, from: Customer = createCustomer('c1')): Lived {
  let lived: Lived = { customer: from, transitions: [], effects: [] }
  const history: EventInput[] = []
  for (const input of inputs) {
    const late = input.kind === 'event' && isLate(lived.customer, input, rules)
    if (input.kind === 'event') history.push(input)
    const result = late
      ? rebuild(lived.customer, history, rules, new Set([input.id]))
      : step(lived.customer, input, rules)
    lived = {
      customer: result.customer,
      transitions: late ? result.transitions : [...lived.transitions, ...result.transitions],
      effects: [...lived.effects, ...result.effects],
    }
  }
  return lived
}
