import { createHmac } from 'node:crypto'
import { CicloError } from '../errors.ts'
import type { MapContext } from '../platforms/platform.ts'
import type { Seal } from '../sending/createSeal.ts'
import type { ConnectionRow } from '../store/queries/connections.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { ReadTx } from '../store/store.ts'
import {
  ConnectionSchema,
  ConnectionSecretsSchema,
  type Connection,
  type ConnectionSecrets,
} from './connection.ts'

/** Opens what is kept of connections. */
export interface Connections {
  close: (workspaceId: string, id: string, secrets: ConnectionSecrets) => string
  /** Throws `conflict` where its secrets were sealed by another installation. */
  open: (row: ConnectionRow) => Connection
  /** What the payloads of a connection do not say themselves. `at`: of what has no time of its own. */
  contextOf: (tx: ReadTx, connection: Connection, at: number) => Promise<MapContext>
}

const placeOf = (workspaceId: string, id: string) => `connection/${workspaceId}/${id}`

/**
 * @param secret the installation's: an order's name is made of it, so that no browser can guess one
 */
export function createConnections({ seal, secret }: { seal: Seal; secret: string }): Connections {
  return {
    close: (workspaceId, id, secrets) => seal.close(JSON.stringify(secrets), placeOf(workspaceId, id)),
    open(row) {
      const opened = seal.open(row.credentials, placeOf(row.workspaceId, row.id))
      if (opened === undefined)
        throw new CicloError(
          'conflict',
          `The secrets of the connection ${row.id} were sealed with another CICLO_SECRET: give them again`,
        )
      return ConnectionSchema.parse({ ...row, secrets: ConnectionSecretsSchema.parse(JSON.parse(opened)) })
    },
    async contextOf(tx, { workspaceId, id, address, secrets }, at) {
      const { currency, shop } = await readSettings(tx, workspaceId)
      const nameOf = (thing: string) =>
        createHmac('sha256', secret)
          .update(`order-name:${workspaceId}:${id}:${thing}`)
          .digest('base64url')
          .slice(0, 32)
      const url = URL.canParse(shop.url) ? shop.url.replace(/\/+$/, '') : address
      return {
        currency,
        address: url,
        knowsIds: secrets.knowsIds,
        at,
        nameOf: (thing) => `shop:${nameOf(thing)}`,
      }
    },
  }
}
