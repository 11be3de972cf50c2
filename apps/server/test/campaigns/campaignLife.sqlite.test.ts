import { useSqlite } from '../support/useSqlite.ts'
import { campaignLifeContract } from './campaignLife.contract.ts'

campaignLifeContract('a SQLite file', useSqlite(), { steps: 30 })
