import { usePostgres } from '../support/usePostgres.ts'
import { tryContract } from './try.contract.ts'

tryContract('PostgreSQL', usePostgres(), { customers: 12 })
