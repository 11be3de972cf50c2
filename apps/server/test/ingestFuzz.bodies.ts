import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import type { z } from 'zod'
import { WireEventSchema } from '../src/ingest/wireEvent.ts'

/** JSON that no JavaScript value is written as: `1e400`, a member twice, a `__proto__`. */
class Raw {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** As JSON.stringify, with `Raw` as it is and without a limit of depth. */
function write(value: unknown): string {
  if (value instanceof Raw) return value.text
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`).join(',')}}`
  }
  // A lone surrogate as such, not as its escape: half of a character that somebody has cut.
  return JSON.stringify(value) ?? 'null'
}

type Def<Type extends string> = Extract<z.core.$ZodTypes['_zod']['def'], { type: Type }>

const ARBITRARIES: {
  [Type in 'object' | 'enum' | 'union' | 'nullable' | 'optional' | 'pipe']: (
    def: Def<Type>,
  ) => fc.Arbitrary<unknown>
} & Record<string, (def: never) => fc.Arbitrary<unknown>> = {
  object: ({ shape }) =>
    fc.record(Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, arbitraryOf(field)])), {
      requiredKeys: ['type'],
    }),
  enum: ({ entries }) => fc.constantFrom(...Object.values(entries)),
  union: ({ options }) => fc.oneof(...options.map(arbitraryOf)),
  nullable: ({ innerType }) => fc.option(arbitraryOf(innerType), { freq: 4 }),
  optional: ({ innerType }) => fc.option(arbitraryOf(innerType), { nil: undefined, freq: 2 }),
  pipe: (def) => arbitraryOf(def.in),
  string: () => text,
  number: () => fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger()),
  // The one custom schema of the wire is that of a bag.
  custom: () => fc.dictionary(text, anything, { maxKeys: 5, noNullPrototype: true }),
  unknown: () => anything,
}

/** The arbitrary of what a schema expects of its input; only for what the wire's schema is made of. */
function arbitraryOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { def } = schema as z.ZodType
  const arbitrary = ARBITRARIES[def.type]
  if (!arbitrary) throw new Error(`There is no arbitrary yet for a schema of type ${def.type}`)
  return arbitrary(def as never)
}

const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '\u0000',
      'a\u0000b',
      '\ud800',
      'x\udc00y',
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'ciclo:import/1',
      'ann@example.com',
      'Ann@Example.COM ',
      'a@b,c@d',
      '2026-01-01T00:00:00Z',
      '1e400',
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: 90, max: 2_000 }).map((length) => 'é'.repeat(length)) },
)

const nested = fc
  .tuple(fc.constantFrom(5, 31, 32, 33, 2_000), fc.boolean())
  .map(([depth, isArray]) =>
    isArray
      ? new Raw(`${'['.repeat(depth)}1${']'.repeat(depth)}`)
      : new Raw(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
  )

const hostile = fc.oneof(
  fc
    .constantFrom(
      '1e400',
      '-1e400',
      '1e308',
      '-1e308',
      '-0',
      '1e-400',
      '9007199254740993',
      '123456789012345678901234567890',
      '"\\ud800"',
      '"\\u0000"',
      '{"__proto__":{"polluted":1}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
      '{"a":1,"a":2}',
      '[]',
      '[[]]',
      '{}',
      '{"length":5}',
    )
    .map((raw) => new Raw(raw)),
  nested,
  fc.integer({ min: 1_000, max: 40_000 }).map((length) => ({ ['k'.repeat(length)]: 1 })),
  fc.integer({ min: 1_000, max: 40_000 }).map((length) => 'v'.repeat(length)),
  fc.integer({ min: 1, max: 3_000 }).map((length) => Array.from({ length }, () => 0)),
)

const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue({ depthSize: 'small', stringUnit: 'binary' }) },
  { weight: 2, arbitrary: text },
  { weight: 1, arbitrary: hostile },
)

const amount = fc.oneof(
  fc.double({ min: -100, max: 1_000, noNaN: true }),
  fc.constantFrom<unknown>(1e308, 9e13, 90_071_992_547_409, '12.50', '1e308', null, new Raw('1e400')),
)

/** Events that mean something to the lifecycle, with amounts that no till can print. */
const meaningful = fc.record({
  type: fc.constant('track'),
  event: fc.constantFrom(
    'Order Completed',
    'Order Updated',
    'Order Refunded',
    'Order Cancelled',
    'Completed Order',
    'Subscribed',
    'Unsubscribed',
    'Product Added',
    'Product Removed',
    'Checkout Started',
    'Survey Answered',
  ),
  userId: fc.constantFrom('u1', 'u2', '', null),
  anonymousId: fc.constantFrom('a1', 'a2', 'a3'),
  timestamp: fc.oneof(
    fc.constantFrom<unknown>(undefined, null, 0, -8.64e15, '2020-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
    fc.integer({ min: 1_500_000_000, max: 1_800_000_000 }),
  ),
  properties: fc.record(
    {
      order_id: fc.oneof(fc.constantFrom<unknown>('o1', 'o2', 7, null, 'o'.repeat(300)), anything),
      total: fc.oneof({ weight: 4, arbitrary: amount }, anything),
      revenue: amount,
      // XXX is ISO 4217's code for no currency.
      currency: fc.oneof(fc.constantFrom<unknown>('EUR', 'usd', 'JPY', 'XXX', 'E', null), anything),
      products: fc.oneof(
        fc.array(
          fc.record({ product_id: fc.constantFrom<unknown>('p1', 2, null), price: amount, quantity: amount }),
          { maxLength: 4 },
        ),
        anything,
      ),
      email: fc.oneof(fc.constantFrom<unknown>('ann@example.com', 'bob@example.com'), text),
      score: amount,
    },
    { requiredKeys: [] },
  ),
})

const FIELDS = Object.keys(WireEventSchema.shape)

/** What the schema expects; the same with fields replaced by anything; and what is no event at all. */
const event = fc.oneof(
  { weight: 4, arbitrary: arbitraryOf(WireEventSchema) },
  { weight: 4, arbitrary: meaningful },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.oneof(arbitraryOf(WireEventSchema), meaningful),
        fc.dictionary(fc.constantFrom(...FIELDS, 'extra', '__proto__'), anything, { maxKeys: 3 }),
        fc.constantFrom('u1', 'u2'),
      )
      .map(([base, replaced, userId]) => ({ userId, ...(base as object), ...replaced })),
  },
  { weight: 1, arbitrary: anything },
)

/** One request, and what it carries: undefined where the events cannot be told from the outside. */
export interface FuzzRequest {
  path: string
  headers: Record<string, string>
  body: Uint8Array<ArrayBuffer>
  events: unknown[] | undefined
  /** Whose the key is. */
  source: 'secret' | 'public'
}

type Packing = (bytes: Buffer) => { body: Buffer; encoding?: string; isBroken?: boolean }

const PACKINGS: Packing[] = [
  (body) => ({ body }),
  (body) => ({ body: gzipSync(body) }),
  (body) => ({ body: gzipSync(body), encoding: 'gzip' }),
  (body) => ({ body, encoding: 'gzip' }),
  (body) => ({ body: deflateSync(body), encoding: 'deflate' }),
  (body) => ({ body: deflateRawSync(body), encoding: 'deflate' }),
  (body) => ({ body: brotliCompressSync(body), encoding: 'br' }),
  (body) => ({ body: zstdCompressSync(body), encoding: 'zstd' }),
  (body) => ({ body: gzipSync(body).subarray(0, -9), isBroken: true }),
  (body) => ({ body: body.subarray(0, Math.floor(body.length / 2)), isBroken: true }),
  (body) => ({ body: Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), body]), isBroken: true }),
  (body) => ({ body, encoding: 'compress' }),
]

/** A messageId for some of the events, which then are the same in two of them at times. */
function withIds(events: unknown[], run: string, picks: number[]): unknown[] {
  return events.map((each, index) => {
    const pick = picks[index] ?? 0
    const isObject =
      typeof each === 'object' && each !== null && !Array.isArray(each) && !(each instanceof Raw)
    return isObject && pick > 0 ? { ...each, messageId: `${run}/${pick}` } : each
  })
}

const bytesOf = (buffer: Buffer) => Uint8Array.from(buffer)

/** Requests of every kind: the key is always right, since what a wrong one leads to is soon told. */
export const arbitraryRequests = (writeKey: string, secretKey: string) =>
  fc
    .record({
      events: fc.array(event, { maxLength: 8 }),
      picks: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 8, maxLength: 8 }),
      isBatch: fc.boolean(),
      key: fc.constantFrom(writeKey, secretKey),
      packing: fc.nat(PACKINGS.length * 3).map((choice) => PACKINGS[choice] ?? PACKINGS[0]!),
      more: fc.dictionary(fc.constantFrom('context', 'sentAt', 'integrations', '__proto__'), anything, {
        maxKeys: 2,
      }),
      type: fc.constantFrom(
        'application/json',
        'text/plain',
        'application/x-www-form-urlencoded',
        '',
        'x/y; z="',
      ),
      path: fc.constantFrom('track', 'identify', 'page', 'i', 's', 'group', 'alias'),
      noise: fc.uint8Array({ maxLength: 200 }),
      isNoise: fc.integer({ min: 0, max: 19 }).map((roll) => roll === 0),
    })
    .map(
      ({ events, picks, isBatch, key, packing, more, type, path, noise, isNoise }) =>
        (run: string): FuzzRequest => {
          const carried = withIds(events, run, picks)
          const [only = {}] = carried
          const isBag = typeof only === 'object' && only !== null && !Array.isArray(only)
          const single = isBag && !(only instanceof Raw) ? only : {}
          const whole = isBatch
            ? { ...more, writeKey: key, batch: carried }
            : { ...more, ...single, writeKey: key }
          const { body, encoding, isBroken } = packing(Buffer.from(write(whole)))
          return {
            path: isBatch ? '/v1/batch' : `/v1/${path}`,
            headers: { 'content-type': type, ...(encoding ? { 'content-encoding': encoding } : {}) },
            body: bytesOf(isNoise ? Buffer.from(noise) : body),
            events: isNoise || isBroken ? undefined : isBatch ? carried : [single],
            source: key === secretKey ? ('secret' as const) : ('public' as const),
          }
        },
    )
