import { useSqlite } from '../support/useSqlite.ts'
import { segmentApiContract } from './segmentApi.contract.ts'

segmentApiContract('a SQLite file', useSqlite())
