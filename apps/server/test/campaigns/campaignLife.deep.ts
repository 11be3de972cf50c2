import { usePostgres } from '../support/usePostgres.ts'
import { useSqlite } from '../support/useSqlite.ts'
import { campaignLifeContract } from './campaignLife.contract.ts'

campaignLifeContract('a SQLite file', useSqlite(), { steps: 300 })
campaignLifeContract('PostgreSQL', usePostgres(), { steps: 150 })
