import { usePostgres } from '../support/usePostgres.ts'
import { templateApiContract } from './templateApi.contract.ts'

templateApiContract('PostgreSQL', usePostgres())
