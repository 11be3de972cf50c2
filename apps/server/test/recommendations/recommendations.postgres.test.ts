import { usePostgres } from '../support/usePostgres.ts'
import { recommendationsContract } from './recommendations.contract.ts'

recommendationsContract('PostgreSQL', usePostgres())
