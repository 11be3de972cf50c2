import { useSqlite } from '../support/useSqlite.ts'
import { campaignsContract } from './campaigns.contract.ts'

campaignsContract('a SQLite file', useSqlite(), { isWorded: true })
