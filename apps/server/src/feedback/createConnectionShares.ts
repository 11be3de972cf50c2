import { networkOf } from '../limits/clientAddress.ts'
import { isLoopback, isPrivate, readInternetAddress } from '../limits/internetAddress.ts'

/** Who may have how many connections at once. */
export interface ConnectionShares {
  /** Whether there is room for one more of this address; then it is counted until it is closed. */
  open(id: string, address: string): boolean
  close(id: string): void
}

/** A mail server of our own, which passes everybody's mail on. */
const isNear = (address: string) => {
  const read = readInternetAddress(address)
  return read !== undefined && (isLoopback(read) || isPrivate(read))
}

/**
 * At most so many connections at once from one network of the internet, so that one alone does not take them all. This
 * machine and private networks have no share.
 */
export function createConnectionShares(mostOfNetwork: number): ConnectionShares {
  const networks = new Map<string, string>()
  return {
    open: (id, address) => {
      if (isNear(address)) return true
      const network = networkOf(address) ?? address
      const count = [...networks.values()].filter((other) => other === network).length
      if (count >= mostOfNetwork) return false
      networks.set(id, network)
      return true
    },
    close: (id) => {
      networks.delete(id)
    },
  }
}
