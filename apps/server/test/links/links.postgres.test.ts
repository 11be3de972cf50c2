import { usePostgres } from '../support/usePostgres.ts'
import { linksContract } from './links.contract.ts'

linksContract('PostgreSQL', usePostgres())
