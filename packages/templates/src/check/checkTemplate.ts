import { DEFAULT_BRAND, type TemplateBrand } from '../brand.ts'
import { compileTemplate } from '../compileTemplate.ts'
import type { Formality } from '../resolveStrings.ts'
import type { TemplateData } from '../templateData.ts'
import { TemplateError } from '../templateError.ts'
import type { TemplateSource } from '../templateSource.ts'
import { checkContrast } from './checkContrast.ts'
import { checkImages } from './checkImages.ts'
import { checkPlaceholders } from './checkLinks.ts'
import { checkRendered } from './checkRendered.ts'
import { checkStrings } from './checkStrings.ts'
import { checkVariables } from './checkVariables.ts'
import { mergeProblems } from './mergeProblems.ts'
import type { TemplateProblem } from './templateProblem.ts'

export interface CheckOptions {
  brand?: TemplateBrand | undefined
  formality?: Formality | undefined
  /** For what it is sent; what the template itself says, else marketing. */
  purposes?: readonly TemplateData['purpose'][] | undefined
  /** The languages that the shop's customers read, besides those that it has. */
  locales?: readonly string[] | undefined
}

function problemOf(error: unknown): TemplateProblem {
  if (!(error instanceof TemplateError)) throw error
  const { line, key, locale = null } = error.place
  const place = { ...(line === undefined ? {} : { line }), ...(key === undefined ? {} : { key }) }
  return { severity: 'error', code: error.code, locale, place, message: error.problem }
}

/**
 * Everything that is wrong with a template, as it stands and as it renders in each language with data of every kind. An
 * error is what no customer should get; a warning may be meant.
 */
export async function checkTemplate(
  source: TemplateSource,
  { brand, formality, purposes, locales = [] }: CheckOptions = {},
): Promise<TemplateProblem[]> {
  const problems: TemplateProblem[] = []
  const gather = async (look: () => TemplateProblem[] | Promise<TemplateProblem[]>) => {
    try {
      problems.push(...(await look()))
    } catch (error) {
      problems.push(problemOf(error))
    }
  }
  await gather(async () => {
    const compiled = await compileTemplate(source, { brand, formality })
    const sentAs = purposes ?? [source.purpose ?? 'marketing']
    return sentAs.flatMap((purpose) => checkRendered(source, compiled, purpose))
  })
  // What has no shape is told of once.
  if (problems.some(({ code }) => code === 'source-invalid')) return problems
  await gather(() => checkVariables(source))
  await gather(() => checkStrings(source, locales))
  await gather(() => checkImages(source.mjml))
  await gather(() => checkPlaceholders(source.mjml))
  await gather(() => checkContrast(brand ?? DEFAULT_BRAND))
  // `missing-string` says it of each of them, and with its line.
  const told = problems.filter(({ code }) => code !== 'string-missing')
  return mergeProblems(told, Object.keys(source.strings))
}
