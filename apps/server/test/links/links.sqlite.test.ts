import { useSqlite } from '../support/useSqlite.ts'
import { linksContract } from './links.contract.ts'

linksContract('a SQLite file', useSqlite())
