import { crashedMailsContract } from './crashedMails.contract.ts'
import { sendingContract } from './sending.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

sendingContract('SQLite', useSqlite())
crashedMailsContract('SQLite', useSqlite())
