import { useSqlite } from '../support/useSqlite.ts'
import { catalogueContract } from './catalogue.contract.ts'

catalogueContract('a SQLite file', useSqlite(), 40)
