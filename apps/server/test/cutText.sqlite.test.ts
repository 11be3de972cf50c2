import { cutTextContract } from './cutText.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

cutTextContract('a SQLite file', useSqlite())
