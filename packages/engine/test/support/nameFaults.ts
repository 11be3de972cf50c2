import { and, coupon, mail, ordered, stage, starting, trait, type FaultRow } from './journeyFault.ts'

/** Names of what the shop does not have, or has never said. */
export const NAME_FAULTS: readonly FaultRow[] = [
  [
    'a template that nobody has written',
    {
      code: 'missing-template',
      at: 'steps.0.template',
      step: 'mail',
      says: /step 'mail': given the template 'win-bck', expected a template of the shop, such as 'win-back'/,
      journey: { steps: [{ ...mail, template: 'win-bck' }] },
      mended: {},
    },
  ],
  [
    'a template that a language is missing of',
    {
      code: 'missing-locale',
      at: 'steps.0.template',
      step: 'mail',
      says: /the template 'win-back' in en, pl, expected it also in es, pt-BR/,
      journey: {},
      world: {
        templates: new Map([['win-back', new Set(['en', 'pl'])]]),
        locales: ['en', 'es', 'pl-PL', 'pt-BR'],
      },
      mendedWorld: {
        templates: new Map([['win-back', new Set(['en', 'pl', 'es', 'pt'])]]),
        locales: ['en', 'es', 'pl-PL', 'pt-BR'],
      },
    },
  ],
  [
    'an event to begin with that nobody sends',
    {
      code: 'unknown-event',
      at: 'trigger.name',
      says: /trigger.name: given the event 'Quiz Finishd', expected an event that the shop sends, such as 'Quiz Finished'/,
      journey: { trigger: { kind: 'event', name: 'Quiz Finishd' } },
      mended: { trigger: { kind: 'event', name: 'Quiz Finished' } },
    },
  ],
  [
    'an event to wait for that nobody sends',
    {
      code: 'unknown-event',
      at: 'steps.0.for.name',
      step: 'hold',
      says: /step 'hold': given the event 'Quizz'/,
      journey: {
        steps: [{ kind: 'wait', id: 'hold', for: { kind: 'event', name: 'Quizz' }, timeout: '1d' }],
      },
      mended: {
        steps: [{ kind: 'wait', id: 'hold', for: { kind: 'event', name: 'viewed_product' }, timeout: '1d' }],
      },
    },
  ],
  [
    'an event to count by another spelling than it is sent with',
    {
      code: 'unknown-event',
      at: 'entry.rules.1.name',
      says: /'order_completed', expected an event by the name it is sent with, such as 'Order Completed'/,
      journey: { entry: and(stage('lapsed'), { kind: 'event', name: 'order_completed' }) },
      mended: { entry: and(stage('lapsed'), { kind: 'event', name: 'Order Completed' }) },
    },
  ],
  [
    'a trait that nobody has',
    {
      code: 'unknown-trait',
      at: 'entry.path',
      says: /the trait 'shoesize', expected a trait that customers have, such as 'shoe_size'/,
      journey: { entry: trait('shoesize', 'above', 42) },
      mended: { entry: trait('shoe_size', 'above', 42) },
    },
  ],
  [
    'a day that nobody has',
    {
      code: 'unknown-trait',
      at: 'steps.0.path',
      step: 'day',
      says: /the trait 'birthdate'/,
      journey: { steps: [{ kind: 'untilDate', id: 'day', path: ['birthdate'] }, mail], exits: [ordered] },
      mended: {
        steps: [
          { kind: 'update', id: 'note', traits: { birthdate: '11-22' } },
          { kind: 'untilDate', id: 'day', path: ['birthdate'] },
        ],
      },
    },
  ],
  [
    'the address, which is no trait',
    {
      code: 'unknown-trait',
      at: 'entry.path',
      says: /expected the condition reachable, or another trait/,
      journey: { entry: trait('email', 'exists') },
      mended: { entry: { kind: 'reachable' } },
    },
  ],
  [
    'a segment that is not there',
    {
      code: 'unknown-segment',
      at: 'trigger.segment',
      says: /the segment 'ken', expected a segment of the shop, such as 'keen'/,
      journey: { trigger: { kind: 'segment', segment: 'ken', to: 'in' } },
      mended: { trigger: { kind: 'segment', segment: 'keen', to: 'in' } },
    },
  ],
  [
    'a journey to start that is not there',
    {
      code: 'unknown-journey',
      at: 'steps.0.journey',
      step: 'go',
      says: /the journey 'welcom', expected a journey of the shop, such as 'welcome'/,
      journey: { steps: [starting('welcom')] },
      world: { journeys: new Map([['welcome', null]]) },
      mended: { steps: [starting('welcome')] },
      mendedWorld: { journeys: new Map([['welcome', null]]) },
    },
  ],
  [
    'a topic that the shop does not have',
    {
      code: 'unknown-topic',
      at: 'steps.0.topic',
      step: 'mail',
      says: /the topic 'sales', expected a topic of the shop, such as 'sale'/,
      journey: { steps: [{ ...mail, topic: 'sales' }] },
      world: { topics: new Set(['news', 'sale']) },
      mended: { steps: [{ ...mail, topic: 'sale' }] },
    },
  ],
  [
    'a pool that is not there',
    {
      code: 'unknown-pool',
      at: 'steps.0.from.pool',
      step: 'code',
      says: /the coupon pool 'sumer'/,
      journey: { steps: [{ ...coupon, from: { pool: 'sumer' } }, mail] },
      mended: { steps: [coupon, mail] },
    },
  ],
]
