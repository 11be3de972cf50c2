import { usePostgres } from '../support/usePostgres.ts'
import { onsiteStagesContract } from './onsiteStages.contract.ts'

onsiteStagesContract('PostgreSQL', usePostgres())
