/** What reads, writes and compares journeys where there is no Node: in browsers. */
export { journeyDifference, type JourneyChange } from './journeyDifference.ts'
export { readJourneyText, type FileProblem, type ReadJourney } from './readJourneyText.ts'
export { writeJourneyText } from './writeJourneyText.ts'
