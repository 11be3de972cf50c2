import { customerSearchContract } from './customerSearch.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

customerSearchContract('PostgreSQL', usePostgres())
