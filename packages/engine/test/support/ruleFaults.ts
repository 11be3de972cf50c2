import { and, mail, second, stage, trait, viewed, type FaultRow } from './journeyFault.ts'

const or = (...rules: object[]) => ({ kind: 'or', rules })
const not = (rule: object) => ({ kind: 'not', rule })
const branch = (...rules: object[]) => ({
  kind: 'branch',
  id: 'ask',
  ways: rules.map((when) => ({ when, to: 'second' })),
  otherwise: 'mail',
})

/** Conditions that nobody ever meets, or everybody. */
export const RULE_FAULTS: readonly FaultRow[] = [
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
]
