import type { EventInput } from '@ciclo/engine'
import { readReferenced } from '../store/queries/readReferenced.ts'
import type { Store } from '../store/store.ts'
import type { Tokens } from '../tokens.ts'
import type { IdentityTokens } from './identityTokens.ts'
import type { IngestItem } from './ingestItem.ts'

/** Where in an event's context a browser sends what proves who it is. Neither is ever stored. */
const IDENTITY_TOKEN = 'identityToken'
const VISIT_TOKEN = 'visitToken'

/** A proof that does not hold: its event is kept, as a claim. */
export interface Unproven {
  input: EventInput
  code: 'bad-identity-token' | 'bad-visit-token'
  message: string
}

export interface Proven {
  items: IngestItem[]
  unproven: Unproven[]
}

export interface Proofs {
  /** Makes items of a workspace's events, and of the proofs that browsers send with them what they prove. */
  check(workspaceId: string, inputs: readonly EventInput[]): Promise<Proven>
}

export interface ProofsOptions {
  store: Store
  tokens: Tokens
  identityTokens: IdentityTokens
  now: () => number
}

/** Takes a token out of the event's context. */
function take({ event }: EventInput, name: string): string | undefined {
  if (!Object.hasOwn(event.context, name)) return undefined
  const { [name]: token, ...context } = event.context
  event.context = context
  return typeof token === 'string' && token !== '' ? token : undefined
}

export function createProofs({ store, tokens, identityTokens, now }: ProofsOptions): Proofs {
  /** The customer whom a mail went to, of whose links one was clicked just before. */
  const visitorOf = async (workspaceId: string, token: string): Promise<string | undefined> => {
    const visit = tokens.verify('visit', token)
    if (!visit || visit.x < now()) return undefined
    const message = await store.read((tx) => readReferenced(tx, visit))
    return message?.workspaceId === workspaceId ? message.customerId : undefined
  }

  const checkOne = async (
    workspaceId: string,
    input: EventInput,
    unproven: Unproven[],
  ): Promise<IngestItem> => {
    const identityToken = take(input, IDENTITY_TOKEN)
    const visitToken = take(input, VISIT_TOKEN)
    const item: IngestItem = { workspaceId, input }
    // The secret key proves by itself whatever it names.
    if (input.source !== 'public') return item
    if (identityToken !== undefined) {
      const read = await identityTokens.read(workspaceId, identityToken)
      if (read.ok) {
        input.event.proof = read.proof
        return item
      }
      unproven.push({ input, code: 'bad-identity-token', message: read.message })
    }
    if (visitToken === undefined) return item
    const customerId = await visitorOf(workspaceId, visitToken)
    if (customerId !== undefined) return { ...item, customerId }
    const message = 'visitToken: expected one that a link of our mails brought within the last half hour'
    unproven.push({ input, code: 'bad-visit-token', message })
    return item
  }

  return {
    check: async (workspaceId, inputs) => {
      const items: IngestItem[] = []
      const unproven: Unproven[] = []
      for (const input of inputs) {
        const { context } = input.event
        const isPlain = context[IDENTITY_TOKEN] === undefined && context[VISIT_TOKEN] === undefined
        items.push(isPlain ? { workspaceId, input } : await checkOne(workspaceId, input, unproven))
      }
      return { items, unproven }
    },
  }
}
