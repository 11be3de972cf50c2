import { homeContract } from './home.contract.ts'
import { usePostgres } from '../support/usePostgres.ts'

homeContract('PostgreSQL', usePostgres())
