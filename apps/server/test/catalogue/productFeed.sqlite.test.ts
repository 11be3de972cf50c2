import { useSqlite } from '../support/useSqlite.ts'
import { productFeedContract } from './productFeed.contract.ts'

productFeedContract('a SQLite file', useSqlite())
