import { usePostgres } from '../support/usePostgres.ts'
import { runApiContract } from './runApi.contract.ts'

runApiContract('PostgreSQL', usePostgres())
