import { awayServerContract, TROUBLES } from './awayServer.contract.ts'

awayServerContract({ troubles: TROUBLES, mails: 100, outage: 60 * 60_000 })
