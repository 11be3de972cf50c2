import { usePostgres } from '../support/usePostgres.ts'
import { webhooksContract } from './webhooks.contract.ts'

webhooksContract('PostgreSQL', usePostgres())
