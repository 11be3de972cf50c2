import { useSqlite } from '../support/useSqlite.ts'
import { backtestRealityContract } from './backtestReality.contract.ts'

backtestRealityContract('a SQLite file', useSqlite(), { seeds: [21, 22, 23, 24], customers: 6, days: 40 })
