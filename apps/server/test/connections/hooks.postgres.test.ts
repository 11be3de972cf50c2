import { usePostgres } from '../support/usePostgres.ts'
import { hooksContract } from './hooks.contract.ts'

hooksContract('PostgreSQL', usePostgres(), 6)
