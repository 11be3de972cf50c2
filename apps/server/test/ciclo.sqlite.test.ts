import { cicloContract } from './ciclo.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

cicloContract('a SQLite file', useSqlite())
