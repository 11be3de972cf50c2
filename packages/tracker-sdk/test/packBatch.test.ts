import { array, check, constantFrom, integer, property, record, string } from 'fast-check'
import { expect, test } from 'vitest'
import { packBatch } from '../src/browser/packBatch.ts'
import type { TrackerBatch, TrackerEvent } from '../src/index.ts'

const createEvent = (index: number, locale: string, text: string): TrackerEvent => ({
  type: 'track',
  messageId: `message-${index}`,
  timestamp: '2026-01-01T00:00:00.000Z',
  anonymousId: 'visitor',
  event: 'Product Viewed',
  properties: { text },
  context: {
    locale,
    userAgent: 'a browser',
    page: { path: text, referrer: '', search: '', title: '', url: '' },
  },
})

const contents = array(record({ locale: constantFrom('en', 'es'), text: string({ unit: 'grapheme' }) }), {
  minLength: 1,
  maxLength: 60,
})

test('batches stay below the limit, and merging the shared context gives every event back', () => {
  const outcome = check(
    property(contents, integer({ min: 1, max: 20_000 }), (drafts, limit) => {
      const events = drafts.map(({ locale, text }, index) => createEvent(index, locale, text))
      const unpacked: TrackerEvent[] = []
      while (unpacked.length < events.length) {
        const rest = events.slice(unpacked.length)
        const packed = packBatch(
          () => structuredClone(rest),
          limit,
          'shop-write-key',
          '2026-01-01T00:00:01.000Z',
        )
        const { batch, context, writeKey } = JSON.parse(packed?.body ?? '') as TrackerBatch
        expect(writeKey).toBe('shop-write-key')
        expect(Buffer.byteLength(packed?.body ?? '')).toBe(packed?.bytes)
        expect((packed?.bytes ?? 0) <= limit || batch.length === 1).toBe(true)
        expect(packed?.messageIds).toEqual(batch.map(({ messageId }) => messageId))
        unpacked.push(...batch.map((event) => ({ ...event, context: { ...context, ...event.context } })))
      }
      expect(unpacked).toEqual(events)
    }),
    { numRuns: 100 },
  )
  expect(outcome.failed, `seed ${outcome.seed}: ${JSON.stringify(outcome.counterexample)}`).toBe(false)
})

test('of nothing there is no batch', () => {
  expect(packBatch(() => [], 1, 'shop-write-key', '2026-01-01T00:00:01.000Z')).toBeUndefined()
})
