import { usePostgres } from '../support/usePostgres.ts'
import { useSqlite } from '../support/useSqlite.ts'
import { segmentQueryContract } from './segmentQuery.contract.ts'
import { segmentsContract } from './segments.contract.ts'

const createFile = useSqlite()
const createDatabase = usePostgres()

segmentQueryContract('a SQLite file', createFile, { runs: 100 })
segmentQueryContract('PostgreSQL', createDatabase, { runs: 100 })
segmentsContract('a SQLite file', createFile, { runs: 150 })
segmentsContract('PostgreSQL', createDatabase, { runs: 75 })
