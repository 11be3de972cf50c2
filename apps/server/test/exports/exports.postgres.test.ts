import { usePostgres } from '../support/usePostgres.ts'
import { exportsContract } from './exports.contract.ts'

exportsContract('PostgreSQL', usePostgres())
