import { usePostgres } from '../support/usePostgres.ts'
import { journeyVersionsContract } from './journeyVersions.contract.ts'

journeyVersionsContract('a PostgreSQL server', usePostgres())
