import { batchingContract } from './batching.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

batchingContract('a SQLite file', useSqlite())
