import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRenderPool, type RenderPool, type TemplateSource } from '../src/index.ts'
import { minimalSource } from './minimalSource.ts'
import { sampleData, sampleRequest } from './sampleData.ts'

const CANARY = 'canary-5f2b7c-of-the-environment'
const DEADLINE = 2_000

let pool: RenderPool

beforeAll(() => {
  process.env['CICLO_TEST_CANARY'] = CANARY
  pool = createRenderPool({ processes: 1, deadline: DEADLINE, memory: 96 })
})
afterAll(async () => {
  delete process.env['CICLO_TEST_CANARY']
  await pool.stop()
})

const FOOTER = '<mj-text><a href="{{ urls.unsubscribe }}">Unsubscribe</a></mj-text>'
const templateOf = (body: string, more: Partial<TemplateSource> = {}) => ({
  ...minimalSource({ body: `${body}${FOOTER}` }),
  ...more,
})
const render = (source: TemplateSource, request = sampleRequest()) => pool.render(source, {}, request)

/** What everybody else gets meanwhile. */
const expectAlive = async () => {
  const { text } = await render(templateOf('<mj-text>Hello {{ customer.firstName }}</mj-text>'))
  expect(text).toContain('Hello Zofia')
}

describe('a template that a shop has written itself', () => {
  it('renders like a shipped one, its links signed by whoever asked', async () => {
    const seen: string[] = []
    const link = (url: string) => `https://mail.example/c/${seen.push(url)}?a=1&b=2`
    const body = `<mj-button href="{{ shop.url }}/new?x=1&amp;y=2">New</mj-button><mj-text><a href="{{ shop.url }}">Shop</a></mj-text>`
    const { html, text, subject } = await render(templateOf(body), sampleRequest({ link }))
    expect(subject).toBe('Subject')
    expect(seen).toEqual(['https://shop.example/new?x=1&y=2', 'https://shop.example'])
    expect(html).toContain('href="https://mail.example/c/1?a=1&amp;b=2"')
    expect(text).toContain('New\nhttps://mail.example/c/1?a=1&b=2')
    for (const part of [html, text]) expect(part).not.toContain('link.invalid')
  })

  it('is not sent as marketing without a link to unsubscribe by', async () => {
    await expect(render(minimalSource())).rejects.toMatchObject({ code: 'unsubscribe-missing' })
    const data = sampleData({ purpose: 'transactional', urls: {} })
    expect((await render(minimalSource(), sampleRequest({ data }))).subject).toBe('Subject')
  })

  it('says where it is wrong as it does elsewhere', async () => {
    await expect(render(templateOf('<mj-nonsense />'))).rejects.toMatchObject({
      code: 'mjml-invalid',
      place: { template: 'minimal', line: expect.any(Number) as unknown },
    })
    const problems = await pool.check(templateOf('<mj-text>{{ customer.age }}</mj-text>'), {})
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'unknown-variable', severity: 'error', place: { line: 7 } }),
    )
  })
})

describe('is stopped, and nobody else with it', () => {
  const repeat = (text: string, times: number) => text.repeat(times)
  const cases: [string, () => TemplateSource, RegExp][] = [
    // Each of the tags is looked at to the end of the document.
    ['an endless loop', () => templateOf('', { mjml: repeat('<mj-a ', 33_000) }), /^stopped$/],
    [
      'a memory bomb',
      () => {
        const strings = { en: { subject: 's', preheader: 'p', x: repeat('x', 20_000) } }
        return { ...minimalSource({ body: `<mj-text>${repeat("{{'x'|t}}", 20_000)}</mj-text>` }), strings }
      },
      /^stopped$/,
    ],
    [
      'a text that doubles sixty times',
      () =>
        templateOf(
          `<mj-text>{% assign s = 'xxxxxxxxxx' %}{% for a in (1..60) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}{{ s }}</mj-text>`,
        ),
      /^(limit-exceeded|render-failed)$/,
    ],
    [
      'a mail far larger than any',
      () => templateOf(`<mj-text>{% for a in (1..1500) %}${repeat('x', 1_000)}{% endfor %}</mj-text>`),
      /^limit-exceeded$/,
    ],
    [
      'a deep recursion of MJML',
      () => templateOf(`${repeat('<mj-section>', 6_000)}${repeat('</mj-section>', 6_000)}`),
      /^(stopped|mjml-invalid|render-failed)$/,
    ],
    [
      'a deep recursion of Liquid',
      () => templateOf(`<mj-text>${repeat('{% if a %}', 7_000)}${repeat('{% endif %}', 7_000)}</mj-text>`),
      /^(stopped|liquid-invalid|render-failed|limit-exceeded)$/,
    ],
  ]
  it.each(cases)('%s', async (_what, source, code) => {
    await expect(render(source())).rejects.toMatchObject({ code: expect.stringMatching(code) as unknown })
    await expectAlive()
  })
})

/** The environments and arguments of the processes that this one has started for templates. */
function startedProcesses(): { environment: string; argv: string }[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      const [, parent] = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
      const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      if (parent !== String(process.pid) || !argv.includes('renderWorker')) return []
      return [{ environment: readFileSync(`/proc/${pid}/environ`, 'utf8'), argv }]
    } catch {
      // It has ended meanwhile.
      return []
    }
  })
}

it.runIf(process.platform === 'linux')(
  'runs where there is no environment, and files may not be read',
  async () => {
    await expectAlive()
    const started = startedProcesses()
    expect(started).not.toEqual([])
    for (const { environment, argv } of started) {
      expect(environment).not.toContain(CANARY)
      expect(environment).not.toContain('PATH=')
      expect(argv).toContain('--permission')
    }
  },
)

describe('finds nothing of the machine it runs on', () => {
  // After CVE-2025-49136 (functions of a template engine that read the environment), and what other engines fell for.
  const payloads = [
    '{{ env }}{{ environment }}{{ process }}{{ process.env }}{{ global }}{{ globalThis }}{{ this }}',
    "{{ 'CICLO_TEST_CANARY' | env }}",
    "{{ env 'CICLO_TEST_CANARY' }}",
    '{{ process.env.CICLO_TEST_CANARY }}',
    "{{ customer.constructor.constructor('return process.env')() }}",
    "{{ customer['constructor']['constructor'] }}",
    "{{ customer['__proto__'] }}{{ products['__proto__']['constructor'] }}",
    "{{ 'x'.constructor.prototype }}{{ shop.name.constructor }}",
    "{% assign customer.__proto__.polluted = 'yes' %}{{ polluted }}",
    '{% assign __proto__ = shop %}{{ __proto__.constructor }}',
    "{{ '/proc/self/environ' | file }}",
    "{% include '/proc/self/environ' %}",
    "{% render '../../../../../../proc/self/environ' %}",
    "{% layout '/etc/passwd' %}",
    '{% raw %}{{ process.env }}{% endraw %}',
    '{{ shop | inspect }}{{ customer | json }}{{ forloop }}{{ self }}{{ context }}{{ registers }}',
    "{{ shop | map: 'constructor' }}{{ products | where_exp: 'p', 'p.constructor' }}",
    '{{ 0 | trackedLink }}{{ 99 | trackedLink }}',
    '{{ customer.email | date: process.env }}',
    "<a href=\"{{ 'java' | append: 'script:alert(1)' }}\">x</a>",
    '<mj-include path="/proc/self/environ" />',
    '</mj-text><mj-include path="/etc/passwd" type="html" /><mj-text>',
    '{{"{{"}} process.env {{"}}"}}',
    '${process.env.CICLO_TEST_CANARY}<%= process.env.CICLO_TEST_CANARY %>#{process.env}',
  ]
  it.each(payloads)('%s', async (payload) => {
    const outcome = await render(templateOf(`<mj-text>[${payload}]</mj-text>`)).catch(
      (error: unknown) => error,
    )
    const said = outcome instanceof Error ? outcome.message : JSON.stringify(outcome)
    expect(said).not.toContain(CANARY)
    expect(said).not.toMatch(/root:x:|PATH=|native code|\[Function|javascript:alert/)
    if (!(outcome instanceof Error)) expect(Object.prototype).not.toHaveProperty('polluted')
  })
})
