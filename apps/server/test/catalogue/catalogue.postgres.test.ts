import { usePostgres } from '../support/usePostgres.ts'
import { catalogueContract } from './catalogue.contract.ts'

catalogueContract('PostgreSQL', usePostgres(), 10)
