import { describe, expect, it } from 'vitest'
import { ApiProblem } from '../src/api/apiProblem.ts'
import { createDraftKeeper, type DraftDoor } from '../src/drafts/createDraftKeeper.ts'
import { createKeptDrafts } from '../src/drafts/keptDrafts.ts'

function makeStorage(most = Infinity): Storage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    key: (index: number) => [...items.keys()][index] ?? null,
    getItem: (key: string) => items.get(key) ?? null,
    setItem(key: string, text: string) {
      if (text.length > most) throw new DOMException('full', 'QuotaExceededError')
      items.set(key, text)
    },
    removeItem: (key: string) => void items.delete(key),
    clear: () => items.clear(),
  }
}

/** A server with one value, whose connection can be cut. */
function makeServer(value: string) {
  const server = {
    value,
    version: 1,
    isReachable: true,
    refuses: (_value: string): boolean => false,
    hash: () => `hash-${server.version}`,
    change(next: string) {
      server.value = next
      server.version += 1
    },
  }
  const door: DraftDoor<string> = {
    async save(next, expected) {
      await Promise.resolve()
      if (!server.isReachable) throw new TypeError('Failed to fetch')
      if (expected !== server.hash()) throw new ApiProblem(409, { code: 'conflict', message: 'changed' })
      if (server.refuses(next))
        throw new ApiProblem(400, { code: 'bad-request', message: 'steps: expected one' })
      server.change(next)
      return { hash: server.hash() }
    },
    async read() {
      await Promise.resolve()
      if (!server.isReachable) throw new TypeError('Failed to fetch')
      return { value: server.value, hash: server.hash() }
    },
  }
  return { server, door }
}

/** Time that passes when it is told to. */
function makeTime() {
  let now = 0
  const timers = new Set<{ at: number; call: () => void }>()
  return {
    now: () => now,
    later: (call: () => void, milliseconds: number) => {
      const timer = { at: now + milliseconds, call }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async pass(milliseconds: number) {
      const until = now + milliseconds
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= until).toSorted((one, other) => one.at - other.at)
        if (!next) break
        timers.delete(next)
        now = next.at
        next.call()
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
      }
      now = until
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    },
  }
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

/** Locks as a browser has them, of which each goes from one tab to the next. */
function makeLocks() {
  const held = new Map<string, Promise<unknown>>()
  return {
    request: async (name: string, whileHeld: () => Promise<unknown>) => {
      const before = held.get(name)
      const mine = (before ?? Promise.resolve()).then(whileHeld)
      held.set(name, mine)
      await mine
      if (held.get(name) === mine) held.delete(name)
    },
    query: () => Promise.resolve({ held: [...held.keys()].map((name) => ({ name })) }),
  }
}

interface World {
  storage?: Storage
  locks?: ReturnType<typeof makeLocks>
}

async function openTab(
  { server, door }: ReturnType<typeof makeServer>,
  { storage = makeStorage(), locks = makeLocks() }: World = {},
  tab = 'one',
) {
  const time = makeTime()
  let die = () => {}
  const dead = new Promise<void>((resolve) => {
    die = resolve
  })
  const mine: typeof locks = {
    ...locks,
    request: (name, whileHeld) =>
      // Its own is let go of when the tab goes away.
      locks.request(name, () => (name.endsWith(`/${tab}`) ? dead : whileHeld())),
  }
  const kept = createKeptDrafts({ storage, locks: mine, tab })
  const keeper = createDraftKeeper({
    key: 'journey/welcome',
    start: { value: server.value, hash: server.hash() },
    door,
    kept,
    isSame: (one, other) => one === other,
    now: time.now,
    later: time.later,
  })
  keeper.begin()
  await settle()
  return { keeper, time, storage, locks, die }
}

describe('What is edited', () => {
  it('is saved by itself a moment after the last letter, once', async () => {
    const world = makeServer('a')
    const { keeper, time } = await openTab(world)
    for (const value of ['ab', 'abc', 'abcd']) {
      keeper.edit(value)
      await time.pass(300)
    }
    expect(world.server.value).toBe('a')
    await time.pass(800)
    expect(world.server).toMatchObject({ value: 'abcd', version: 2 })
    expect(keeper.state()).toMatchObject({ status: 'saved', hash: 'hash-2' })
  })

  it('is there again in another tab when the first has gone away before it was saved', async () => {
    const world = makeServer('a')
    const first = await openTab(world)
    first.keeper.edit('mine')
    await first.time.pass(250)
    first.die()
    const second = await openTab(world, first, 'two')
    expect(second.keeper.state()).toMatchObject({ value: 'mine', status: 'changed', news: 'restored' })
    await second.time.pass(0)
    expect(world.server.value).toBe('mine')
    expect(second.keeper.state().status).toBe('saved')
    expect(second.storage.length).toBe(0)
  })

  it('is there again when the first tab goes away a moment after the second has come, as on a reload', async () => {
    const world = makeServer('a')
    const first = await openTab(world)
    first.keeper.edit('mine')
    await first.time.pass(250)
    const second = await openTab(world, first, 'two')
    expect(second.keeper.state()).toMatchObject({ value: 'a', news: null })
    first.die()
    await settle()
    expect(second.keeper.state()).toMatchObject({ value: 'mine', status: 'changed', news: 'restored' })
    await second.time.pass(0)
    expect(world.server.value).toBe('mine')
    expect(second.storage.length).toBe(0)
  })

  it('does not take out of my hands what I write when another tab leaves something; the next one is asked', async () => {
    const world = makeServer('a')
    const first = await openTab(world)
    first.keeper.edit('from the first')
    await first.time.pass(250)
    const second = await openTab(world, first, 'two')
    second.keeper.edit('from the second')
    first.die()
    await settle()
    expect(second.keeper.state()).toMatchObject({ value: 'from the second', status: 'changed', news: null })
    await second.time.pass(1_000)
    expect(world.server.value).toBe('from the second')
    const third = await openTab(world, second, 'three')
    expect(third.keeper.state()).toMatchObject({
      status: 'conflict',
      value: 'from the first',
      theirs: 'from the second',
    })
  })

  it('is not taken from a tab that is still open', async () => {
    const world = makeServer('a')
    const first = await openTab(world)
    first.keeper.edit('mine')
    await first.time.pass(250)
    const second = await openTab(world, first, 'two')
    expect(second.keeper.state()).toMatchObject({ value: 'a', status: 'saved', news: null })
  })

  it('waits without a connection, is tried again, and arrives', async () => {
    const world = makeServer('a')
    const { keeper, time } = await openTab(world)
    world.server.isReachable = false
    keeper.edit('mine')
    await time.pass(10_000)
    expect(keeper.state()).toMatchObject({ status: 'waiting', value: 'mine', isKept: true })
    world.server.isReachable = true
    await time.pass(60_000)
    expect(keeper.state().status).toBe('saved')
    expect(world.server.value).toBe('mine')
  })

  it('is kept and says why where the server does not take it, until it does', async () => {
    const world = makeServer('a')
    const { keeper, time, storage } = await openTab(world)
    world.server.refuses = (value) => value === 'half'
    keeper.edit('half')
    await time.pass(1_000)
    expect(keeper.state()).toMatchObject({ status: 'refused', value: 'half' })
    expect(keeper.state().problem?.message).toBe('steps: expected one')
    expect(storage.length).toBe(1)
    keeper.edit('whole')
    await time.pass(1_000)
    expect(world.server.value).toBe('whole')
  })

  it('is told of where a device is full', async () => {
    const { keeper, time } = await openTab(makeServer('a'), { storage: makeStorage(10) })
    keeper.edit('mine')
    await time.pass(250)
    expect(keeper.state().isKept).toBe(false)
  })
})

describe('What somebody else saves meanwhile', () => {
  it('is never written over: both are shown, and mine goes in when I say so', async () => {
    const world = makeServer('a')
    const { keeper, time } = await openTab(world)
    keeper.edit('mine')
    world.server.change('theirs')
    await time.pass(1_000)
    expect(keeper.state()).toMatchObject({ status: 'conflict', value: 'mine', theirs: 'theirs' })
    keeper.edit('mine, too')
    await time.pass(5_000)
    expect(world.server.value).toBe('theirs')
    keeper.keepMine()
    await time.pass(1_000)
    expect(world.server.value).toBe('mine, too')
    expect(keeper.state().status).toBe('saved')
  })

  it('takes the place of mine when I say so', async () => {
    const world = makeServer('a')
    const { keeper, time, storage } = await openTab(world)
    keeper.edit('mine')
    world.server.change('theirs')
    await time.pass(1_000)
    keeper.takeTheirs()
    expect(keeper.state()).toMatchObject({ status: 'saved', value: 'theirs', hash: 'hash-2' })
    expect(storage.length).toBe(0)
  })

  it('is shown at once where nothing was changed here', async () => {
    const world = makeServer('a')
    const { keeper } = await openTab(world)
    world.server.change('theirs')
    await keeper.look()
    expect(keeper.state()).toMatchObject({ status: 'saved', value: 'theirs', news: 'renewed' })
  })

  it('shows nothing that was read before this tab has saved: that would take back what was written', async () => {
    const world = makeServer('as it was')
    let answer = () => {}
    const slow: DraftDoor<string> = {
      ...world.door,
      async read() {
        const read = { value: world.server.value, hash: world.server.hash() }
        await new Promise<void>((resolve) => {
          answer = resolve
        })
        return read
      },
    }
    const { keeper, time } = await openTab({ ...world, door: slow })
    const looked = keeper.look()
    keeper.edit('mine')
    await time.pass(1_000)
    expect(world.server.value).toBe('mine')
    answer()
    await settle()
    // It looks again, since somebody else may have saved after this tab.
    world.server.change('theirs')
    answer()
    await settle()
    expect(keeper.state()).toMatchObject({ value: 'mine', status: 'saved', news: null })
    await looked
    await Promise.all([keeper.look(), settle().then(() => answer())])
    expect(keeper.state()).toMatchObject({ value: 'theirs', status: 'saved', news: 'renewed' })
  })

  it('is a conflict, too, for what an earlier tab has left', async () => {
    const world = makeServer('a')
    const first = await openTab(world)
    first.keeper.edit('mine')
    await first.time.pass(250)
    first.die()
    world.server.change('theirs')
    const second = await openTab(world, first, 'two')
    expect(second.keeper.state()).toMatchObject({ status: 'conflict', value: 'mine', theirs: 'theirs' })
    await second.time.pass(5_000)
    expect(world.server.value).toBe('theirs')
  })

  it('is no conflict where both have written the same', async () => {
    const world = makeServer('a')
    const { keeper, time } = await openTab(world)
    keeper.edit('same')
    world.server.change('same')
    await time.pass(1_000)
    expect(keeper.state()).toMatchObject({ status: 'saved', hash: 'hash-2' })
  })
})

it('Saving at once says where it did not come to that', async () => {
  const world = makeServer('a')
  const { keeper } = await openTab(world)
  world.server.isReachable = false
  keeper.edit('mine')
  await expect(keeper.flush()).rejects.toThrow('Failed to fetch')
  world.server.isReachable = true
  await keeper.flush()
  expect(world.server.value).toBe('mine')
})

it('What is written while it is being saved is saved after it', async () => {
  const world = makeServer('a')
  const { keeper, time } = await openTab(world)
  keeper.edit('first')
  const saving = keeper.flush().catch((error: unknown) => error)
  keeper.edit('second')
  await saving
  await time.pass(2_000)
  expect(world.server.value).toBe('second')
  expect(keeper.state().status).toBe('saved')
})
