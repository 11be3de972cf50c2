import { useSqlite } from '../support/useSqlite.ts'
import { accessContract } from './access.contract.ts'

accessContract('a SQLite file', useSqlite())
