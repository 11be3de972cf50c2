import { usePostgres } from '../support/usePostgres.ts'
import { accessContract } from './access.contract.ts'

accessContract('PostgreSQL', usePostgres())
