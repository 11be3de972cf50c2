import { describe, expect, it } from 'vitest'
import { readCampaign, variantsOf } from '../../src/campaigns/campaign.ts'
import { pickVariant } from '../../src/campaigns/pickVariant.ts'
import { withStrings } from '../../src/templates/withStrings.ts'
import { campaignOf, type Json } from './campaignWorld.ts'

const variants = (...weights: number[]) =>
  weights.map((weight, place) => ({ id: `v${place}`, weight, template: 'win-back', strings: {} }))

describe('A campaign', () => {
  it('is read with what is left out', () => {
    expect(readCampaign(campaignOf())).toMatchObject({
      purpose: 'marketing',
      exclude: [],
      variants: [],
      topic: null,
      sender: null,
      schedule: { kind: 'now' },
      expiresAfter: null,
      onCap: 'postpone',
    })
    expect(readCampaign(campaignOf({ expiresAfter: '2d' })).expiresAfter).toBe(2 * 86_400_000)
  })

  it.each<[string, Json, string]>([
    ['no name', { name: ' ' }, 'name'],
    ['another purpose', { purpose: 'transactional' }, 'purpose: expected .marketing.'],
    ['a field that nobody knows', { subject: 'Hello' }, 'body: Unrecognized key: "subject"'],
    ['an audience of two kinds', { audience: { segment: 'vip', rule: {} } }, 'audience: expected either'],
    ['no audience', { audience: {} }, 'audience: expected either'],
    ['a rule that is none', { audience: { rule: { kind: 'magic' } } }, 'rule'],
    ['a rule with a misspelt field', { audience: { rule: { kind: 'reachable', nto: 1 } } }, 'rule.nto'],
    ['a segment that cannot be', { audience: { segment: 'a b' } }, 'audience.segment'],
    ['no template', { template: undefined }, 'template: expected a template'],
    ['one variant', { variants: [{ id: 'a' }] }, 'variants: expected two variants or more'],
    ['six variants', { variants: variants(1, 1, 1, 1, 1, 1) }, 'variants: expected at most 5'],
    ['a variant twice', { variants: [{ id: 'a' }, { id: 'a' }] }, 'variants: expected every variant once'],
    ['a variant without weight', { variants: [{ id: 'a', weight: 0 }, { id: 'b' }] }, 'variants.0.weight'],
    [
      'a variant without a template',
      { template: undefined, variants: [{ id: 'a', template: 'vip' }, { id: 'b' }] },
      'variants.1.template',
    ],
    ['a language that is none', { strings: { english: { subject: 'Hi' } } }, 'strings.english'],
    ['a subject that is empty', { strings: { en: { subject: '' } } }, 'strings.en.subject'],
    [
      'a time that is none',
      { schedule: { kind: 'local', time: '9am' } },
      'schedule.time: expected a time of day',
    ],
    [
      'a day that is none',
      { schedule: { kind: 'local', time: '09:00', date: '2026-02-30' } },
      'schedule.date',
    ],
    ['an instant without a zone', { schedule: { kind: 'at', at: '2026-02-03T10:00:00' } }, 'schedule.at'],
    ['a schedule that is none', { schedule: { kind: 'weekly' } }, 'schedule'],
    ['a duration that is none', { expiresAfter: 'soon' }, 'expiresAfter: expected a duration'],
    ['a NUL', { name: 'a\u0000b' }, 'name: expected whole characters'],
  ])('with %s is refused, and the place is named', (_what, more, message) => {
    expect(() => readCampaign(campaignOf(more))).toThrow(new RegExp(`^${message}`))
  })

  it('has variants that take over what they do not say', () => {
    const campaign = readCampaign(
      campaignOf({
        strings: { en: { subject: 'One', preheader: 'Look' } },
        variants: [
          { id: 'a' },
          { id: 'b', template: 'vip', strings: { en: { subject: 'Two' }, pl: { subject: 'Dwa' } } },
        ],
      }),
    )
    expect(variantsOf(campaign)).toEqual([
      { id: 'a', template: 'win-back', weight: 1, strings: { en: { subject: 'One', preheader: 'Look' } } },
      {
        id: 'b',
        template: 'vip',
        weight: 1,
        strings: { en: { subject: 'Two', preheader: 'Look' }, pl: { subject: 'Dwa' } },
      },
    ])
  })
})

describe('Variants', () => {
  it.each([[[1, 1]], [[1, 3]], [[5, 3, 2]], [[1, 1, 1, 1, 1]]])(
    'of the weights %j are given so often, and to the same customers each time',
    (weights) => {
      const all = variants(...weights)
      const people = 20_000
      const counts = new Map<string, number>()
      let changed = 0
      for (let place = 0; place < people; place += 1) {
        const { id } = pickVariant('spring', `customer-${place}`, all)
        counts.set(id, (counts.get(id) ?? 0) + 1)
        if (pickVariant('spring', `customer-${place}`, all).id !== id) changed += 1
      }
      expect(changed).toBe(0)
      const sum = weights.reduce((one, other) => one + other, 0)
      for (const [place, weight] of weights.entries()) {
        const share = (counts.get(`v${place}`) ?? 0) / people
        // Four standard deviations of the largest variance.
        expect(Math.abs(share - weight / sum)).toBeLessThan((4 * 0.5) / Math.sqrt(people))
      }
    },
  )

  it('of two campaigns are given independently', () => {
    const all = variants(1, 1)
    let both = 0
    for (let place = 0; place < 20_000; place += 1) {
      const pick = (campaign: string) => pickVariant(campaign, `customer-${place}`, all).id
      if (pick('spring') === 'v0' && pick('autumn') === 'v0') both += 1
    }
    expect(Math.abs(both / 20_000 - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 20_000))
  })
})

describe('Strings in other words', () => {
  const source = {
    name: 'spring',
    mjml: '<mjml></mjml>',
    strings: { en: { subject: 'One', text: 'Text' }, pl: { subject: 'Jeden' } },
    formal: { pl: { subject: 'Pan Jeden', text: 'Tekst' } },
  }

  it('take the place of formal ones too, and add no language that the rest of the mail is not in', () => {
    const strings = { en: { subject: 'Two' }, pl: { subject: 'Dwa' }, es: { subject: 'Dos' } }
    expect(withStrings(source, strings)).toEqual({
      ...source,
      strings: { en: { subject: 'Two', text: 'Text' }, pl: { subject: 'Dwa' } },
      formal: { pl: { text: 'Tekst' } },
    })
    // The same object, by which the render pool knows what it has compiled.
    expect(withStrings(source, strings)).toBe(withStrings(source, strings))
  })
})
