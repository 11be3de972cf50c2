import { usePostgres } from '../support/usePostgres.ts'
import { productApiContract } from './productApi.contract.ts'

productApiContract('PostgreSQL', usePostgres())
