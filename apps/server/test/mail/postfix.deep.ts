import { usePostgres } from '../support/usePostgres.ts'
import { useSqlite } from '../support/useSqlite.ts'
import { whyNoPostfix } from '../support/startPostfix.ts'
import { postfixContract } from './postfix.contract.ts'

const why = whyNoPostfix()
if (why !== undefined) process.stderr.write(`Tests through a real Postfix are skipped: ${why}\n`)

postfixContract('SQLite', useSqlite())
postfixContract('PostgreSQL', usePostgres())
