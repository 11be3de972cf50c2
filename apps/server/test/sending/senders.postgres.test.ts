import { usePostgres } from '../support/usePostgres.ts'
import { sendersContract } from './senders.contract.ts'

sendersContract('PostgreSQL', usePostgres())
