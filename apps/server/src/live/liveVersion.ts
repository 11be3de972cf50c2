import { createHash } from 'node:crypto'
import { canonicalJson } from '@ciclo/engine'
import { readLiveState, type LiveState } from '../store/queries/liveVersion.ts'
import type { Store } from '../store/store.ts'

/** The parts of a customer's page, in the order in which a version names them. */
const LIVE_PARTS = ['customer', 'events', 'transitions', 'messages', 'runs'] as const
type LivePart = (typeof LIVE_PARTS)[number]

/** 48 bits of each part: that two states of one customer look the same is not to be expected in the life of a page. */
const DIGITS = 8
const SHAPE = new RegExp(`^[\\w-]{${DIGITS}}(\\.[\\w-]{${DIGITS}}){${LIVE_PARTS.length - 1}}$`)

const digest = (value: unknown) =>
  createHash('sha256').update(canonicalJson(value)).digest('base64url').slice(0, DIGITS)

/** Whether a text is a version that this or another server has told. */
export const isLiveVersion = (text: string): boolean => SHAPE.test(text)

const versionOf = (state: LiveState): string => LIVE_PARTS.map((part) => digest(state[part])).join('.')

/** Which parts differ between two versions; all of them where nobody knows the earlier one. */
export function changedParts(before: string | undefined, after: string): LivePart[] {
  const [known, next] = [before?.split('.') ?? [], after.split('.')]
  return LIVE_PARTS.filter((_part, place) => known[place] !== next[place])
}

/**
 * What all pages of a customer show now, as a short text that is the same on every server of a database: whoever holds
 * the same one has missed nothing. Undefined where there is no such customer, or not any more.
 */
export async function readLiveVersion(
  store: Pick<Store, 'read'>,
  workspaceId: string,
  customerId: string,
): Promise<string | undefined> {
  const state = await store.read((tx) => readLiveState(tx, workspaceId, customerId))
  return state && versionOf(state)
}
