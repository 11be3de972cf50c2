import { expect, test } from 'vitest'
import { createMessageId } from '../src/browser/createId.ts'
import { createQueue } from '../src/browser/createQueue.ts'
import type { TrackerEvent } from '../src/index.ts'

// Node has no localStorage here, so the queue works in memory: the same code with every access failing.

const createEvent = (event: string, text = ''): TrackerEvent => ({
  type: 'track',
  messageId: createMessageId(),
  timestamp: '2026-01-01T00:00:00.000Z',
  anonymousId: 'visitor',
  event,
  properties: { text },
  context: {},
})

const names = (events: TrackerEvent[]) => events.map(({ event }) => event)

test('events are listed in the order of time until they are removed', () => {
  const queue = createQueue('shop-write-key')
  const events = ['first', 'second', 'third'].map((name) => createEvent(name))
  events.forEach((event) => queue.add(event))
  expect(names(queue.list())).toEqual(['first', 'second', 'third'])
  expect(names(queue.list(true))).toEqual(['first', 'second', 'third'])
  queue.remove([events[1]!.messageId])
  expect(names(queue.list())).toEqual(['first', 'third'])
  queue.remove()
  expect(queue.list()).toEqual([])
})

test('of more than a thousand events the oldest go', () => {
  const queue = createQueue('shop-write-key')
  for (let index = 0; index < 1_010; index++) queue.add(createEvent(String(index)))
  expect(queue.list()).toHaveLength(1_000)
  expect(queue.list()[0]).toMatchObject({ event: '10' })
})

test('of more than a million characters the oldest go', () => {
  const queue = createQueue('shop-write-key')
  for (let index = 0; index < 50; index++) queue.add(createEvent(String(index), 'x'.repeat(30_000)))
  const kept = queue.list()
  expect(kept.length).toBeGreaterThan(30)
  expect(JSON.stringify(kept).length).toBeLessThan(1_001_000)
  expect(kept.at(-1)).toMatchObject({ event: '49' })
})
