import { usePostgres } from '../support/usePostgres.ts'
import { campaignLifeContract } from './campaignLife.contract.ts'

campaignLifeContract('PostgreSQL', usePostgres(), { steps: 12 })
