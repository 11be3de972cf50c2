import { useSqlite } from '../support/useSqlite.ts'
import { segmentsContract } from './segments.contract.ts'

segmentsContract('a SQLite file', useSqlite(), { runs: 10 })
