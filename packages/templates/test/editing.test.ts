import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addSection,
  deleteSection,
  duplicateSection,
  editAttribute,
  editSection,
  elementsOf,
  importHtml,
  KIND_NAMES,
  moveSection,
  NEW_TEXT,
  placeMjml,
  readBlocks,
  SECTION_KINDS,
} from '../src/editing/index.ts'
import {
  checkTemplate,
  compileTemplate,
  loadShippedTemplates,
  renderTemplate,
  sampleData,
  type TemplateData,
  type TemplateSource,
} from '../src/index.ts'

const shipped: readonly TemplateSource[] = await loadShippedTemplates()
const named = (name: string): TemplateSource => {
  const found = shipped.find((one) => one.name === name)
  if (found === undefined) throw new Error(`expected a shipped e-mail ${name}`)
  return found
}
const blocksOf = ({ mjml }: { mjml: string }) => readBlocks(mjml)?.blocks ?? []
const kindsOf = (source: { mjml: string }) => blocksOf(source).map(({ kind }) => kind)
const offered = KIND_NAMES.filter((kind) => SECTION_KINDS[kind].isOffered)

/** What lies between the sections and what they are, one behind the other. */
function pieces(mjml: string): string[] {
  const parts: string[] = []
  let at = 0
  for (const { from, to } of readBlocks(mjml)?.blocks ?? []) {
    expect(from).toBeGreaterThanOrEqual(at)
    expect(to).toBeGreaterThan(from)
    parts.push(mjml.slice(at, from), mjml.slice(from, to))
    at = to
  }
  return [...parts, mjml.slice(at)]
}

describe('A template is taken apart into sections', () => {
  it.each(shipped)('that are exact places of $name, and header and footer are none', ({ mjml }) => {
    expect(pieces(mjml).join('')).toBe(mjml)
    expect(pieces(mjml).at(-1)).toContain('footerTransactional')
    expect(pieces(mjml)[0]).toContain('wordmark')
  })

  it('and nearly all of the shipped ones are of a kind of the catalogue', () => {
    const kinds = shipped.flatMap(kindsOf)
    const known = kinds.filter((kind) => kind !== 'code' && kind !== 'elements')
    expect(known.length / kinds.length).toBeGreaterThan(0.95)
  })

  const body = (inside: string) => `<mjml><mj-body>${inside}</mj-body></mjml>`
  const section = (inside: string) => `<mj-section><mj-column>${inside}</mj-column></mj-section>`
  it.each([
    [
      'a condition around two sections is one',
      `<mj-raw>{% if a %}</mj-raw>${section('<mj-text>a</mj-text>')}${section('<mj-text>b</mj-text>')}<mj-raw>{% endif %}</mj-raw>`,
      ['elements'],
    ],
    [
      'a condition that never ends takes all that follows',
      `${section('<mj-text>a</mj-text>')}<mj-raw>{% if a %}</mj-raw>${section('<mj-text>b</mj-text>')}`,
      ['elements'],
    ],
    ['what a comment says is none', `<!-- <mj-section> -->${section('<mj-text>a</mj-text>')}`, ['elements']],
    [
      'sections of two wrappers stand in one list',
      `<mj-wrapper>${section('<mj-text>a</mj-text>')}</mj-wrapper><mj-wrapper>${section('<mj-spacer height="20px" />')}</mj-wrapper>`,
      ['elements', 'spacer'],
    ],
    ['a raw part is code', '<mj-raw><p>x</p></mj-raw>', ['code']],
  ])('%s', (_what, inside, kinds) => {
    const mjml = body(inside)
    expect(kindsOf({ mjml })).toEqual(kinds)
    expect(pieces(mjml).join('')).toBe(mjml)
  })

  it.each([
    ['is not closed', '<mjml><mj-body><mj-section></mj-body></mjml>'],
    ['closes nothing', '<mjml><mj-body></mj-section></mj-body></mjml>'],
    ['is missing', 'hello'],
  ])('or not at all where a tag %s', (_what, mjml) => {
    expect(readBlocks(mjml)).toBeUndefined()
  })

  it('whatever it is made of', () => {
    const part = fc.constantFrom(
      '<mj-section>',
      '</mj-section>',
      '<mj-column a=">">',
      '</mj-column>',
      '<mj-raw>{% if a %}</mj-raw>',
      '<mj-raw>{% endif %}</mj-raw>',
      "<mj-text>{{ 'a' | t }}</mj-text>",
      '<!-- </mj-body> -->',
      '<mj-spacer height="9px"/>',
      '{%',
      '"',
      '<',
      ' ',
    ) // oxfmt
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        const mjml = body(parts.join(''))
        expect(pieces(mjml).join('')).toBe(mjml)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('A section of the catalogue', () => {
  it.each(KIND_NAMES)('%s is read as what was written', (kind) => {
    const added = addSection(named('at-risk'), 2, kind, { locale: 'en' })
    const block = blocksOf(added)[2]
    expect(block?.kind).toBe(kind)
    expect(SECTION_KINDS[kind].write(block?.values ?? {}).replaceAll(/\s+/g, ' ')).toBe(
      added.mjml.slice(block?.from, block?.to).replaceAll(/\s+/g, ' '),
    )
  })

  it.each(offered)('%s has no error when it is added, and leaves no string behind', async (kind) => {
    const before = named('at-risk')
    const added = addSection(before, 2, kind, { locale: 'en' })
    const problems = await checkTemplate(added)
    expect(problems.filter(({ severity, code }) => severity === 'error' || code === 'unused-string')).toEqual(
      [],
    )
    expect(deleteSection(added, 2).strings).toEqual(before.strings)
  })

  it('begins in the shown language and the one that others fall back to', () => {
    const { strings } = addSection(named('at-risk'), 1, 'paragraph', { locale: 'pl' })
    const text = (locale: string) => strings[locale]?.['text2']
    expect([text('pl'), text('en'), text('es'), text('ro')]).toEqual([
      'Napisz tutaj, co chcesz powiedzieć.',
      'Write here what you want to say.',
      undefined,
      undefined,
    ])
  })

  it('that recommends begins in all languages, and each such section has words of its own', () => {
    const one = addSection(named('at-risk-help'), 1, 'recommended', { locale: 'en' })
    const { strings } = addSection(one, 1, 'recommended', { locale: 'en' })
    const told = (key: string) => ['en', 'es', 'pl', 'ro'].map((locale) => strings[locale]?.[key])
    expect(told('recommendedHeading')).toEqual([
      'We also recommend',
      'También recomendamos',
      'Polecamy też',
      'Recomandăm și',
    ])
    expect(told('recommendedHeading2')).toEqual(told('recommendedHeading'))
  })

  it('gets a string for a text that it shows now, and loses it again', () => {
    const added = addSection(named('at-risk'), 1, 'imageText', { locale: 'en' })
    const without = editSection(added, 1, { button: '' }, 'en')
    expect(without.strings['en']).not.toHaveProperty('button2')
    const again = editSection(without, 1, { button: NEW_TEXT }, 'en')
    expect(again.strings['en']).toHaveProperty('button2')
  })

  it.each([
    ['together', 'recommendations'],
    ['next', 'recommended.next'],
    ['popular', 'recommended.popular'],
    ['viewed', 'recommended.viewed'],
  ])('shows what is recommended %s, in both shapes, and nothing at all without it', async (basis, list) => {
    const all = sampleData('marketing')
    const rows = basis === 'together' ? all.recommendations : all.recommended?.[basis as 'next']
    const { recommendations: _goes, recommended: _others, ...bare } = all
    const data = {
      ...bare,
      ...(basis === 'together' ? { recommendations: rows } : { recommended: { [basis]: rows } }),
    }
    for (const layout of ['grid', 'rows'] as const) {
      const values = { basis, layout, most: 2 }
      const source = addSection(named('at-risk-help'), 2, 'recommended', { locale: 'en', values })
      expect(source.mjml).toContain(`{% if ${list} != blank %}`)
      const compiled = await compileTemplate(source)
      const render = (shown: TemplateData) =>
        renderTemplate(compiled, { locale: 'en', data: shown, link: (url) => url, strict: true })
      const [first, second, third] = rows ?? []
      const { html, text } = render(data)
      expect(text).toContain(
        `We also recommend\n\n${[first, second].map((one) => `${one?.name} <${one?.url}>\n${one?.price}\n${one?.why}\n`).join('\n')}\n`,
      )
      expect(html.split('View product</a>')).toHaveLength(3)
      expect(text).not.toContain(third?.name)
      // Not its heading either.
      const without = [{ ...bare }, { ...bare, recommendations: [], recommended: { [basis]: [] } }].map(
        render,
      )
      for (const mail of without) expect(mail.html + mail.text).not.toMatch(/recommend|View product/)
      // Reason, price and button only where they are wanted.
      const plain = editSection(source, 2, { hasPrice: false, hasReason: false, button: '' }, 'en')
      const mail = renderTemplate(await compileTemplate(plain), { locale: 'en', data, link: (url) => url })
      expect(mail.html).toContain(first?.name)
      for (const left of [first?.price, first?.why, 'View product']) expect(mail.html).not.toContain(left)
    }
  })

  it.each([
    ['an address that is none', { link: 'own', url: 'javascript:alert(1)' }],
    ['an address that ends its attribute', { link: 'own', url: 'https://a.example/"><mj-raw>' }],
    ['Liquid that is no name', { link: 'own', url: '{% if x %}' }],
    ['an option that there is not', { align: 'justify' }],
  ])('stays as it is with %s', (_what, values) => {
    const source = addSection(named('at-risk'), 1, 'button', { locale: 'en' })
    expect(editSection(source, 1, values, 'en')).toBe(source)
  })
})

describe('Sections are put in order', () => {
  it('and a move keeps every section as it was', () => {
    const name = fc.constantFrom(...shipped.map((one) => one.name))
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(), (which, first, second) => {
        const source = named(which)
        const kinds = kindsOf(source)
        const from = first % kinds.length
        const to = second % (kinds.length + 1)
        const order = [...kinds]
        const [moved] = order.splice(from, 1)
        if (moved !== undefined) order.splice(to > from ? to - 1 : to, 0, moved)
        const made = moveSection(source, from, to)
        expect(kindsOf(made)).toEqual(order)
        expect(made.strings).toEqual(source.strings)
      }),
      { numRuns: 300 },
    )
  })

  it('a whole section in the middle of a column divides it, and it compiles', async () => {
    const source = addSection(named('at-risk'), 2, 'columns', { locale: 'en' })
    expect(source.mjml).toContain('padding="44px 0 0 0"')
    expect(source.mjml).toContain('padding="0 0 48px 0"')
    await compileTemplate(source)
  })

  it('a copy has texts of its own', () => {
    const copied = duplicateSection(named('at-risk'), 0)
    expect(copied.strings['en']?.['heading2']).toBe(copied.strings['en']?.['heading'])
    expect(kindsOf(copied).slice(0, 2)).toEqual(['heading', 'heading'])
  })

  it('all can be deleted, and one be added to none', async () => {
    let source = named('at-risk')
    while (blocksOf(source).length > 0) source = deleteSection(source, 0)
    source = addSection(source, 0, 'paragraph', { locale: 'en' })
    expect(kindsOf(source)).toEqual(['paragraph'])
    await compileTemplate(source)
  })
})

describe('What is of no kind', () => {
  it('is changed by its attributes and nowhere else', () => {
    const mjml =
      '<mjml><mj-body><mj-section><mj-column><mj-text  align="left" color=\'#000\'>a</mj-text></mj-column></mj-section></mj-body></mjml>'
    const block = blocksOf({ mjml })[0]
    const element = block && elementsOf(mjml, block)[0]
    if (element === undefined) throw new Error('expected an element')
    expect(editAttribute(mjml, element, 'align', 'center')).toBe(mjml.replace('"left"', '"center"'))
    expect(editAttribute(mjml, element, 'padding', '4px 8px')).toBe(
      mjml.replace('<mj-text ', '<mj-text padding="4px 8px" '),
    )
    expect(editAttribute(mjml, element, 'color', 'red" href="x')).toBe(mjml)
  })

  it.each([
    ['<script>alert(1)</script><p>a</p>', { script: 1 }],
    ['<p onclick="x()">a</p>', { handler: 1 }],
    ['<form action="x"><input name="a"></form>', { form: 2 }],
    ['<a href="javascript:x()">a</a>', { address: 1 }],
    ['<p style="background:u\\72l(x)">a</p>', {}],
    ['<p style="background:&#117;rl(x)">a</p>', { style: 1 }],
    ['</div></td></mj-text><mj-raw>a', { element: 1 }],
    ['<p>&#123;&#x7B; a }} &lcub;% if x %}', { liquid: 1 }],
    ['<p>{<b></b>{ a }}', {}],
    ['<p>{{ first_name }} {% if x %}', { liquid: 1 }],
    ['<iframe src="https://a.example/"></iframe>a', { frame: 1 }],
    ['<p>]]> <table><tr><td>a', {}],
  ])('%s is taken over safely', async (html, leftOut) => {
    const made = importHtml(html)
    expect(made.leftOut).toEqual(leftOut)
    const source = { ...named('at-risk') }
    source.mjml = placeMjml(source.mjml, 1, 'column', made.mjml)
    expect(blocksOf(source)).toHaveLength(blocksOf(named('at-risk')).length + 1)
    await compileTemplate(source)
  })
})
