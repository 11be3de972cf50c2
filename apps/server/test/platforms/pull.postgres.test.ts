import { usePostgres } from '../support/usePostgres.ts'
import { pullContract } from './pull.contract.ts'

pullContract('PostgreSQL', usePostgres())
