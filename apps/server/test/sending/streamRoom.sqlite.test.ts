import { useSqlite } from '../support/useSqlite.ts'
import { streamRoomContract } from './streamRoom.contract.ts'

streamRoomContract('SQLite', useSqlite())
