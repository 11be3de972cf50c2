import { insightContract } from './insight.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

insightContract('a SQLite file', useSqlite(), 200)
