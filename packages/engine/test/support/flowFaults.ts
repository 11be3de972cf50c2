import { mail, ordered, pause, second, stage, starting, type FaultRow } from './journeyFault.ts'
import { journeyWith } from './journeyWorld.ts'

/** Ways through a journey that lead nowhere, or round in a circle. */
export const FLOW_FAULTS: readonly FaultRow[] = [
  [
    'a step that is jumped over',
    {
      code: 'unreachable-step',
      at: 'steps.1',
      step: 'pause',
      says: /step 'pause': given no way to it, as 'mail' does not go on here, expected a step that goes on to it/,
      journey: { exits: [ordered], steps: [{ ...mail, next: 'second' }, pause, second] },
      mended: { exits: [ordered], steps: [mail, pause, second] },
    },
  ],
  [
    'a step after the end',
    {
      code: 'unreachable-step',
      at: 'steps.2',
      step: 'second',
      says: /as 'stop' does not go on here/,
      journey: { steps: [mail, { kind: 'end', id: 'stop' }, second] },
      mended: { steps: [mail, second, { kind: 'end', id: 'stop' }] },
    },
  ],
  [
    'two steps that only lead to each other',
    {
      code: 'unreachable-step',
      at: 'steps.1',
      step: 'pause',
      says: /no way to it/,
      journey: {
        steps: [
          { ...mail, next: 'end' },
          { ...pause, next: 'later' },
          { ...pause, id: 'later', next: 'pause' },
        ],
      },
      mended: { steps: [mail, { ...pause, next: 'later' }, { ...pause, id: 'later', next: 'pause' }] },
    },
  ],
  [
    'a circle of mails',
    {
      code: 'loop-without-delay',
      at: 'steps.0',
      step: 'mail',
      says: /the circle 'mail', 'second', 'mail', which may take no time, or less than 15 minutes, expected a delay of 15 minutes or more in it/,
      journey: { steps: [mail, { ...second, next: 'mail' }] },
      mended: { exits: [ordered], steps: [mail, pause, { ...second, next: 'mail' }] },
    },
  ],
  [
    'a circle that is no sooner through than it begins anew',
    {
      code: 'loop-without-delay',
      at: 'steps.0',
      step: 'mail',
      says: /'mail', 'pause', 'mail', which may take no time, or less than 15 minutes/,
      journey: { exits: [ordered], steps: [mail, { ...pause, duration: '14m', next: 'mail' }] },
      mended: { exits: [ordered], steps: [mail, { ...pause, duration: '15m', next: 'mail' }] },
    },
  ],
  [
    'a step that goes on to itself',
    {
      code: 'loop-without-delay',
      at: 'steps.0',
      step: 'mail',
      says: /the circle 'mail', 'mail'/,
      journey: { steps: [{ ...mail, next: 'mail' }] },
      mended: { steps: [mail] },
    },
  ],
  [
    'a circle through a time of day, which it may just be',
    {
      code: 'loop-without-delay',
      at: 'steps.0',
      step: 'morning',
      says: /may take no time/,
      journey: {
        exits: [ordered],
        steps: [
          { kind: 'until', id: 'morning', at: '09:00' },
          { ...mail, next: 'morning' },
        ],
      },
      mended: {
        exits: [ordered],
        steps: [
          { kind: 'until', id: 'morning', at: '09:00' },
          mail,
          { kind: 'until', id: 'evening', at: '18:00', next: 'morning' },
        ],
      },
    },
  ],
  [
    'a circle through two times that may be the same',
    {
      code: 'loop-without-delay',
      at: 'steps.0',
      step: 'one',
      says: /'one', 'two', 'one'/,
      journey: {
        steps: [
          { kind: 'until', id: 'one', at: '09:00', weekdays: ['mon', 'tue'] },
          { kind: 'until', id: 'two', at: '09:00', weekdays: ['tue', 'wed'], next: 'one' },
        ],
      },
      mended: {
        steps: [
          { kind: 'until', id: 'one', at: '09:00', weekdays: ['mon', 'tue'] },
          { kind: 'until', id: 'two', at: '09:00', weekdays: ['wed'], next: 'one' },
        ],
      },
    },
  ],
  [
    'a circle through a day that is over the second time',
    {
      code: 'loop-without-delay',
      at: 'steps.0',
      step: 'day',
      says: /may take no time/,
      journey: { steps: [{ kind: 'untilDate', id: 'day', path: ['birthday'], next: 'day' }] },
      mended: {
        steps: [
          { kind: 'untilDate', id: 'day', path: ['birthday'], yearly: true, at: '09:00', onMissing: 'end' },
          { kind: 'until', id: 'evening', at: '18:00', next: 'day' },
        ],
      },
    },
  ],
  [
    'a circle through a wait for what may be true already',
    {
      code: 'loop-without-delay',
      at: 'steps.0',
      step: 'until-new',
      says: /'until-new', 'mail', 'until-new'/,
      journey: {
        exits: [ordered],
        steps: [
          { kind: 'wait', id: 'until-new', for: { kind: 'condition', rule: stage('new') }, timeout: '7d' },
          { ...mail, next: 'until-new' },
        ],
      },
      mended: {
        exits: [ordered],
        steps: [
          { kind: 'wait', id: 'until-new', for: { kind: 'event', name: 'Product Viewed' }, timeout: '7d' },
          { ...mail, next: 'until-new' },
        ],
      },
    },
  ],
  [
    'a journey that starts itself',
    {
      code: 'starts-itself',
      at: 'steps.1.journey',
      step: 'go',
      says: /leads back to this journey at once: 'tested', 'tested'/,
      journey: { steps: [mail, starting('tested')] },
      mended: { steps: [mail, pause, starting('tested')] },
    },
  ],
  [
    'a mail for each mail',
    {
      code: 'starts-itself',
      at: 'trigger',
      says: /trigger: given a start by 'Email Sent', its own mails among them, expected another event, conditions/,
      journey: { trigger: { kind: 'event', name: 'Email Sent' }, reentry: { kind: 'afterEnd', duration: 0 } },
      mended: {
        trigger: { kind: 'event', name: 'Email Sent' },
        reentry: { kind: 'afterEnd', duration: '1d' },
      },
    },
  ],
  [
    'a mail for anything',
    {
      code: 'starts-itself',
      at: 'trigger',
      says: /a start by any event/,
      journey: { trigger: { kind: 'event' }, reentry: { kind: 'after', duration: '1h' } },
      mended: { trigger: { kind: 'event' }, reentry: { kind: 'never' } },
    },
  ],
  [
    'two journeys that start each other',
    {
      code: 'starts-itself',
      at: 'steps.1.journey',
      step: 'go',
      says: /'tested', 'other', 'tested'/,
      journey: { steps: [mail, starting('other')] },
      world: { journeys: new Map([['other', journeyWith({ id: 'other', steps: [starting('tested')] })]]) },
      mended: { steps: [mail, starting('other')] },
      mendedWorld: {
        journeys: new Map([['other', journeyWith({ id: 'other', steps: [pause, starting('tested')] })]]),
      },
    },
  ],
]
