import { usePostgres } from './support/usePostgres.ts'
import { bodiesContract } from './bodies.contract.ts'

bodiesContract('PostgreSQL', usePostgres())
