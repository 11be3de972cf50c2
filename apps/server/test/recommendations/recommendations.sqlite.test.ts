import { useSqlite } from '../support/useSqlite.ts'
import { recommendationsContract } from './recommendations.contract.ts'

recommendationsContract('a SQLite file', useSqlite())
