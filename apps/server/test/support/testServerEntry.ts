import { main } from '../../src/main.ts'
import { LIFE_JOURNEYS } from './lifeJourneys.ts'

// A test run that ends in any way, killed or crashed, closes this pipe: no server outlives it.
process.stdin.on('close', () => process.exit(3))
process.stdin.resume()
process.stdin.unref()

await main({
  demo: process.argv.includes('--demo'),
  ...(process.argv.includes('--life') ? { journeys: LIFE_JOURNEYS } : {}),
})
