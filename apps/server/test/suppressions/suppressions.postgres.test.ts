import { usePostgres } from '../support/usePostgres.ts'
import { suppressionsContract } from './suppressions.contract.ts'

suppressionsContract('PostgreSQL', usePostgres())
