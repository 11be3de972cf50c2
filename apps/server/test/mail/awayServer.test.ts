import { awayServerContract, TROUBLES } from './awayServer.contract.ts'

// All of them, for an hour and with more mails: awayServer.deep.
awayServerContract({ troubles: TROUBLES.slice(0, 1), mails: 6, outage: 15 * 60_000 })
