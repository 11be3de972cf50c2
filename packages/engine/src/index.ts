export { BEGINNING, createCustomer, isBefore, lastMove, type Customer } from './customer.ts'
export {
  CONSENT_BASES,
  CONSENT_PURPOSES,
  CONSENT_STATUSES,
  type ConsentBasis,
  type ConsentChange,
  type ConsentPurpose,
} from './consent.ts'
export { COUNTRY_POLICIES, isBasisAllowed, lawfulBases, usableBases } from './consentPolicy.ts'
export { consentStatementsIn } from './consentStatements.ts'
export type { Effect } from './effect.ts'
export type { Enrolment } from './enrolment.ts'
export { EVENT_TYPES, EventSchema, type Event } from './event.ts'
export { EVENT_NAMES } from './eventNames.ts'
export { identitiesOf, normaliseEmail, type Identity, type IdentityKind } from './identity.ts'
export type { EventInput, Input, Source, WakeInput } from './input.ts'
export { ordersNeeded } from './interpret.ts'
export { JourneySchema, type Journey, type Purpose } from './journey.ts'
export { REGIONS, STATES, type LifecycleValue, type Region } from './lifecycle.ts'
export { mergeCustomers } from './merge.ts'
export { decimalsOf, fromMinorUnits } from './money.ts'
export { MESSAGE_STATES, type Message, type MessageState } from './message.ts'
export type { Order } from './order.ts'
export { decide, type Decision, type PolicyFacts, type Withdrawal } from './policy.ts'
export { isLate, isPast, rebuild } from './rebuild.ts'
export { PopulationSchema, type Population } from './population.ts'
export { mergeProduct, type CatalogueProduct, type ProductWord } from './mergeProduct.ts'
export { productsOf, type ProductFacts } from './productsOf.ts'
export { compileRules, type JourneyVersion, type Rules } from './rules.ts'
export { DAY, HOUR, SettingsSchema, type Settings } from './settings.ts'
export { FIRST_JOURNEYS, SHIPPED_JOURNEYS } from './shippedJourneys.ts'
export { step, type StepResult } from './step.ts'
export { isCollected } from './tracking.ts'
export { earliest } from './timers.ts'
export type { Cause, Transition, TransitionReason } from './transitionReason.ts'
