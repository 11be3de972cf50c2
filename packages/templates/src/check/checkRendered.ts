import type { CompiledTemplate } from '../compiledTemplate.ts'
import { escapeHtml } from '../escapeHtml.ts'
import { renderTemplate, type RenderedMail } from '../renderTemplate.ts'
import type { TemplateData } from '../templateData.ts'
import { TemplateError } from '../templateError.ts'
import type { TemplateSource } from '../templateSource.ts'
import { hrefsOf, linesOfLinks, linkProblem } from './checkLinks.ts'
import { lineOfStrike, struckTexts } from './checkPrices.ts'
import { sampleMails, type SampleMail } from './sampleMails.ts'
import type { TemplateProblem } from './templateProblem.ts'

/** Gmail cuts a mail near 102 KB, and with it the link to unsubscribe by. */
const MOST_BYTES = 90 * 1024
/** As long as our signed links are. */
const TOKEN = 'x'.repeat(220)

const placeOf = (line: number | undefined) => (line === undefined ? {} : { line })

/** The links to pages of ours that this mail does not have, such as the one to unsubscribe by in an order's mail. */
function missingPages(
  { mjml }: TemplateSource,
  html: string,
  { data }: SampleMail,
): { line: number; href: string }[] {
  if (!/\shref=""/.test(html)) return []
  const urls = new Map(Object.entries(data.urls))
  return hrefsOf(mjml).filter(({ href }) => {
    const name = /^\{\{-?\s*urls\.(\w+)/.exec(href)?.[1]
    return name !== undefined && !urls.has(name)
  })
}

/** What is wrong with a template as it renders, with data of every kind, in each of its languages. */
export function checkRendered(
  source: TemplateSource,
  compiled: CompiledTemplate,
  purpose: TemplateData['purpose'],
): TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const lines = linesOfLinks(source.mjml, compiled.linkSources)

  // What is so with one sample is so with others: it is told of once.
  const told = new Set<string>()

  const look = (locale: string, sample: SampleMail) => {
    const { data } = sample
    const isBare = data.order === undefined
    const report = (
      problem: Omit<TemplateProblem, 'locale' | 'severity'>,
      {
        severity = 'error',
        about = problem.message,
      }: { severity?: 'error' | 'warning'; about?: string } = {},
    ) => {
      const key = [locale, problem.code, problem.place.line, about].join('\n')
      if (!told.has(key)) problems.push({ severity, locale, ...problem })
      told.add(key)
    }
    let mail: RenderedMail
    const broken = new Set<string>()
    try {
      mail = renderTemplate(compiled, {
        locale,
        data,
        link: (url) => {
          const problem = linkProblem(url)
          if (problem !== undefined) broken.add(`${url}: ${problem}`)
          return `https://mail.example/c/${TOKEN}`
        },
        onDeadLink: (index, url) => {
          const written = compiled.linkSources[index] ?? ''
          const message = `href="${written}" leads nowhere with ${sample.name}: given "${url}", expected an http(s) address`
          // With nothing but an address it may be meant: the data always brings it.
          report(
            { code: 'broken-link', place: placeOf(lines[index]), message },
            { severity: isBare && url === '' ? 'warning' : 'error', about: written },
          )
        },
      })
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      const message = `with ${sample.name}: ${error.problem}`
      report({ code: error.code, place: {}, message }, { about: error.problem })
      return
    }
    for (const message of broken) report({ code: 'broken-link', place: {}, message: `the link ${message}` })
    for (const [, href = ''] of mail.html.matchAll(/\shref="(mailto:[^"]*)"/gi)) {
      const problem = linkProblem(href)
      if (problem !== undefined)
        report({ code: 'broken-link', place: {}, message: `the link ${href}: ${problem}` })
    }
    for (const { line, href } of missingPages(source, mail.html, sample))
      report({
        code: 'broken-link',
        place: { line },
        message: `href="${href}" leads nowhere in ${purpose} mails; expected {% if %} around it`,
      })
    const bytes = Buffer.byteLength(mail.html)
    if (bytes > MOST_BYTES) {
      const message = `the HTML has ${Math.ceil(bytes / 1024)} KB with ${sample.name}; expected at most ${MOST_BYTES / 1024}, since mail clients cut what is longer`
      report({ code: 'too-large', place: {}, message }, { about: '' })
    }
    if (purpose === 'marketing' && !hasUnsubscribe(mail, data))
      report({
        code: 'missing-unsubscribe',
        place: {},
        message:
          'there is no link to unsubscribe by; expected href="{{ urls.unsubscribe }}" in every marketing mail',
      })
    for (const message of checkStruck(mail.html, data))
      report(
        { code: 'strike-without-lowest', place: placeOf(lineOfStrike(source.mjml)), message },
        { about: '' },
      )
  }

  for (const locale of compiled.parts.keys()) for (const sample of sampleMails(purpose)) look(locale, sample)
  return problems
}

/** Whether whoever reads the mail can unsubscribe by it. */
export function hasUnsubscribe({ html }: RenderedMail, { urls }: TemplateData): boolean {
  return urls.unsubscribe !== undefined && html.includes(`href="${escapeHtml(urls.unsubscribe)}"`)
}

function checkStruck(html: string, { products = [], event = {} }: TemplateData): string[] {
  const struck = struckTexts(html)
  if (struck.length === 0) return []
  const lowest = [...products.map(({ lowestPrice30d }) => lowestPrice30d), event['lowest_price_30d']].filter(
    (price) => price !== undefined,
  )
  if (lowest.some((price) => html.includes(escapeHtml(String(price))))) return []
  return [
    `${struck[0]} is struck through without the lowest price of the 30 days before; expected lowestPrice30d beside it, and neither where it is not known`,
  ]
}
