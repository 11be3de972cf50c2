import { usePostgres } from '../support/usePostgres.ts'
import { onsiteApiContract } from './onsiteApi.contract.ts'

onsiteApiContract('PostgreSQL', usePostgres())
