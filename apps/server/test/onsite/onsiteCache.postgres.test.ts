import { usePostgres } from '../support/usePostgres.ts'
import { onsiteCacheContract } from './onsiteCache.contract.ts'

onsiteCacheContract('PostgreSQL', usePostgres())
