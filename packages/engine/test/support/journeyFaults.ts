import type { JourneyProblemCode } from '../../src/journeys/journeyProblem.ts'
import type { JourneyWorld } from '../../src/journeys/journeyWorld.ts'
import { journeyWith } from './journeyWorld.ts'

const mail = { kind: 'send', id: 'mail', template: 'win-back', purpose: 'marketing' }
const second = { ...mail, id: 'second' }
const pause = { kind: 'delay', id: 'pause', duration: '2d' }
const ordered = { on: { kind: 'event', name: 'Order Completed' } }
const stage = (...states: string[]) => ({ kind: 'lifecycle', region: 'stage', states })
const trait = (name: string, operator: string, value?: unknown) => ({
  kind: 'trait',
  path: [name],
  condition: value === undefined ? { operator } : { operator, value },
})
const and = (...rules: object[]) => ({ kind: 'and', rules })
const or = (...rules: object[]) => ({ kind: 'or', rules })
const not = (rule: object) => ({ kind: 'not', rule })
const branch = (...rules: object[]) => ({
  kind: 'branch',
  id: 'ask',
  ways: rules.map((when) => ({ when, to: 'second' })),
  otherwise: 'mail',
})
const coupon = { kind: 'coupon', id: 'code', from: { pool: 'summer' } }
const viewed = { kind: 'event', name: 'Product Viewed' }
const starting = (journey: string) => ({ kind: 'startJourney', id: 'go', journey })

interface Fault {
  code: JourneyProblemCode
  /** Dotted. */
  at: string
  step?: string
  says: RegExp
  journey: object
  /** The nearest journey that is right, or the world in which this one is. */
  mended?: object
  world?: Partial<JourneyWorld>
  mendedWorld?: Partial<JourneyWorld>
}

/** Every kind of problem: what it says where, and the nearest journey without it. */
export const JOURNEY_FAULTS: [what: string, fault: Fault][] = [
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
  [
    'a state that is entered from itself',
    {
      code: 'impossible-trigger',
      at: 'trigger.to',
      says: /given 'lapsed' twice/,
      journey: { trigger: { kind: 'transition', region: 'stage', from: 'lapsed', to: 'lapsed' } },
      mended: { trigger: { kind: 'transition', region: 'stage', from: 'atRisk', to: 'lapsed' } },
    },
  ],
  [
    'two states of one region at once',
    {
      code: 'impossible-condition',
      at: 'steps.0.ways.0.when',
      step: 'ask',
      says: /at way 1 what is never true: stage is new, and stage is lapsed, expected a condition that somebody can meet/,
      journey: { steps: [branch(and(stage('new'), stage('lapsed'))), second, mail] },
      mended: { steps: [branch(and(stage('new', 'lapsed'), stage('lapsed'))), second, mail] },
    },
  ],
  [
    'an exit that never comes',
    {
      code: 'impossible-condition',
      at: 'exits.0.on.rule',
      says: /plan is 'a', and plan is above 1/,
      journey: {
        exits: [
          { on: { kind: 'condition', rule: and(trait('plan', 'is', 'a'), trait('plan', 'above', 1)) } },
        ],
      },
      mended: {
        exits: [{ on: { kind: 'condition', rule: or(trait('plan', 'is', 'a'), trait('plan', 'above', 1)) } }],
      },
    },
  ],
  [
    'a property that no event can have',
    {
      code: 'impossible-condition',
      at: 'trigger.where',
      says: /what no event can be/,
      journey: {
        trigger: {
          ...viewed,
          where: [
            { path: ['price'], condition: { operator: 'above', value: 5 } },
            { path: ['price'], condition: { operator: 'below', value: 3 } },
          ],
        },
      },
      mended: {
        trigger: {
          ...viewed,
          where: [
            { path: ['price'], condition: { operator: 'above', value: 5 } },
            { path: ['lowest_price_30d'], condition: { operator: 'below', value: 3 } },
          ],
        },
      },
    },
  ],
  [
    'an entry of others than the trigger brings',
    {
      code: 'entry-contradicts-trigger',
      at: 'entry',
      says: /stage is lapsed, and stage is new, expected an entry that somebody can meet just after the trigger/,
      journey: { entry: stage('new') },
      mended: {
        entry: stage('lapsed', 'lost'),
        trigger: { kind: 'transition', region: 'stage', from: 'atRisk' },
      },
    },
  ],
  [
    'an entry of who has just left',
    {
      code: 'entry-contradicts-trigger',
      at: 'entry',
      says: /not \(stage is atRisk\), and stage is atRisk/,
      journey: { entry: stage('atRisk'), trigger: { kind: 'transition', region: 'stage', from: 'atRisk' } },
      mended: { entry: stage('lost'), trigger: { kind: 'transition', region: 'stage', from: 'atRisk' } },
    },
  ],
  [
    'a rule that a way before it has',
    {
      code: 'unreachable-way',
      at: 'steps.0.ways.1.when',
      step: 'ask',
      says: /the rule of way 1 again at way 2/,
      journey: { steps: [branch(stage('new'), stage('new')), second, mail] },
      mended: { steps: [branch(stage('new'), stage('active')), second, mail] },
    },
  ],
  [
    'a rule that asks for more than a way before it',
    {
      code: 'unreachable-way',
      at: 'steps.0.ways.1.when',
      step: 'ask',
      says: /at way 2 what only those meet who have taken a way before it/,
      journey: { steps: [branch(trait('plan', 'above', 3), trait('plan', 'above', 5)), second, mail] },
      mended: { steps: [branch(trait('plan', 'above', 5), trait('plan', 'above', 3)), second, mail] },
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
  [
    'a condition that everybody meets',
    {
      code: 'always-true',
      at: 'entry',
      says: /an entry that everybody meets/,
      journey: { entry: or(trait('plan', 'exists'), not(trait('plan', 'exists'))) },
      mended: { entry: trait('plan', 'exists') },
    },
  ],
  [
    'an exit of everybody who comes in',
    {
      code: 'always-true',
      at: 'exits.0.on.rule',
      says: /ends every run as it begins/,
      journey: { exits: [{ on: { kind: 'condition', rule: stage('lapsed', 'lost') } }] },
      mended: { exits: [{ on: { kind: 'condition', rule: stage('lost') } }] },
    },
  ],
  [
    'a code after the last mail',
    {
      code: 'unused-coupon',
      at: 'steps.1',
      step: 'code',
      says: /a code that no mail shows, expected a mail after it/,
      journey: { steps: [mail, coupon] },
      mended: { steps: [coupon, mail] },
    },
  ],
  [
    'a code that another one takes the place of',
    {
      code: 'unused-coupon',
      at: 'steps.0',
      step: 'code',
      says: /no mail shows/,
      journey: { steps: [coupon, { ...coupon, id: 'better' }, mail] },
      mended: { steps: [coupon, mail, { ...coupon, id: 'better' }, second] },
    },
  ],
  [
    'a code that is over when the mail comes',
    {
      code: 'coupon-expired',
      at: 'steps.0.validFor',
      step: 'code',
      says: /given 2d, and the mail 'mail' at least 3d later, expected more than 3d/,
      journey: {
        exits: [ordered],
        steps: [{ ...coupon, validFor: '48h' }, { ...pause, duration: '3d' }, mail],
      },
      mended: {
        exits: [ordered],
        steps: [{ ...coupon, validFor: '4d' }, { ...pause, duration: '3d' }, mail],
      },
    },
  ],
  [
    'marketing over time that nothing ends',
    {
      code: 'no-exit',
      at: 'exits',
      says: /marketing mails over time, and nothing that ends them, expected an exit or a goal/,
      journey: { steps: [mail, pause, second] },
      mended: { steps: [mail, pause, second], goal: { ...ordered, within: '5d' } },
    },
  ],
  [
    'a mail for every product that is looked at',
    {
      code: 'frequent-entry',
      at: 'reentry',
      says: /always, with mails on every 'Product Viewed' and no frequency cap, expected after a duration, or a cap/,
      journey: { trigger: viewed, reentry: { kind: 'always' } },
      mended: { trigger: viewed, reentry: { kind: 'always' } },
      mendedWorld: { hasCap: true },
    },
  ],
]
