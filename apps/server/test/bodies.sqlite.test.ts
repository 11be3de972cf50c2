import { useSqlite } from './support/useSqlite.ts'
import { bodiesContract } from './bodies.contract.ts'

bodiesContract('SQLite', useSqlite())
