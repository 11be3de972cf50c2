import { usePostgres } from '../support/usePostgres.ts'
import { messagesContract } from './messages.contract.ts'

messagesContract('PostgreSQL', usePostgres())
