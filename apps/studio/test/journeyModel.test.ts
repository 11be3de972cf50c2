import { canonicalJson, JourneySchema, journeyGraph, type Journey, type JourneyStep } from '@ciclo/engine'
import { readJourneyText, writeJourneyText } from '@ciclo/journeys/text'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryJourney } from '../../../packages/engine/test/support/arbitraryJourney.ts'
import { startHistory, stepHistory } from '../src/drafts/editHistory.ts'
import { canvasGraph } from '../src/pages/journey/canvas/canvasGraph.ts'
import { walk } from '../src/pages/journey/canvas/useJourneyKeys.ts'
import { idsIn, outlineOf } from '../src/pages/journey/list/outline.ts'
import {
  addStep,
  moveDown,
  moveStep,
  moveUp,
  pasteStep,
  removeStep,
  renameStep,
} from '../src/pages/journey/model/editJourney.ts'
import { findSteps } from '../src/pages/journey/model/findSteps.ts'
import { newStep, STEP_KINDS } from '../src/pages/journey/model/newStep.ts'
import { valueAtPath, withValueAt } from '../src/pages/journey/model/valueAtPath.ts'
import { waysIn, type Slot } from '../src/pages/journey/model/ways.ts'

const SEED = Number(process.env['SEED'] ?? 20_261_123)
const NAMES = { templates: ['cart-reminder', 'welcome'], pools: [], journeys: ['tested', 'other'] }
const HOUR = 3_600_000

const journeyOf = (steps: readonly object[]): Journey =>
  JourneySchema.parse({
    id: 'tested',
    name: 'Tested',
    trigger: { kind: 'api' },
    reentry: { kind: 'never' },
    steps,
  })
const send = (id: string, more: object = {}) => ({
  kind: 'send',
  id,
  template: id,
  purpose: 'marketing',
  ...more,
})
const pause = (id: string, more: object = {}) => ({ kind: 'delay', id, duration: HOUR, ...more })
const wait = (id: string, more: object = {}) => ({
  kind: 'wait',
  id,
  for: { kind: 'event', name: 'Order Completed' },
  timeout: HOUR,
  ...more,
})
const branch = (id: string, to: string, more: object = {}) => ({
  kind: 'branch',
  id,
  ways: [{ when: { kind: 'reachable' }, to }],
  ...more,
})
const end = (id = 'finish') => ({ kind: 'end', id })

/** What a journey says, as people write it: `a>b` goes from a to b. */
const written = (journey: Journey | undefined) =>
  journey && waysIn(journey).map(({ from, to }) => `${from ?? ''}>${to}`)
const orderOf = (journey: Journey | undefined) => journey?.steps.map(({ id }) => id)
const fresh = (kind: JourneyStep['kind'], journey: Journey) => newStep(kind, journey, NAMES)

describe('A step is added on a way', () => {
  const cases: [name: string, steps: object[], from: string | null, slot: Slot, expected: string[]][] = [
    ['at the beginning', [send('a')], null, 'start', ['>new', 'new>a', 'a>end']],
    ['at the end', [send('a')], 'a', 'next', ['>a', 'a>new', 'new>end']],
    ['between two', [send('a'), send('b')], 'a', 'next', ['>a', 'a>new', 'new>b', 'b>end']],
    [
      'on a way that jumps',
      [send('a', { next: 'c' }), send('b'), send('c')],
      'a',
      'next',
      ['>a', 'a>new', 'b>c', 'new>c', 'c>end'],
    ],
    [
      'on the timeout of a wait that both ways leave alike',
      [wait('w'), send('a')],
      'w',
      'onTimeout',
      ['>w', 'w>a', 'w>new', 'new>a', 'a>end'],
    ],
    [
      'where it has happened, and the timeout stays where it was',
      [wait('w'), send('a')],
      'w',
      'next',
      ['>w', 'w>new', 'w>a', 'new>a', 'a>end'],
    ],
    ['on the timeout that ends', [wait('w')], 'w', 'onTimeout', ['>w', 'w>end', 'w>new', 'new>end']],
    [
      'on the way of a branch',
      [branch('b', 'y'), send('x', { next: 'end' }), send('y')],
      'b',
      'ways.0',
      ['>b', 'b>new', 'b>x', 'x>end', 'new>y', 'y>end'],
    ],
    ['on a way back', [pause('a'), send('b', { next: 'a' })], 'b', 'next', ['>a', 'a>b', 'b>new', 'new>a']],
  ]
  it.each(cases)('%s', (_name, steps, from, slot, expected) => {
    const journey = journeyOf(steps)
    const added = addStep(journey, { from, slot }, { ...fresh('delay', journey), id: 'new' })
    expect(written(added)).toEqual(expected)
  })
})

describe('A step is taken out', () => {
  const cases: [name: string, steps: object[], id: string, expected: string[] | undefined][] = [
    [
      'and what led to it leads to what follows',
      [send('a'), send('b'), send('c')],
      'b',
      ['>a', 'a>c', 'c>end'],
    ],
    ['at the beginning', [send('a'), send('b')], 'a', ['>b', 'b>end']],
    ['where it jumped', [send('a', { next: 'c' }), send('b'), send('c')], 'a', ['>b', 'b>c', 'c>end']],
    [
      'in the middle of a way that jumps on',
      [send('a'), send('b', { next: 'd' }), send('c'), send('d')],
      'b',
      ['>a', 'a>d', 'c>d', 'd>end'],
    ],
    [
      'to which a branch led',
      [branch('b', 'y'), send('x', { next: 'end' }), send('y'), send('z')],
      'y',
      ['>b', 'b>z', 'b>x', 'x>end', 'z>end'],
    ],
    ['that led to itself', [wait('w', { next: 'w', onTimeout: 'a' }), send('a')], 'w', ['>a', 'a>end']],
    ['as the last, and an end is in its place', [send('a')], 'a', ['>finish']],
    ['but an end that is the only step', [end()], 'finish', undefined],
  ]
  it.each(cases)('%s', (_name, steps, id, expected) => {
    expect(written(removeStep(journeyOf(steps), id))).toEqual(expected)
  })
})

describe('A step is moved', () => {
  const three = [send('a'), send('b'), send('c')]
  it('up, before the one that leads to it', () => {
    expect(orderOf(moveUp(journeyOf(three), 'c'))).toEqual(['a', 'c', 'b'])
  })
  it('down, behind the one that it leads to', () => {
    expect(orderOf(moveDown(journeyOf(three), 'a'))).toEqual(['b', 'a', 'c'])
  })
  it('nowhere from where it cannot go further', () => {
    expect(moveUp(journeyOf(three), 'a')).toBeUndefined()
    expect(moveDown(journeyOf(three), 'c')).toBeUndefined()
  })
  it('onto the way where it stands, and nothing changes', () => {
    expect(moveStep(journeyOf(three), 'b', { from: 'a', slot: 'next' })).toBeUndefined()
    expect(moveStep(journeyOf(three), 'b', { from: 'b', slot: 'next' })).toBeUndefined()
  })
  it('onto the other way of a wait', () => {
    const journey = journeyOf([wait('w', { onTimeout: 'b' }), send('a', { next: 'end' }), send('b')])
    expect(written(moveStep(journey, 'a', { from: 'w', slot: 'onTimeout' }))).toEqual([
      '>w',
      'w>end',
      'w>a',
      'a>b',
      'b>end',
    ])
  })
  it('with the ways that leave it elsewhere', () => {
    const journey = journeyOf([send('a'), branch('b', 'x'), send('c', { next: 'end' }), send('x')])
    expect(written(moveUp(journey, 'b'))).toEqual(['>b', 'b>x', 'b>a', 'a>c', 'c>end', 'x>end'])
  })
})

it('A copy has a name of its own and goes on where its way does', () => {
  const journey = journeyOf([send('a'), wait('w', { next: 'end', onTimeout: 'a' })])
  const [, waiting] = journey.steps
  const pasted = waiting && pasteStep(journey, { from: 'a', slot: 'next' }, waiting)
  expect(pasted?.id).toBe('w-2')
  expect(written(pasted?.journey)).toEqual(['>a', 'a>w-2', 'w-2>w', 'w-2>w', 'w>end', 'w>a'])
})

it('A copy that asks for a cart is not pasted where there is none', () => {
  const closed = JourneySchema.parse({
    ...journeyOf(
      [wait('w', { for: { kind: 'cartClosed' } })].map((step) => ({ ...step, for: { kind: 'event' } })),
    ),
    key: 'cart',
    steps: [wait('w', { for: { kind: 'cartClosed' } })],
  })
  const [step] = closed.steps
  expect(step && pasteStep(journeyOf([send('a')]), { from: 'a', slot: 'next' }, step)).toBeUndefined()
})

it('A step that gets another name keeps it wherever it is named', () => {
  const journey = journeyOf([branch('b', 'y', { otherwise: 'x' }), send('x', { next: 'y' }), send('y')])
  expect(written(renameStep(journey, 'y', 'last'))).toEqual(['>b', 'b>last', 'b>x', 'x>last', 'last>end'])
  expect(renameStep(journey, 'y', 'x')).toBeUndefined()
  expect(renameStep(journey, 'y', 'end')).toBeUndefined()
  expect(renameStep(journey, 'y', 'Not an id')).toBeUndefined()
})

it('Steps are found by their id, kind and template, in any case and order', () => {
  const { steps } = journeyOf([send('first'), pause('second'), send('third')])
  const found = (typed: string) => findSteps({ steps }, typed, () => 'Mail').map(({ id }) => id)
  expect(found('SEND')).toEqual(['first', 'third'])
  expect(found('mail third')).toEqual(['third'])
  expect(found('nothing')).toEqual([])
})

it('Arrow keys go down the flow, back and to its side', () => {
  const ways = waysIn(journeyOf([branch('b', 'y'), send('x', { next: 'end' }), send('y')]))
  expect(walk(ways, null, 'ArrowDown')).toBe('b')
  expect(walk(ways, 'b', 'ArrowDown')).toBe('y')
  expect(walk(ways, 'y', 'ArrowRight')).toBe('x')
  expect(walk(ways, 'x', 'ArrowLeft')).toBe('y')
  expect(walk(ways, 'x', 'ArrowUp')).toBe('b')
  expect(walk(ways, 'b', 'ArrowUp')).toBeNull()
  expect(walk(ways, 'x', 'ArrowDown')).toBeUndefined()
})

describe('Whatever the journey is', () => {
  const property = (name: string, check: (journey: Journey, way: number, kind: number) => void) =>
    it(name, () => {
      fc.assert(
        fc.property(arbitraryJourney, fc.nat(), fc.nat(), (journey, way, kind) => {
          check(JourneySchema.parse(journey), way, kind)
        }),
        { seed: SEED, numRuns: 150 },
      )
    })
  const at = <Item>(items: readonly Item[], index: number): Item => {
    const item = items[index % items.length]
    if (item === undefined) throw new Error('There is nothing to draw from')
    return item
  }

  property('its ways are those that the engine goes', (journey) => {
    const { steps } = journeyGraph(journey)
    for (const [id, { edges }] of steps) {
      const step = journey.steps.find((one) => one.id === id)
      const own = new Set(waysIn(journey).flatMap((way) => (way.from === id ? [way.to] : [])))
      if (step?.kind !== 'end') expect(own).toEqual(new Set(edges.map(({ to }) => to)))
    }
  })
  property('a step that is added on a way changes no other', (journey, way, kind) => {
    const place = at(waysIn(journey), way)
    const step = { ...fresh(at(STEP_KINDS, kind), journey), id: 'new' }
    const added = addStep(journey, place, step)
    expect(JourneySchema.safeParse(added).success).toBe(true)
    const rest = (ways: ReturnType<typeof waysIn>) =>
      ways
        .filter((one) => one.from !== 'new' && !(one.from === place.from && one.slot === place.slot))
        .map(({ from, slot, to }) => `${from} ${slot} ${to}`)
        .toSorted()
    const ways = added ? waysIn(added) : []
    expect(rest(ways)).toEqual(rest(waysIn(journey)))
    expect(ways.find(({ from, slot }) => from === place.from && slot === place.slot)?.to).toBe('new')
    expect(new Set(ways.flatMap(({ from, to }) => (from === 'new' ? [to] : [])))).toEqual(
      new Set(step.kind === 'end' ? [] : [place.to]),
    )
  })
  property('one that is added and taken out again leaves the ways as they were', (journey, way) => {
    const place = at(waysIn(journey), way)
    const added = addStep(journey, place, { ...fresh('delay', journey), id: 'new' })
    const removed = added && removeStep(added, 'new')
    const sorted = (one: Journey | undefined) => written(one)?.toSorted()
    expect(sorted(removed)).toEqual(sorted(journey))
  })
  property('it is a journey after any change, and no way leads to what is gone', (journey, way, kind) => {
    const { id } = at(journey.steps, kind)
    const changes = [
      removeStep(journey, id),
      moveUp(journey, id),
      moveDown(journey, id),
      moveStep(journey, id, at(waysIn(journey), way)),
      renameStep(journey, id, 'another-name'),
      pasteStep(journey, at(waysIn(journey), way), at(journey.steps, kind))?.journey,
    ]
    for (const changed of changes) if (changed) expect(JourneySchema.parse(changed)).toEqual(changed)
    const [removed, ...moved] = changes
    if (removed && journey.steps.length > 1) expect(orderOf(removed)).not.toContain(id)
    for (const one of moved.slice(0, 3))
      if (one) expect(orderOf(one)?.toSorted()).toEqual(orderOf(journey)?.toSorted())
  })
  property('what was deleted is there again when it is taken back', (journey, _way, kind) => {
    const changed = removeStep(journey, at(journey.steps, kind).id)
    if (!changed) return
    const edited = stepHistory(startHistory(journey), { type: 'edit', value: changed })
    const undone = stepHistory(edited, { type: 'undo' })
    expect(undone.value).toBe(journey)
    expect(stepHistory(undone, { type: 'redo' }).value).toBe(changed)
  })
  property('it comes through the canvas and its text unchanged', (journey) => {
    const drawn = canvasGraph(journey)
    expect(drawn.boxes.flatMap(({ step }) => (step ? [step.id] : []))).toEqual(orderOf(journey))
    expect(new Set(drawn.boxes.map(({ id }) => id)).size).toBe(drawn.boxes.length)
    const ids = new Set(drawn.boxes.map(({ id }) => id))
    for (const line of drawn.lines) expect([ids.has(line.source), ids.has(line.target)]).toEqual([true, true])
    const read = readJourneyText(writeJourneyText(journey))
    // What the version's hash is made of.
    expect('journey' in read && canonicalJson(read.journey)).toBe(canonicalJson(journey))
  })
  property('every step stands in the list once', (journey) => {
    expect(idsIn(outlineOf(journey)).toSorted()).toEqual(orderOf(journey)?.toSorted())
  })
  property('a field that is set is there, and nothing else has changed', (journey) => {
    const changed = withValueAt(journey, ['steps', 0, 'id'], 'set')
    expect(valueAtPath(changed, ['steps', 0, 'id'])).toBe('set')
    expect(withValueAt(changed, ['steps', 0, 'id'], journey.steps[0]?.id)).toEqual(journey)
    expect(withValueAt(withValueAt(journey, ['holdOut'], undefined), ['holdOut'], journey.holdOut)).toEqual(
      journey,
    )
  })
})
