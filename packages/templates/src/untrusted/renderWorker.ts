import { checkTemplate } from '../check/checkTemplate.ts'
import { compileTemplate } from '../compileTemplate.ts'
import type { CompiledTemplate } from '../compiledTemplate.ts'
import { loadMjml } from '../loadMjml.ts'
import { TemplateError } from '../templateError.ts'
import { renderGuarded } from './renderGuarded.ts'
import type { RenderAnswer, RenderTask } from './renderProtocol.ts'

/** So many compiled templates are kept: a few hundred kilobytes each. */
const KEPT = 50

const compiled = new Map<string, Promise<CompiledTemplate>>()

function compileOnce({
  key,
  source,
  options,
}: RenderTask & { kind: 'render' }): Promise<CompiledTemplate> | undefined {
  const known = compiled.get(key)
  if (known !== undefined || source === null) return known
  if (compiled.size >= KEPT) for (const [oldest] of [...compiled].slice(0, 1)) compiled.delete(oldest)
  const compiling = compileTemplate(source, options)
  compiled.set(key, compiling)
  return compiling
}

async function carryOut(task: RenderTask): Promise<RenderAnswer> {
  if (task.kind === 'check')
    return { kind: 'checked', problems: await checkTemplate(task.source, task.options) }
  const { mark, request } = task
  const template = await compileOnce(task)
  if (template === undefined) return { kind: 'forgotten' }
  const links: string[] = []
  const link = (url: string) => `${mark}${links.push(url) - 1}.`
  const mail = renderGuarded(template, { ...request, link }, links)
  return { kind: 'rendered', mail, links }
}

function failureOf(error: unknown, { name }: RenderTask): RenderAnswer {
  if (error instanceof TemplateError)
    return { kind: 'failed', code: error.code, place: error.place, problem: error.problem }
  const problem = error instanceof Error ? error.message : String(error)
  return { kind: 'failed', code: 'render-failed', place: { template: name }, problem }
}

const say = (answer: RenderAnswer) => process.send?.(answer)

process.on('message', (task: RenderTask) => {
  carryOut(task)
    .catch((error: unknown) => failureOf(error, task))
    .then(say, () => process.exit(1))
})
// Whoever has started it is gone.
process.on('disconnect', () => process.exit(0))

await loadMjml()
say({ kind: 'ready' })
