import { usePostgres } from '../support/usePostgres.ts'
import { segmentQueryContract } from './segmentQuery.contract.ts'

segmentQueryContract('PostgreSQL', usePostgres(), { runs: 25 })
