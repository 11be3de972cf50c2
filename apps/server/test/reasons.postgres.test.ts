import { reasonsContract } from './reasons.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

reasonsContract('PostgreSQL', usePostgres())
