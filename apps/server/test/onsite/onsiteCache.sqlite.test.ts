import { useSqlite } from '../support/useSqlite.ts'
import { onsiteCacheContract } from './onsiteCache.contract.ts'

onsiteCacheContract('a SQLite file', useSqlite())
