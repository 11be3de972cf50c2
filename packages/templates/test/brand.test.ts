import { describe, expect, it } from 'vitest'
import {
  compileTemplate,
  DEFAULT_BRAND,
  renderTemplate,
  type TemplateBrand,
  type TemplateSource,
} from '../src/index.ts'
import { minimalSource } from './minimalSource.ts'
import { sampleRequest } from './sampleData.ts'

const BRAND: TemplateBrand = {
  ...DEFAULT_BRAND,
  logoUrl: 'https://shop.example/logo.png?a=1&b="2"',
  logoWidth: 120,
  colours: { ...DEFAULT_BRAND.colours, accent: '#AA1122' },
  fonts: { heading: 'mono', body: 'serif' },
  radius: 4,
  social: [{ network: 'instagram', url: 'https://instagram.com/luna' }],
}

describe('A brand', () => {
  it('is in attributes and styles before MJML looks at them, and in Liquid', async () => {
    const source = minimalSource({
      head: '<mj-style>h1 { font-family: {{ brand.headingFont }} }</mj-style>',
      body: `<mj-button background-color="{{ brand.accent }}" border-radius="{{brand.radius}}px" href="{{ shop.url }}">Go</mj-button>
        <mj-table><tr><td>{% if brand.logoUrl != blank %}<img src="{{ brand.logoUrl }}" width="{{ brand.logoWidth }}" alt="Luna">{% endif %}
        {% for one in brand.social %}{{ one.network }} {{ one.url }}{% endfor %} {{ brand.accent | upcase }}</td></tr></mj-table>`,
    })
    const { html } = renderTemplate(await compileTemplate(source, { brand: BRAND }), sampleRequest())
    expect(html).toContain('bgcolor="#AA1122"')
    expect(html).toMatch(/border-radius:4px/)
    expect(html).toContain('font-family: Menlo, Consolas, monospace')
    expect(html).toContain('src="https://shop.example/logo.png?a=1&amp;b=&#34;2&#34;" width="120"')
    expect(html).toContain('instagram https://instagram.com/luna #AA1122')
    expect(html).not.toContain('{{')
    const plain = renderTemplate(await compileTemplate(source), sampleRequest()).html
    expect(plain).toContain(`bgcolor="${DEFAULT_BRAND.colours.accent}"`)
    expect(plain).not.toContain('logo.png')
  })

  it.each(['red', '#fff', '#12345g', '#0f6b60"><script>', '{{ x }}'])('has no colour %s', async (accent) => {
    const brand = { ...BRAND, colours: { ...BRAND.colours, accent } }
    await expect(compileTemplate(minimalSource(), { brand })).rejects.toThrow(
      'expected a colour such as #0f6b60',
    )
  })
})

describe('A form of address', () => {
  const source: TemplateSource = {
    ...minimalSource({ body: "<mj-text>{{ 'hello' | t }} {{ 'bye' | t }}</mj-text>" }),
    strings: {
      en: { subject: 's', preheader: 'p', hello: 'Hi', bye: 'Bye' },
      es: { hello: 'Hola, ¿cómo estás?' },
      pl: { hello: 'Cześć' },
    },
    formal: { en: { bye: 'Good bye' }, es: { hello: 'Buenos días, ¿cómo está?' } },
  }
  it.each([
    ['informal', 'es', 'Hola, ¿cómo estás? Bye'],
    ['formal', 'es', 'Buenos días, ¿cómo está? Good bye'],
    ['formal', 'pl', 'Cześć Good bye'],
    ['informal', 'en', 'Hi Bye'],
  ] as const)('that is %s, in %s', async (formality, locale, text) => {
    const compiled = await compileTemplate(source, { formality })
    expect(renderTemplate(compiled, sampleRequest({ locale })).text).toContain(text)
  })
})

describe('The language of a mail', () => {
  const strings = { subject: 's', preheader: 'p' }
  const inLanguages = (...locales: string[]) => ({
    ...minimalSource({
      body: `<mj-table><tr><td align="{{ end }}">{{ start }} {{ event.points | plural: one: '# punkt', few: '# punkty', other: '# pkt' }}</td></tr></mj-table>`,
    }),
    strings: Object.fromEntries(locales.map((locale) => [locale, strings])),
  })
  it.each([
    [['en', 'ar'], 'ar-EG', undefined, 'ar', 'rtl', 'left'],
    [['en', 'he'], 'he', undefined, 'he', 'rtl', 'left'],
    [['en', 'pl'], 'pl_PL', undefined, 'pl', 'ltr', 'right'],
    [['en', 'de'], 'fr', 'de-AT', 'de', 'ltr', 'right'],
    [['en', 'de'], 'fr', 'it', 'en', 'ltr', 'right'],
    [['pl', 'de'], 'fr', 'it', 'de', 'ltr', 'right'],
    [['en'], '', undefined, 'en', 'ltr', 'right'],
  ])(
    'of %j for %s, else %s, is %s, with dir and sides',
    async (locales, locale, fallback, lang, dir, end) => {
      const data = { ...sampleRequest().data, event: { points: 22 } }
      const mail = renderTemplate(
        await compileTemplate(inLanguages(...locales)),
        sampleRequest({ locale, fallback, data }),
      )
      expect(mail.locale).toBe(lang)
      expect(mail.html).toMatch(new RegExp(`<html[^>]* lang="${lang}" dir="${dir}"`))
      expect(mail.html).toContain(`align="${end}"`)
      if (lang === 'pl') expect(mail.text).toContain('22 punkty')
    },
  )
})
