export { BEGINNING, createCustomer, isBefore, isOutdated, lastMove, type Customer } from './customer.ts'
export {
  CONSENT_BASES,
  CONSENT_PURPOSES,
  CONSENT_STATUSES,
  type ConsentBasis,
  type ConsentChange,
  type ConsentPurpose,
} from './consent.ts'
export { canonicalJson } from './canonicalJson.ts'
export { canonicalName } from './canonicalName.ts'
export {
  CatalogueItemSchema,
  CataloguePriceSchema,
  CatalogueVariantSchema,
  type CatalogueItem,
  type CataloguePrice,
  type CatalogueVariant,
} from './catalogueItem.ts'
export { COUNTRY_POLICIES, isBasisAllowed, lawfulBases, usableBases } from './consentPolicy.ts'
export { consentStatementsIn } from './consentStatements.ts'
export { DURATION_UNITS, DurationSchema, durationText, PauseSchema } from './duration.ts'
export { equalJson } from './equalJson.ts'
export { DERIVED_EVENTS } from './derivedEvents.ts'
export type { Effect } from './effect.ts'
export type { EndReason, Enrolment, PastRuns, RunCoupon } from './journeys/enrolment.ts'
export { EVENT_TYPES, EventSchema, type Event } from './event.ts'
export { EVENT_NAMES } from './eventNames.ts'
export { createExplainer, type Explainer } from './explain/createExplainer.ts'
export { createCounter } from './explain/createCounter.ts'
export { createJourneyExplainer, type JourneyExplainer } from './explain/createJourneyExplainer.ts'
export { createSimulationExplainer, type SimulationExplainer } from './explain/createSimulationExplainer.ts'
export {
  explainJourney,
  type JourneyRefusal,
  type JourneyStanding,
  type RequestRefusal,
} from './explain/explainJourney.ts'
export { reasonsOf, type StateReason } from './explain/reasonsOf.ts'
export { RFM_GROUPS } from './rfm.ts'
export { SENTENCE_LOCALES, sentenceLanguageOf, type SentenceLanguage } from './explain/sentenceLocale.ts'
export { identitiesOf, normaliseEmail, type Identity, type IdentityKind } from './identity.ts'
export type { EventInput, Input, Source, WakeInput } from './input.ts'
export { ordersNeeded } from './interpretOrders.ts'
export { creditOrders } from './insight/attribution.ts'
export {
  createFunnel,
  FUNNEL_STEPS,
  funnelStepOf,
  type FunnelFigure,
  type FunnelMoment,
} from './insight/funnel.ts'
export {
  lifetimeValueOf,
  METRIC_DEFINITIONS,
  metricsOf,
  type LifetimeValue,
  type Metrics,
  type OrderCounts,
} from './insight/metrics.ts'
export { compareShares, type Comparison } from './insight/compareShares.ts'
export { liftOf, type LiftGroup } from './insight/lift.ts'
export { shareOf, type Share } from './insight/share.ts'
export { compileJourney, type CompiledJourney, type JourneyStatus } from './journeys/compileJourney.ts'
export { countsAnew } from './journeys/countsAnew.ts'
export { JourneySchema, type Journey } from './journeys/journey.ts'
export { journeyGraph, leastTimes } from './journeys/journeyGraph.ts'
export type { JourneyProblem, JourneyProblemCode } from './journeys/journeyProblem.ts'
export type { JourneyWorld } from './journeys/journeyWorld.ts'
export { validateJourney } from './journeys/validateJourney.ts'
export { nearestName } from './nearestName.ts'
export { JourneyIdSchema } from './journeys/journeyId.ts'
export { type JourneyStep, type Purpose } from './journeys/journeyStep.ts'
export { mayEnter, type EntryRefusal } from './journeys/mayEnter.ts'
export { pastUntil } from './journeys/pastRuns.ts'
export { beginSimulation, historyInOrder } from './journeys/beginSimulation.ts'
export { createStory, type StoryEntry } from './journeys/createStory.ts'
export {
  createSimulator,
  simulate,
  type LiveThrough,
  type SimulatedMessage,
  type Simulation,
  type SimulateOptions,
} from './journeys/simulate.ts'
export { nextOccurrence, scheduledRequest } from './journeys/schedule.ts'
export { withdrawalOf, type Withdrawal as RunWithdrawal } from './journeys/withdrawalOf.ts'
export { NO_FACTS, runFactsOf } from './journeys/runFacts.ts'
export { instantOfWall, LocalTimeSchema, nextLocalTime } from './journeys/localTime.ts'
export { quietUntil } from './quietHours.ts'
export { stableShare } from './stableShare.ts'
export { REGIONS, STATES, type LifecycleValue, type Region } from './lifecycle.ts'
export { mergeCustomers } from './merge.ts'
export { currencyOf, decimalsOf, fromMinorUnits, toMinorUnits } from './money.ts'
export { MESSAGE_STATES, type Message, type MessageState } from './message.ts'
export type { Order } from './order.ts'
export {
  decide,
  OPEN_STREAM,
  type Decision,
  type PolicyFacts,
  type Refusal,
  type StreamFacts,
  type Waiting,
  type Withdrawal,
} from './policy.ts'
export { mailboxProviderOf } from './mailboxProvider.ts'
export { hourOf, sendingRoom, warmUpDay } from './sendingRoom.ts'
export { casesUntil } from './cases.ts'
export { CAP_MEMORY } from './frequencyCap.ts'
export { isPaused } from './journeys/isPaused.ts'
export { zoneOf } from './zoneOf.ts'
export { isPopulationMoved } from './isPopulationMoved.ts'
export { isBehind, isLate, isOvertaken, isPast, rebuild } from './rebuild.ts'
export {
  buyerHistoryOf,
  populationOf,
  PopulationSchema,
  withoutMoney,
  type BuyerHistory,
  type Population,
} from './population.ts'
export { countGaps, FEWEST_GAPS } from './gapCurve.ts'
export { NO_ORDERS, type OrderFacts } from './orderFigures.ts'
export { personalLimits } from './personalLimits.ts'
export { predictionAt } from './predictionAt.ts'
export { REFUNDED_IN_ALL } from './refund.ts'
export { replay, type Replayed } from './replay.ts'
export { fitPredictions, missingForFit } from './prediction/fitPredictions.ts'
export {
  PredictionFitSchema,
  TooLittleDataSchema,
  type PredictionFit,
  type TooLittleData,
} from './prediction/predictionFit.ts'
export { lowestBefore, reductionOf, type DayPrice } from './lowestPrice.ts'
export { mergeCatalogue, type ListedProduct } from './mergeCatalogue.ts'
export { mergeProduct, type CatalogueProduct, type ProductWord } from './mergeProduct.ts'
export {
  boughtIn,
  productDeedsIn,
  type BoughtOrder,
  type BoughtProduct,
  type ProductDeed,
} from './productDeeds.ts'
export { boughtNext } from './recommendations/boughtNext.ts'
export { boughtTogether } from './recommendations/boughtTogether.ts'
export {
  chooseRecommendations,
  RECOMMENDATION_KINDS,
  type Recommendation,
  type RecommendationKind,
  type RecommendationList,
} from './recommendations/chooseRecommendations.ts'
export { likelihoodRatio } from './recommendations/likelihoodRatio.ts'
export { popular } from './recommendations/popular.ts'
export { sortPurchases, type Purchases } from './recommendations/purchases.ts'
export type { Recommended } from './recommendations/recommended.ts'
export { productsOf, type ProductFacts, type Reduction } from './productsOf.ts'
export { compileRules, type JourneyVersion, type Rules } from './rules.ts'
export { isJudgedAlike, versionAt, type RulesVersion } from './rulesVersion.ts'
export type { SegmentDefinition } from './segments/compileSegments.ts'
export { evaluateSegment } from './segments/evaluateSegment.ts'
export { SegmentIdSchema } from './segments/segmentId.ts'
export {
  SegmentRuleSchema,
  type SegmentLeaf,
  type SegmentRule,
  type ValueCondition,
} from './segments/segmentRule.ts'
export { DAY, HOUR, SettingsSchema, type Settings } from './settings.ts'
export { OWN_ID_PREFIX, ownEvent } from './ownEvent.ts'
export { step } from './step.ts'
export type { StepResult } from './stepResult.ts'
export { isCollected } from './tracking.ts'
export { OWN_TAGS } from './insight/touch.ts'
export { isTopicRefused, type Topic } from './topics.ts'
export { valueAt } from './valueAt.ts'
export { earliest } from './timers.ts'
export type { Cause, Transition, TransitionReason } from './transitionReason.ts'
export {
  OnsiteAnswerSchema,
  OnsiteFieldSchema,
  OnsiteFrequencySchema,
  OnsiteRulesSchema,
  OnsiteTextsSchema,
  ShownMessageSchema,
  type OnsiteAnswer,
  type OnsiteField,
  type OnsiteFrequency,
  type OnsiteRules,
  type ShownMessage,
} from './onsite/shownMessage.ts'
export { OnsiteMessageSchema, type OnsiteMessage } from './onsite/onsiteMessage.ts'
export { isShownAt, messagesFor, shownMessage, type OnsiteSurroundings } from './onsite/messagesFor.ts'
export { contrastOf, READABLE_CONTRAST, readableOn } from './readableColour.ts'
export type { CommerceName } from './commerceEvents.ts'
