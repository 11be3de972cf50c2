import { usePostgres } from '../support/usePostgres.ts'
import { backtestApiContract } from './backtestApi.contract.ts'

backtestApiContract('PostgreSQL', usePostgres())
