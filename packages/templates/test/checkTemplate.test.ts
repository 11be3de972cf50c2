import { describe, expect, it } from 'vitest'
import {
  checkTemplate,
  loadShippedTemplates,
  type TemplateProblem,
  type TemplateSource,
} from '../src/index.ts'
import { minimalSource } from './minimalSource.ts'

const FOOTER = '<mj-text><a href="{{ urls.unsubscribe }}">Unsubscribe</a></mj-text>'

/** `body` stands on line 7, without anything else that is wrong. */
function templateOf(body: string, more: Partial<TemplateSource> = {}): TemplateSource {
  const source = minimalSource({ body: `${body}\n${FOOTER}` })
  return { ...source, strings: { en: { subject: 'Subject', preheader: 'Preheader' } }, ...more }
}

const brief = ({ severity, code, locale, place }: TemplateProblem) => ({ severity, code, locale, place })
const check = async (source: TemplateSource, options?: Parameters<typeof checkTemplate>[1]) =>
  (await checkTemplate(source, options)).map(brief)

const error = (
  code: TemplateProblem['code'],
  place: TemplateProblem['place'],
  locale: string | null = null,
) => ({
  severity: 'error',
  code,
  locale,
  place,
})
const warning = (...given: Parameters<typeof error>) => ({ ...error(...given), severity: 'warning' })

describe('A template is checked', () => {
  it('and has no problems where it is right', async () => {
    const body = `<mj-text>{% for product in products %}{{ product.name }}{{ forloop.index }}{% endfor %}
      {% assign first = products | first %}{{ first.name }} {{ event.anything_of_the_shop }} {{ products[0].price }}
      {% for one in brand.social %}{{ one.network }}{% endfor %}{{ brand.accent }}{{ direction }}</mj-text>
      <mj-image src="https://shop.example/i.png" alt="" />`
    expect(await check(templateOf(body))).toEqual([])
  })

  it.each([
    ['of a mail', '<mj-text>{{ customer.lastName }}</mj-text>', { line: 7 }],
    ['of nothing', '<mj-text>\n{{ cutsomer.firstName }}</mj-text>', { line: 8 }],
    ['of a loop', '<mj-text>{% for p in products %}{{ p.colour }}{% endfor %}</mj-text>', { line: 7 }],
    [
      'of a loop that is over',
      '<mj-text>{% for p in products %}{% endfor %}{% if pp.name %}x{% endif %}</mj-text>',
      { line: 7 },
    ],
    ['behind a value', '<mj-text>{{ customer.email.domain }}</mj-text>', { line: 7 }],
    ['in a filter', "<mj-text>{{ 'x' | append: shop.slogan }}</mj-text>", { line: 7 }],
  ])('for unknown variables: %s', async (_what, body, place) => {
    expect(await check(templateOf(body))).toEqual([error('unknown-variable', place)])
  })

  it('for unknown variables in strings', async () => {
    const strings = {
      en: { subject: 'Hello {{ customer.name }}', preheader: 'p' },
      pl: { subject: 'Cześć', preheader: '{{ shop.nazwa }}' },
    }
    expect(await check(templateOf('', { strings }))).toEqual([
      error('unknown-variable', { key: 'subject' }, 'en'),
      error('unknown-variable', { key: 'preheader' }, 'pl'),
    ])
  })

  it('for missing strings: an error where nobody has them, else a warning', async () => {
    const source = templateOf("<mj-text>{{ 'hello' | t }}</mj-text>")
    expect(await check(source)).toEqual([error('missing-string', { key: 'hello', line: 7 }, 'en')])
    const { en = {} } = source.strings
    const strings = { en: { ...en, hello: 'Hello' }, pl: en }
    expect(await check({ ...source, strings }, { locales: ['en', 'ro'] })).toEqual([
      warning('missing-string', { key: 'hello', line: 7 }, 'pl'),
      warning('missing-string', {}, 'ro'),
    ])
  })

  it('for unused strings, also of formal ones', async () => {
    const en = { subject: 's', preheader: 'p', old: 'x' }
    expect(await check(templateOf('', { strings: { en }, formal: { en: { older: 'y' } } }))).toEqual([
      warning('unused-string', { key: 'old' }, 'en'),
      warning('unused-string', { key: 'older' }, 'en'),
    ])
  })

  it.each([
    ['a placeholder', '<mj-button href="#">Go</mj-button>', [error('broken-link', { line: 7 })]],
    ['an empty one', '<mj-text><a href="">Go</a></mj-text>', [error('broken-link', { line: 7 })]],
    ['a relative one', '<mj-button href="/sale">Go</mj-button>', [error('broken-link', { line: 7 }, 'en')]],
    [
      'one without https',
      '<mj-button href="shop.example">Go</mj-button>',
      [error('broken-link', { line: 7 }, 'en')],
    ],
    [
      'one that runs',
      '<mj-button href="javascript:alert(1)">Go</mj-button>',
      [error('broken-link', { line: 7 }, 'en')],
    ],
    ['one of nothing', '<mj-button href="https://">Go</mj-button>', [error('broken-link', {}, 'en')]],
    [
      'one with a space',
      '<mj-button href="https://shop.example/a b">Go</mj-button>',
      [error('broken-link', {}, 'en')],
    ],
    [
      'an address without a domain',
      '<mj-button href="mailto:help">Go</mj-button>',
      [error('broken-link', {}, 'en')],
    ],
    [
      'a page that this mail has not',
      '<mj-button href="{{ urls.confirm }}">Go</mj-button>',
      [error('broken-link', { line: 7 }, 'en')],
    ],
    [
      'one that may be missing',
      '<mj-button href="{{ event.order_url }}">Go</mj-button>',
      [warning('broken-link', { line: 7 }, 'en')],
    ],
    ['an http one', '<mj-button href="http://shop.example/?a=1&amp;b=2">Go</mj-button>', []],
    ['an e-mail address', '<mj-button href="mailto:help@shop.example">Go</mj-button>', []],
    ['a page of ours with an answer', '<mj-button href="{{ urls.survey }}?answer=price">Go</mj-button>', []],
    [
      'one that is there when it is needed',
      '<mj-raw>{% if event.order_url != blank %}</mj-raw><mj-button href="{{ event.order_url }}">Go</mj-button><mj-raw>{% endif %}</mj-raw>',
      [],
    ],
  ])('for broken links: %s', async (_what, body, expected) => {
    expect(await check(templateOf(body))).toEqual(expected)
  })

  it.each([
    ['without any', '<mj-image src="https://shop.example/i.png" />', 'mj-image'],
    [
      'of a link',
      '<mj-image src="https://shop.example/i.png" alt="" href="https://shop.example" />',
      'mj-image',
    ],
    ['in a table', '<mj-table><tr><td>\n<img src="https://shop.example/i.png"></td></tr></mj-table>', 'img'],
    [
      'that is all of a link',
      '<mj-text>\n<a href="https://shop.example"><img src="https://shop.example/i.png" alt=""></a></mj-text>',
      'img',
    ],
    [
      'of a network',
      '<mj-social><mj-social-element name="facebook" href="https://facebook.com/x" /></mj-social>',
      'mj-social-element',
    ],
  ])('for missing alt texts: %s', async (_what, body, element) => {
    const line = body.includes('\n') ? 8 : 7
    expect(await check(templateOf(body))).toEqual([error('missing-alt', { line, element })])
  })

  it('for HTML over 90 KB', async () => {
    const [problem, ...others] = await checkTemplate(
      templateOf(`<mj-text>${'word '.repeat(18_000)}</mj-text>`),
    )
    expect(problem).toMatchObject(error('too-large', {}, 'en'))
    expect(problem?.message).toMatch(/^the HTML has 9\d KB with .*expected at most 90/)
    expect(others).toEqual([])
  })

  it('for missing unsubscribe links, of marketing only', async () => {
    const strings = { en: { subject: 's', preheader: 'p' } }
    const without = { ...minimalSource(), strings }
    const hidden = {
      ...minimalSource({
        body: `{% if order %}${FOOTER}{% endif %}`.replace(/(\{%[^%]*%\})/g, '<mj-raw>$1</mj-raw>'),
      }),
      strings,
    }
    expect(await check(without)).toEqual([error('missing-unsubscribe', {}, 'en')])
    expect(await check(hidden)).toEqual([error('missing-unsubscribe', {}, 'en')])
    expect(await check(without, { purposes: ['transactional'] })).toEqual([])
    expect(await check({ ...without, purpose: 'transactional' })).toEqual([])
    expect(await check({ ...without, purpose: 'transactional' }, { purposes: ['marketing'] })).toEqual([
      error('missing-unsubscribe', {}, 'en'),
    ])
  })

  const strike = (inner: string) => `<mj-text>{% for p in products %}${inner}{% endfor %}</mj-text>`
  it.each([
    ['a literal one', '<mj-text><s>€20</s> €15</mj-text>', 1],
    [
      'of the event',
      '<mj-text>{% if event.previous_price %}<del>{{ event.previous_price }}</del>{% endif %}</mj-text>',
      1,
    ],
    [
      'by a style',
      '<mj-text><span style="text-decoration: line-through">{{ event.previous_price }}</span></mj-text>',
      1,
    ],
    ['of a product', strike('{% if p.previousPrice %}<s>{{ p.previousPrice }}</s>{% endif %}'), 1],
    [
      'with the lowest',
      strike('{% if p.previousPrice %}<s>{{ p.previousPrice }}</s> ({{ p.lowestPrice30d }}){% endif %}'),
      0,
    ],
    ['a word', '<mj-text><s>old</s></mj-text>', 0],
  ])('for prices struck through without the lowest of 30 days: %s', async (_what, body, problems) => {
    const expected = problems === 0 ? [] : [error('strike-without-lowest', { line: 7 }, 'en')]
    expect(await check(templateOf(body))).toEqual(expected)
  })

  it('for what a class strikes through', async () => {
    const source = templateOf('<mj-text><span class="old">{{ event.previous_price }}</span></mj-text>')
    const mjml = source.mjml.replace(
      '</mj-head>',
      '<mj-style>.old { text-decoration: line-through }</mj-style></mj-head>',
    )
    expect((await check({ ...source, mjml })).map(({ code }) => code)).toContain('strike-without-lowest')
  })

  it('as far as it can be where it does not compile', async () => {
    const body =
      '<mj-text>{% nonsense %}{{ customer.age }}</mj-text><mj-image src="https://x.example/i.png" />'
    expect(await check(templateOf(body))).toEqual([
      error('liquid-invalid', { line: 7 }),
      error('missing-alt', { line: 7, element: 'mj-image' }),
    ])
    expect(await check(templateOf('<mj-nonsense />'))).toEqual([error('mjml-invalid', { line: 7 })])
    expect(await check({ name: 'x', mjml: '', strings: {} })).toEqual([error('source-invalid', {})])
  })
})

it('Each template that comes with Ciclo has no problem at all, for both purposes where it may have both', async () => {
  const problems: string[] = []
  for (const source of await loadShippedTemplates()) {
    const purposes = source.purpose ? [source.purpose] : (['marketing', 'transactional'] as const)
    for (const problem of await checkTemplate(source, { purposes }))
      problems.push(`${source.name}: ${JSON.stringify(problem)}`)
  }
  expect(problems).toEqual([])
})
