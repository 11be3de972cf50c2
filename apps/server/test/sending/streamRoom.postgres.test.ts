import { usePostgres } from '../support/usePostgres.ts'
import { streamRoomContract } from './streamRoom.contract.ts'

streamRoomContract('PostgreSQL', usePostgres())
