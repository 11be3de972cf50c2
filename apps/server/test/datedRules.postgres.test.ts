import { datedRulesContract } from './datedRules.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

datedRulesContract('PostgreSQL', usePostgres())
