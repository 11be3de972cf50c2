import { consentStatementsIn, type EventInput } from '@ciclo/engine'
import { networkOf } from '../limits/clientAddress.ts'

/**
 * Takes the whole address out of an event and leaves its network. An event that answers for consent keeps as proof
 * where it came from: of a shop's server its visitor's network, if it states it, of all others that of the request.
 *
 * @param sender the address of the request
 */
export function keepNetwork(input: EventInput, sender: string): void {
  const { event, source } = input
  const { ip } = event.context
  const stated = typeof ip === 'string' ? networkOf(ip) : undefined
  if (ip !== undefined) {
    const { ip: _address, ...context } = event.context
    event.context = stated === undefined ? context : { ...context, ip: stated }
  }
  if (consentStatementsIn(input).length === 0) return
  const network = source === 'secret' ? stated : networkOf(sender)
  if (network !== undefined) event.network = network
}
