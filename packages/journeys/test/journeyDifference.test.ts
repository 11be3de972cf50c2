import { JourneySchema, type Journey } from '@ciclo/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryJourney } from '../../engine/test/support/arbitraryJourney.ts'
import { journeyDifference, readJourneyText, writeJourneyText } from '../src/index.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

const mail = { kind: 'send', id: 'mail', template: 'welcome', purpose: 'marketing' }
const pause = { kind: 'delay', id: 'pause', duration: '2d' }
const second = { ...mail, id: 'second', template: 'welcome-2' }
const ask = {
  kind: 'branch',
  id: 'ask',
  ways: [{ when: { kind: 'lifecycle', region: 'stage', states: ['new'] }, to: 'mail' }],
}
const journey = (changes: object = {}): Journey =>
  JourneySchema.parse({
    id: 'tested',
    name: 'Tested',
    trigger: { kind: 'transition', region: 'permission', to: 'subscribed' },
    reentry: { kind: 'after', duration: '30d' },
    steps: [ask, mail, pause, second],
    ...changes,
  })

describe('the difference of two journeys', () => {
  it.each<[what: string, other: object, said: string[]]>([
    ['nothing', {}, []],
    ['a name', { name: 'Other' }, ['name Tested -> Other']],
    ['a duration', { reentry: { kind: 'after', duration: '60d' } }, ['reentry.duration 30d -> 60d']],
    ['a default', { holdOut: 0.1 }, ['holdOut 0 -> 0.1']],
    [
      'a trigger of another kind',
      { trigger: { kind: 'api' } },
      [
        'trigger.kind transition -> api',
        'trigger.region permission -> nothing',
        'trigger.to subscribed -> nothing',
      ],
    ],
    ['an entry', { entry: { kind: 'reachable' } }, ['entry nothing -> {"kind":"reachable"}']],
    ['a step less', { steps: [ask, mail, second] }, ["step 'pause': removed"]],
    [
      'a step more',
      { steps: [ask, mail, pause, second, { kind: 'end', id: 'stop' }] },
      ["step 'stop': added, after 'second'"],
    ],
    [
      'a step elsewhere',
      { steps: [pause, ask, mail, second] },
      ["step 'pause': moved, from after 'mail' to the beginning"],
    ],
    [
      'a step that waits longer',
      { steps: [ask, mail, { ...pause, duration: '72h' }, second] },
      ["step 'pause': duration 2d -> 3d"],
    ],
    [
      'a way to other customers',
      { steps: [{ ...ask, ways: [{ when: { kind: 'reachable' }, to: 'mail' }] }, mail, pause, second] },
      [
        "step 'ask': ways.0.when.kind lifecycle -> reachable",
        "step 'ask': ways.0.when.region stage -> nothing",
        'step \'ask\': ways.0.when.states ["new"] -> nothing',
      ],
    ],
    [
      'several at once',
      { name: 'Other', steps: [second, ask, { ...mail, onCap: 'skip' }] },
      [
        'name Tested -> Other',
        "step 'second': moved, from after 'pause' to the beginning",
        "step 'mail': onCap postpone -> skip",
        "step 'pause': removed",
      ],
    ],
  ])('is told for %s', (_what, other, said) => {
    expect(journeyDifference(journey(), journey(other)).map(({ text }) => text)).toEqual(said)
  })

  it('has its parts besides the sentence', () => {
    const [change] = journeyDifference(
      journey(),
      journey({ steps: [ask, mail, { ...pause, duration: '3d' }, second] }),
    )
    expect(change).toEqual({
      kind: 'changed',
      step: 'pause',
      field: 'duration',
      from: '2d',
      to: '3d',
      text: "step 'pause': duration 2d -> 3d",
    })
  })

  it(`is nothing for the same one only (seed ${seed})`, () => {
    fc.assert(
      fc.property(arbitraryJourney, arbitraryJourney, (one, other) => {
        const again = readJourneyText(writeJourneyText(one))
        expect('journey' in again && journeyDifference(one, again.journey)).toEqual([])
        const isSame = writeJourneyText(one) === writeJourneyText(other)
        expect(journeyDifference(one, other).length === 0).toBe(isSame)
      }),
      { seed, numRuns: 40 },
    )
  })
})
