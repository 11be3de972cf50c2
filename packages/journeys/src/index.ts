export { journeyHash } from './journeyHash.ts'
export { FIRST_JOURNEYS, loadShippedJourneys, shippedJourneyIds } from './loadShippedJourneys.ts'
export { journeySchemaJson } from './journeySchemaJson.ts'
export * from './text.ts'
