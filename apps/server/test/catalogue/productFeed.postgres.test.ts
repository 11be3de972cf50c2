import { usePostgres } from '../support/usePostgres.ts'
import { productFeedContract } from './productFeed.contract.ts'

productFeedContract('PostgreSQL', usePostgres())
