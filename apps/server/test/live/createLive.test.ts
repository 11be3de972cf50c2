import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createLive } from '../../src/live/createLive.ts'
import { createWatcher } from '../../src/live/createWatcher.ts'
import { changedParts, isLiveVersion } from '../../src/live/liveVersion.ts'
import { writeLive } from '../../src/live/writeLive.ts'
import { followLive } from './followLive.ts'

const versionOf = (number: number) =>
  ['customer', String(number).padStart(8, '0'), 'transiti', 'messages', 'runsruns'].join('.')

/** A customer whose version the test says. */
function createWorld({ pollEvery = 60_000 } = {}) {
  let number = 0
  let looks = 0
  const watcher = createWatcher({
    look: () => {
      looks += 1
      return Promise.resolve(versionOf(number))
    },
    onError: (error) => {
      throw error
    },
    pollEvery,
    lookEvery: 1,
  })
  onTestFinished(() => watcher.stop())
  return {
    watcher,
    looks: () => looks,
    happen: () => {
      number += 1
      watcher.poke()
    },
    number: () => number,
  }
}

const follower = ({ watcher }: ReturnType<typeof createWorld>, ended = () => false) => ({
  version: () => watcher.version(),
  changed: (known: string | null | undefined) => watcher.changed(known),
  hasEnded: ended,
  stop: () => {},
})

const TIMES = { heartbeat: 10, lifetime: 60_000, retry: 100 }

it('A page that does not read is written nothing more, and told the newest state once it reads', async () => {
  const world = createWorld()
  let written = 0
  const app = new Hono().get('/live', (context) =>
    streamSSE(context, (stream) => {
      const write = stream.write.bind(stream)
      stream.write = async (text) => {
        written += 1
        return await write(text)
      }
      return writeLive(stream, follower(world), versionOf(0), TIMES)
    }),
  )
  const abort = new AbortController()
  const response = await app.request('/live', { signal: abort.signal })
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  for (let times = 0; times < 2_000; times += 1) {
    world.happen()
    await new Promise(setImmediate)
  }
  // A few pieces fit into the stream; the others are not made.
  expect(written).toBeLessThan(10)
  const decoder = new TextDecoder()
  let text = ''
  await vi.waitFor(
    async () => {
      const { value } = await reader.read()
      text += decoder.decode(value, { stream: true })
      expect(text).toContain(`id: ${versionOf(2_000)}`)
    },
    { interval: 1, timeout: 5_000 },
  )
  expect(text.split('event: change').length).toBeLessThan(10)
  await reader.cancel()
})

it('A stream that has nothing to tell gives signs of life, and ends with its lifetime', async () => {
  const world = createWorld()
  const app = new Hono().get('/live', (context) =>
    streamSSE(context, (stream) =>
      writeLive(stream, follower(world), versionOf(0), { ...TIMES, lifetime: 120 }),
    ),
  )
  const stream = await followLive((path, init) => app.request(path, init), '/live')
  await stream.ended
  expect(stream.beats()).toBeGreaterThan(2)
  expect(stream.events).toEqual([])
})

it('However much happens to a customer, it is looked at one time after the other, and the last look sees all', async () => {
  const world = createWorld()
  for (let times = 0; times < 500; times += 1) world.happen()
  await vi.waitFor(() => expect(world.watcher.version()).toBe(versionOf(500)))
  expect(world.looks()).toBeLessThan(10)
})

it('What nobody tells of is found by looking', async () => {
  let version = versionOf(1)
  const watcher = createWatcher({
    look: () => Promise.resolve(version),
    onError: () => {},
    pollEvery: 5,
    lookEvery: 1,
  })
  onTestFinished(() => watcher.stop())
  await vi.waitFor(() => expect(watcher.version()).toBe(versionOf(1)))
  version = versionOf(2)
  await watcher.changed(versionOf(1))
  expect(watcher.version()).toBe(versionOf(2))
})

it('Only so many pages of one workspace follow, those of another one too, and who leaves makes room', () => {
  const live = createLive({
    store: { read: () => Promise.reject(new Error('away')) },
    onError: () => {},
    pollEvery: 60_000,
    mostFollowers: 2,
  })
  onTestFinished(() => live.close())
  const first = live.follow('w1', 'c1')
  live.follow('w1', 'c2')
  expect(() => live.follow('w1', 'c3')).toThrow('2 pages follow customers of this workspace')
  live.follow('w2', 'c1')
  first.stop()
  // Twice is once.
  first.stop()
  live.follow('w1', 'c1')
  expect(() => live.follow('w1', 'c3')).toThrow('2 pages follow')
})

it('A store that is away is looked at again, and who follows is told nothing meanwhile', async () => {
  const errors: unknown[] = []
  let isAway = true
  const watcher = createWatcher({
    look: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(versionOf(1))),
    onError: (error) => errors.push(error),
    pollEvery: 5,
    lookEvery: 1,
  })
  onTestFinished(() => watcher.stop())
  await vi.waitFor(() => expect(errors.length).toBeGreaterThan(1))
  expect(watcher.version()).toBeUndefined()
  isAway = false
  await watcher.changed(undefined)
  expect(watcher.version()).toBe(versionOf(1))
})

it.each([
  [undefined, versionOf(1), ['customer', 'events', 'transitions', 'messages', 'runs']],
  [versionOf(1), versionOf(1), []],
  [versionOf(1), versionOf(2), ['events']],
])('From %s to %s these parts have changed', (before, after, parts) => {
  expect(changedParts(before, after)).toEqual(parts)
})

it.each([
  [versionOf(1), true],
  ['', false],
  ['a.b.c.d.e', false],
  [`${versionOf(1)}\nevent: gone`, false],
])('%j is a version: %s', (text, isVersion) => {
  expect(isLiveVersion(text)).toBe(isVersion)
})
