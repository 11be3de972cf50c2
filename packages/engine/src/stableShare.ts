import { fnv1a } from './fnv1a.ts'

/**
 * A number from 0 (included) to 1 that a text always gives, spread evenly over texts: who is held out, and which way a
 * split goes. FNV-1a of 32 bits over UTF-16 units, mixed by the finaliser of MurmurHash3, without which texts that
 * differ only at their end stay close to each other. No secret.
 */
export function stableShare(text: string): number {
  let hash = fnv1a(text)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
