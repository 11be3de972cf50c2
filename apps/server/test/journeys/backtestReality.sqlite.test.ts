import { useSqlite } from '../support/useSqlite.ts'
import { backtestRealityContract } from './backtestReality.contract.ts'

backtestRealityContract('a SQLite file', useSqlite(), { seeds: [7], customers: 10, days: 31 })
