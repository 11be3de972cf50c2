import { usePostgres } from '../support/usePostgres.ts'
import { segmentApiContract } from './segmentApi.contract.ts'

segmentApiContract('PostgreSQL', usePostgres())
