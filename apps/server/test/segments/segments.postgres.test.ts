import { usePostgres } from '../support/usePostgres.ts'
import { segmentsContract } from './segments.contract.ts'

segmentsContract('PostgreSQL', usePostgres(), { runs: 5 })
