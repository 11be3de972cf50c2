import { populationContract } from './population.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

populationContract('a SQLite file', useSqlite())
