import { useSqlite } from '../support/useSqlite.ts'
import { imagesContract } from './images.contract.ts'

imagesContract('a SQLite file', useSqlite())
