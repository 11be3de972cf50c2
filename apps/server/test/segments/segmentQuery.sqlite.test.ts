import { useSqlite } from '../support/useSqlite.ts'
import { segmentQueryContract } from './segmentQuery.contract.ts'

segmentQueryContract('a SQLite file', useSqlite(), { runs: 25 })
