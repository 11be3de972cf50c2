import { usePostgres } from '../support/usePostgres.ts'
import { timelineContract } from './timeline.contract.ts'

timelineContract('PostgreSQL', usePostgres())
