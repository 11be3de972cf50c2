import { describe } from 'vitest'
import { crashContract } from './crash.contract.ts'

// On PostgreSQL journeyKills.test does it, and crash.deep on both.
describe('a server that is killed', () => {
  crashContract('SQLite', {
    orders: 1_200,
    subscribers: 80,
    // After a crash the next process waits for the lease of the loops: one kill while mails are sent is enough here.
    kills: ['mails', 'events'],
    timeout: 180_000,
  })
})
