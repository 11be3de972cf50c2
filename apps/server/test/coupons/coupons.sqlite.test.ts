import { useSqlite } from '../support/useSqlite.ts'
import { couponsContract } from './coupons.contract.ts'

couponsContract('SQLite', useSqlite())
