import { usePostgres } from '../support/usePostgres.ts'
import { useSqlite } from '../support/useSqlite.ts'
import { backtestRealityContract } from './backtestReality.contract.ts'

backtestRealityContract('a SQLite file', useSqlite(), { seeds: [1, 2], customers: 24, days: 45 })
backtestRealityContract('PostgreSQL', usePostgres(), { seeds: [4], customers: 16, days: 40 })
