import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compileTemplate,
  renderTemplate,
  TemplateData,
  TemplateError,
  type CompiledTemplate,
  type RenderedMail,
  type RenderRequest,
} from '../src/index.ts'
import { minimalSource } from './minimalSource.ts'
import { sampleData, sampleRequest } from './sampleData.ts'

async function renderBody(body: string, request: Partial<RenderRequest> = {}): Promise<RenderedMail> {
  return renderTemplate(await compileTemplate(minimalSource({ body })), sampleRequest(request))
}

function hrefs(html: string): string[] {
  return [...html.matchAll(/\shref="([^"]*)"/g)].map(([, href = '']) => href)
}

describe('links', () => {
  const mark = (url: string): string => `https://t.example/?to=${url}`
  const cases: [written: string, passed: string[], shown: string][] = [
    ['{{ shop.url }}', ['https://shop.example'], 'https://t.example/?to=https://shop.example'],
    [
      '{{ shop.url }}/products?a=1&amp;b=2',
      ['https://shop.example/products?a=1&b=2'],
      'https://t.example/?to=https://shop.example/products?a=1&amp;b=2',
    ],
    [
      "{{ shop.url | append: '/new' }}",
      ['https://shop.example/new'],
      'https://t.example/?to=https://shop.example/new',
    ],
    [
      "{{ shop.url }}/{{ 'slug' | t }}",
      ['https://shop.example/news'],
      'https://t.example/?to=https://shop.example/news',
    ],
    ['https://other.example/', ['https://other.example/'], 'https://t.example/?to=https://other.example/'],
    ['{{ urls.confirm }}', [], 'https://mail.example/confirm/token'],
    ['{{urls.unsubscribe}}', [], 'https://mail.example/u/token'],
    ['{{ urls.preferences }}', [], 'https://mail.example/p/token'],
    ['mailto:{{ customer.email }}', [], 'mailto:zofia@customer.example'],
    ['tel:+34600000000', [], 'tel:+34600000000'],
    ['#top', [], '#top'],
    ['{{ nothing }}', [], '#'],
    ['javascript:alert(1)', [], '#'],
    ["{{ 'JAVA' | append: 'script:alert(1)' }}", [], '#'],
  ]
  test.each(cases)('%s', async (written, passed, shown) => {
    const seen: string[] = []
    const source = minimalSource({
      body: `<mj-button href="${written}">Go</mj-button>`,
      strings: { en: { subject: 's', preheader: 'p', slug: 'news' } },
    })
    const link = (url: string): string => {
      seen.push(url)
      return mark(url)
    }
    const { html, text } = renderTemplate(await compileTemplate(source), sampleRequest({ link }))
    expect(seen).toEqual(passed)
    expect(hrefs(html)).toEqual([shown])
    if (!shown.startsWith('#')) expect(text).toContain(`Go\n${shown.replaceAll('&amp;', '&')}`)
  })

  test('are found in text, images and single quotes, and the same URL is rewritten once', async () => {
    const seen: string[] = []
    const link = (url: string): string => {
      seen.push(url)
      return mark(url)
    }
    const { html } = await renderBody(
      `<mj-text><a title="a > b" href='{{ shop.url }}/a'>A</a> and <a href="{{ shop.url }}/b">B</a></mj-text>
       <mj-image src="https://shop.example/i.png" alt="i" href="{{ shop.url }}/a" />`,
      { link },
    )
    expect(seen).toEqual(['https://shop.example/a', 'https://shop.example/b'])
    expect(hrefs(html)).toEqual(
      ['a', 'b', 'a'].map((page) => `https://t.example/?to=https://shop.example/${page}`),
    )
    expect(html).toContain('src="https://shop.example/i.png"')
  })

  test('in a loop see the variables of the loop, even one named like the data', async () => {
    const { html, text } = await renderBody(
      `<mj-text>{% assign pages = 'x,y' | split: ',' %}{% for shop in pages %}<a href="https://a.example/{{ shop }}">{{ shop }}</a> {% endfor %}</mj-text>`,
      { link: mark },
    )
    expect(hrefs(html)).toEqual([
      'https://t.example/?to=https://a.example/x',
      'https://t.example/?to=https://a.example/y',
    ])
    expect(text).toContain('x <https://t.example/?to=https://a.example/x>')
  })

  test('that were rewritten are escaped like any other value', async () => {
    const { html } = await renderBody('<mj-button href="{{ shop.url }}">Go</mj-button>', {
      link: () => 'https://x/"><script>',
    })
    expect(hrefs(html)).toEqual(['https://x/&#34;&gt;&lt;script&gt;'])
  })
})

describe('customer data', () => {
  const source = minimalSource({
    body: `<mj-text>{{ 'hello' | t }} / {{ customer.firstName | append: '.' }}</mj-text>
           <mj-image src="https://shop.example/i.png" alt="{{ customer.firstName }}" />`,
    strings: {
      en: {
        subject: 'For {{ customer.firstName }}',
        preheader: '{{ customer.firstName }}!',
        hello: 'A & B: {{ customer.firstName }}',
      },
    },
  })
  const forName = (compiled: CompiledTemplate, firstName: string): RenderedMail => {
    return renderTemplate(
      compiled,
      sampleRequest({ data: sampleData({ customer: { firstName, email: 'x@y.example' } }) }),
    )
  }

  test('is inert in HTML and literal in text and subject', async () => {
    const mail = forName(await compileTemplate(source), `<script>alert(1)</script>"'&`)
    const escaped = '&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;'
    expect(mail.html).not.toContain('<script')
    expect(mail.html).toContain(`A &amp; B: ${escaped} / ${escaped}.`)
    expect(mail.html).toContain(`alt="${escaped}"`)
    expect(mail.html).toContain(`<title>For ${escaped}</title>`)
    expect(mail.text).toContain(`A & B: <script>alert(1)</script>"'& / <script>alert(1)</script>"'&.`)
    expect(mail.subject).toBe(`For <script>alert(1)</script>"'&`)
  })

  test('is never read as Liquid', async () => {
    const mail = forName(await compileTemplate(source), '{{ shop.name }}{% assign x = 1 %}')
    for (const part of [mail.html, mail.text, mail.subject, mail.preheader]) {
      expect(part).toContain('{{ shop.name }}{% assign x = 1 %}')
      expect(part).not.toContain('Luna')
    }
  })

  test('cannot break the lines of subject and preheader', async () => {
    const mail = forName(await compileTemplate(source), 'Eve\r\nBcc: all@example.com\n\n\u2028\u0085\u0000 x')
    expect(mail.subject).toBe('For Eve Bcc: all@example.com x')
    expect(mail.preheader).toBe('Eve Bcc: all@example.com x!')
  })

  test('of very many blanks takes no time to speak of', async () => {
    const compiled = await compileTemplate(source)
    const started = performance.now()
    const { text } = forName(compiled, `${' '.repeat(300_000)}x`)
    expect(text).toContain(' x')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('of any kind leaves the tags of the HTML as they are', async () => {
    const compiled = await compileTemplate(source)
    const tags = (html: string): string[] => html.replace(/"[^"]*"/g, '""').match(/<[^>]*>/g) ?? []
    const expected = tags(forName(compiled, 'Zofia').html)
    const seed = Date.now()
    const character = fc.constantFrom(
      ...'< > & " \' {{ }} {% %} | / \\ \r \n \0 -- ! a ą \u2028'.split(' '),
      ' ',
    )
    const name = fc.oneof(
      fc.string(),
      fc.array(character).map((characters) => characters.join('')),
    )
    fc.assert(
      fc.property(name, (firstName) => {
        const mail = forName(compiled, firstName)
        expect(tags(mail.html)).toEqual(expected)
        expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      }),
      { seed, numRuns: 300 },
    )
  })

  test.each([
    '{{ customer.constructor }}',
    "{{ customer['toString'] }}",
    "{{ customer.firstName['trim'] }}",
    "{{ shop['__proto__']['toString'] }}",
  ])('is reachable by its own properties only: %s', async (liquid) => {
    const { text } = await renderBody(`<mj-text>[${liquid}]</mj-text>`)
    expect(text).toContain('[]')
  })
})

describe('variables', () => {
  test('that are unknown render empty', async () => {
    const { text } = await renderBody(
      '<mj-text>[{{ unknown }}{{ customer.unknown }}{{ unknown.deep.path }}]</mj-text>',
    )
    expect(text).toContain('[]')
  })

  test.each(['{{ unknown }}', '{{ customer.unknown }}'])(
    'that are unknown throw in a strict render: %s',
    async (liquid) => {
      const compiled = await compileTemplate(
        minimalSource({ name: 'strict', body: `<mj-text>${liquid}</mj-text>` }),
      )
      expect(() => renderTemplate(compiled, sampleRequest({ strict: true }))).toThrow(
        /^template "strict", locale "en": undefined variable/,
      )
    },
  )

  test('that are optional may be asked for in a strict render', async () => {
    const { text } = await renderBody(
      '<mj-text>[{% if urls.open %}x{% endif %}{% if shop.slogan != blank %}y{% endif %}]</mj-text>',
      { strict: true },
    )
    expect(text).toContain('[]')
  })

  test('assigned in a template are seen, and do not leak from one part or render to another', async () => {
    const compiled = await compileTemplate(
      minimalSource({ body: `<mj-text>[{{ seen }}{% assign seen = 'x' %}{{ seen }}]</mj-text>` }),
    )
    for (const mail of [1, 2].map(() => renderTemplate(compiled, sampleRequest()))) {
      expect(mail.html).toContain('[x]')
      expect(mail.text).toContain('[x]')
    }
  })

  test('of the data can be redefined by a template', async () => {
    const { html } = await renderBody(`<mj-text>{% assign shop = customer %}[{{ shop.email }}]</mj-text>`)
    expect(html).toContain('[zofia@customer.example]')
  })
})

describe('a template that would run for ever or fill the memory is stopped', () => {
  const loop = (body: string): string => `{% for a in list %}${body}{% endfor %}`
  const endless: [what: string, limit: string, liquid: string][] = [
    [
      'loops in loops',
      'template render',
      `{% assign list = 'x,x,x,x,x,x,x,x,x,x' | split: ',' %}${loop(loop(loop(loop(loop(loop(loop(loop(loop('x')))))))))}`,
    ],
    ['a huge range', 'memory alloc', '{% for a in (1..1000000000) %}x{% endfor %}'],
    [
      'a string that doubles',
      'memory alloc',
      "{% assign s = 'xxxxxxxxxx' %}{% for a in (1..60) %}{% assign s = s | append: s %}{% endfor %}",
    ],
  ]
  test.each(endless)('%s, by the %s limit', async (_what, limit, liquid) => {
    const compiled = await compileTemplate(
      minimalSource({ name: 'endless', body: `<mj-text>${liquid}</mj-text>` }),
    )
    const started = performance.now()
    const error = expectTemplateError(() => renderTemplate(compiled, sampleRequest()))
    expect(error.code).toBe('limit-exceeded')
    const place = 'template "endless", locale "en"'
    expect(error.message).toBe(
      `${place}: ${limit} limit exceeded; expected at most 500 ms and 1000000 items per part`,
    )
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('that a pause of the machine has used up does not cost a mail', async () => {
    const compiled = await compileTemplate(
      minimalSource({
        body: '<mj-text><a href="https://shop.example">{{ shop.name }}</a> {{ shop.name }}</mj-text>',
      }),
    )
    let pauses = 0
    const link = (url: string): string => {
      pauses += 1
      if (pauses === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600)
      return url
    }
    expect(renderTemplate(compiled, sampleRequest({ link })).html).toContain('https://shop.example')
    expect(pauses).toBe(1)
  })
})

describe('the open pixel', () => {
  test('is in the HTML once if there is a URL for it, and never in the text', async () => {
    const urls = { ...sampleData().urls, open: 'https://mail.example/o/a?b=1&c=2' }
    const { html, text } = await renderBody('', { data: sampleData({ urls }) })
    expect(html.match(/<img\b[^>]*>/g)).toEqual([
      expect.stringMatching(/src="https:\/\/mail\.example\/o\/a\?b=1&amp;c=2" width="1" height="1" alt=""/),
    ])
    expect(text).not.toContain('/o/')
  })

  test('is absent otherwise', async () => {
    expect((await renderBody('')).html).not.toContain('<img')
  })
})

test('a marketing mail without an unsubscribe link is refused, a transactional one is not', async () => {
  const compiled = await compileTemplate(minimalSource())
  const error = expectTemplateError(() =>
    renderTemplate(compiled, sampleRequest({ data: sampleData({ urls: {} }) })),
  )
  expect(error.code).toBe('unsubscribe-missing')
  const data = sampleData({ urls: {}, purpose: 'transactional' })
  expect(renderTemplate(compiled, sampleRequest({ data })).subject).toBe('Subject')
})

describe('the schema of the data', () => {
  test('takes the slash from the end of the shop URL', () => {
    const data = sampleData({ shop: { name: 'Luna', url: 'https://shop.example/' } })
    expect(TemplateData.parse(data).shop.url).toBe('https://shop.example')
  })

  test.each(['javascript:alert(1)', 'shop.example', 'ftp://shop.example'])('refuses %s as a URL', (url) => {
    expect(TemplateData.safeParse(sampleData({ shop: { name: 'Luna', url } })).success).toBe(false)
    expect(TemplateData.safeParse(sampleData({ urls: { unsubscribe: url } })).success).toBe(false)
  })
})

function expectTemplateError(run: () => unknown): TemplateError {
  try {
    run()
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
  return expect.fail('nothing was thrown')
}
