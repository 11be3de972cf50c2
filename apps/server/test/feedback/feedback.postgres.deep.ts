import { usePostgres } from '../support/usePostgres.ts'
import { feedbackContract } from './feedback.contract.ts'

feedbackContract('PostgreSQL', usePostgres())
