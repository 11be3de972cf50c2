import type { IdentifyOptions } from '../ciclo.ts'
import type { TrackerEvent } from '../trackerEvent.ts'
import type { Identity } from './createIdentity.ts'
import { warn } from './guard.ts'
import { isPassiveTrackingRefused } from './isPassiveTrackingRefused.ts'
import { readContext } from './readContext.ts'
import { readNames } from './readNames.ts'

/** `complete` runs when the event is recorded, after the calls before it, and may change the identity first. */
export type RecordEvent = (
  type: TrackerEvent['type'],
  fields: Partial<TrackerEvent>,
  complete?: (identity: Identity) => Partial<TrackerEvent>,
) => void

/** The five calls of the Segment specification that a browser has. Each takes what Segment's own script takes. */
export const createCalls = (record: RecordEvent) => ({
  track: (...values: unknown[]): void => {
    const [[event], properties] = readNames(values)
    if (event === undefined) warn('track needs the name of an event')
    else record('track', { event, properties })
  },

  page: (...values: unknown[]): void => {
    if (isPassiveTrackingRefused()) return
    const [names, properties] = readNames(values)
    const name = names.pop()
    const category = names.pop()
    record('page', {
      ...(name !== undefined && { name }),
      ...(category !== undefined && { category }),
      properties: { ...readContext().page, ...properties },
    })
  },

  identify: (...values: unknown[]): void => {
    const [[userId], traits] = readNames(values)
    const [, options] = values.filter((value) => typeof value === 'object' && value !== null)
    const { identityToken } = (options ?? {}) as IdentifyOptions
    record('identify', { context: identityToken ? { identityToken } : {} }, (identity) => ({
      traits: identity.identify(userId, traits),
    }))
  },

  group: (...values: unknown[]): void => {
    const [[groupId], traits] = readNames(values)
    if (groupId === undefined) warn('group needs the id of a group')
    else record('group', { groupId, traits })
  },

  alias: (...values: unknown[]): void => {
    const [[userId, previousId]] = readNames(values)
    if (userId === undefined) {
      warn('alias needs a user id')
      return
    }
    record('alias', {}, (identity) => {
      const now = identity.current()
      return { userId, previousId: previousId ?? now.userId ?? now.anonymousId }
    })
  },
})
