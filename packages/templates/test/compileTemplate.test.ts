import { describe, expect, test } from 'vitest'
import { compileTemplate, renderTemplate, TemplateError, type TemplateSource } from '../src/index.ts'
import { minimalSource } from './minimalSource.ts'
import { sampleRequest } from './sampleData.ts'

async function compileError(source: TemplateSource): Promise<TemplateError> {
  const error: unknown = await compileTemplate(source).then(
    () => expect.fail('the template compiled'),
    (reason: unknown) => reason,
  )
  if (error instanceof TemplateError) return error
  throw error
}

const subject = { preheader: 'Preheader', subject: 'Subject' }

describe('a template that cannot be compiled says where and what was expected', () => {
  // The body of the minimal source starts on line 7.
  const cases: [what: string, source: TemplateSource, code: string, message: RegExp][] = [
    [
      'an unknown element',
      minimalSource({ body: '<mj-buton>x</mj-buton>' }),
      'mjml-invalid',
      /^template "minimal", line 7: <mj-buton> on line 7: .*doesn't exist.*expected an MJML element/,
    ],
    [
      'an unknown attribute',
      minimalSource({ body: '<mj-text colour="red">x</mj-text>' }),
      'mjml-invalid',
      /line 7: <mj-text> on line 7: Attribute colour is illegal; expected only attributes/,
    ],
    [
      'a wrong value',
      minimalSource({ body: '<mj-text\n color="reddish">x</mj-text>' }),
      'mjml-invalid',
      /line 7: <mj-text>.*reddish/,
    ],
    [
      'an element in the wrong place',
      minimalSource({ body: '<mj-section></mj-section>' }),
      'mjml-invalid',
      /line 7: .*mj-section cannot be used inside mj-column, only inside: .*mj-body/,
    ],
    [
      'an element that is not closed',
      minimalSource({ body: '\n<mj-text>Open' }),
      'mjml-invalid',
      /line 8: <mj-text> is not closed; expected <\/mj-text> before <\/mj-column> on line 9/,
    ],
    [
      'an element that was never opened',
      minimalSource({ body: '</mj-column></mj-section></mj-body></mjml></mj-text>' }),
      'mjml-invalid',
      /line 7: <\/mj-text> closes nothing; expected an opening <mj-text>/,
    ],
    [
      'an include',
      minimalSource({ body: '<mj-include path="/etc/passwd" />' }),
      'mjml-invalid',
      /line 7: <mj-include> is not supported/,
    ],
    [
      'Liquid that MJML would drop',
      minimalSource({ body: '{% if shop.name %}\n<mj-text>x</mj-text>\n{% endif %}' }),
      'mjml-invalid',
      /line 7: MJML drops \{% if shop.name %\} here; expected .* <mj-raw>/,
    ],
    [
      'no MJML at all',
      { ...minimalSource(), mjml: 'Hello' },
      'mjml-invalid',
      /expected a document of the form <mjml>/,
    ],
    [
      'an open Liquid tag',
      minimalSource({ body: '<mj-raw>{% if a %}</mj-raw>' }),
      'liquid-invalid',
      /^template "minimal", line 7: .*if a.* not closed; expected Liquid/,
    ],
    [
      'an unknown filter',
      minimalSource({ body: '<mj-text>{{ shop.name | shout }}</mj-text>' }),
      'liquid-invalid',
      /line 7: undefined filter: shout; expected Liquid/,
    ],
    [
      'a key in an expression',
      minimalSource({ body: '<mj-text>{{ shop.name | t }}</mj-text>' }),
      'liquid-invalid',
      /line 7: \{\{ shop\.name \| t \}\} names no string; expected a quoted key/,
    ],
    [
      'a string with a filter after it',
      minimalSource({ body: "<mj-text>{{ 'subject' | t | upcase }}</mj-text>" }),
      'liquid-invalid',
      /line 7: .* names no string; expected a quoted key and nothing else/,
    ],
    [
      'a missing string',
      minimalSource({ body: "<mj-text>{{ 'hello' | t }}</mj-text>", strings: { es: { hello: 'Hola' } } }),
      'string-missing',
      /^template "minimal", locale "en", string "hello", line 7: expected this string at least in "en"/,
    ],
    [
      'a missing subject',
      minimalSource({ strings: { en: { preheader: 'x' } } }),
      'string-missing',
      /^template "minimal", locale "en", string "subject": expected/,
    ],
    [
      'a broken string',
      minimalSource({ strings: { pl: { subject: 'x\n{{ shop.name' } } }),
      'liquid-invalid',
      /^template "minimal", locale "pl", string "subject", line 2: /,
    ],
    [
      'a string that refers to a string',
      minimalSource({ strings: { en: { ...subject, subject: "{{ 'subject' | t }}" } } }),
      'liquid-invalid',
      /string "subject".*undefined filter: t/,
    ],
    [
      'a template over a million characters, its strings put in',
      minimalSource({
        body: `<mj-text>${"{{ 'x' | t }}".repeat(60)}</mj-text>`,
        strings: { en: { ...subject, x: 'x'.repeat(20_000) } },
      }),
      'limit-exceeded',
      /expected at most 1000000 characters/,
    ],
    [
      'MJML that is longer than any mail',
      minimalSource({ body: `<mj-text>${'x'.repeat(200_000)}</mj-text>` }),
      'source-invalid',
      /mjml/,
    ],
    [
      'a source without strings',
      { name: 'broken', mjml: '<mjml/>' } as TemplateSource,
      'source-invalid',
      /^template "broken": .*strings/s,
    ],
  ]
  test.each(cases)('%s', async (_what, source, code, message) => {
    const error = await compileError(source)
    expect(error.message).toMatch(message)
    expect(error.code).toBe(code)
    expect(error.place.template).toBe(source.name)
  })
})

describe('tags and filters that read files, change data or skip escaping do not exist', () => {
  const forbidden = [
    "{% include 'x' %}",
    "{% render 'x' %}",
    "{% layout 'x' %}",
    '{% raw %}{% endraw %}',
    '{% cycle customer.firstName %}',
    '{% increment x %}',
    '{% liquid echo shop.name %}',
    '{% data shop.name %}',
    '{{ shop.name | raw }}',
  ]
  test.each(forbidden)('%s', async (liquid) => {
    const error = await compileError(minimalSource({ body: `<mj-text>${liquid}</mj-text>` }))
    expect(error.code).toBe('liquid-invalid')
    expect(error.place.line).toBe(7)
  })
})

test('a string that a locale lacks falls back to English', async () => {
  const compiled = await compileTemplate(
    minimalSource({
      body: "<mj-text>{{ 'hello' | t }}</mj-text>",
      strings: { en: { ...subject, hello: 'Hello' }, es: { subject: 'Asunto' } },
    }),
  )
  const mail = renderTemplate(compiled, sampleRequest({ locale: 'es' }))
  expect(mail.subject).toBe('Asunto')
  expect(mail.preheader).toBe('Preheader')
  expect(mail.text).toContain('Hello')
})

test('the language of the render replaces the one that the MJML says', async () => {
  const source = minimalSource()
  const mjml = source.mjml.replace('<mjml>', '<mjml owa="desktop" lang="fr" dir="rtl">')
  const { html } = renderTemplate(await compileTemplate({ ...source, mjml }), sampleRequest({ locale: 'pl' }))
  expect(html).toContain('<html lang="pl" dir="ltr"')
  expect(html).not.toMatch(/lang="fr"|dir="rtl"/)
})

test('two locales rendered from one compiled template do not mix', async () => {
  const compiled = await compileTemplate(
    minimalSource({ strings: { ro: { subject: 'Subiect', preheader: 'x' } } }),
  )
  const subjects = (['en', 'ro', 'en'] as const).map(
    (locale) => renderTemplate(compiled, sampleRequest({ locale })).subject,
  )
  expect(subjects).toEqual(['Subject', 'Subiect', 'Subject'])
})
