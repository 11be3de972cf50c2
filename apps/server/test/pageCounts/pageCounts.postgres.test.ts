import { usePostgres } from '../support/usePostgres.ts'
import { pageCountsContract } from './pageCounts.contract.ts'

pageCountsContract('PostgreSQL', usePostgres())
