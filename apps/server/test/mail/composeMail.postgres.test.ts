import { usePostgres } from '../support/usePostgres.ts'
import { composeMailContract } from './composeMail.contract.ts'

composeMailContract('PostgreSQL', usePostgres())
