import { createHash, randomUUID } from 'node:crypto'
import type { CheckOptions } from '../check/checkTemplate.ts'
import type { TemplateProblem } from '../check/templateProblem.ts'
import type { CompileOptions } from '../compileTemplate.ts'
import { escapeHtml } from '../escapeHtml.ts'
import type { RenderedMail, RenderRequest } from '../renderTemplate.ts'
import { TemplateError } from '../templateError.ts'
import type { TemplateSource } from '../templateSource.ts'
import { RenderProcessEnded, startRenderProcess, type RenderProcess } from './renderProcess.ts'
import type { RenderAnswer, RenderTask } from './renderProtocol.ts'

/** What shops have written themselves is compiled, rendered and checked here, and nowhere else. */
export interface RenderPool {
  /** As `compileTemplate` and `renderTemplate` together. Throws `TemplateError`, also with the code `stopped`. */
  render(source: TemplateSource, options: CompileOptions, request: RenderRequest): Promise<RenderedMail>
  /** As `checkTemplate`; a template that is stopped has that as its problem. */
  check(source: TemplateSource, options: CheckOptions): Promise<TemplateProblem[]>
  stop(): Promise<void>
}

export interface RenderPoolOptions {
  /** How many templates are worked on at a time. */
  processes?: number
  /** Milliseconds that one task may take, its compiling included. */
  deadline?: number
  /** Megabytes of heap of each. */
  memory?: number
  /** Milliseconds that only go forward. */
  now?: () => number
}

/** A template that was stopped so often in a row is left alone for a while: each time costs the whole deadline. */
const MOST_STOPS = 3
/** After so long it is tried again: it may have been the machine that was short of time or memory. */
const LEFT_ALONE = 10 * 60_000

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64url')

/** By the object: a template that is in use is the same one from mail to mail. */
function createKeys() {
  const known = new WeakMap<TemplateSource, string>()
  return (source: TemplateSource, { brand, formality }: CompileOptions): string => {
    const own = known.get(source) ?? hash(source)
    known.set(source, own)
    return hash([own, brand, formality])
  }
}

/**
 * A pool of processes that are used again and again, started when they are first needed. What takes too long or too much
 * memory is killed with its process, and the next task gets a new one.
 */
export function createRenderPool({
  processes = 2,
  deadline = 5_000,
  memory = 160,
  now = () => performance.now(),
}: RenderPoolOptions = {}): RenderPool {
  const idle: RenderProcess[] = []
  const waiting: ((process: RenderProcess) => void)[] = []
  const all = new Set<RenderProcess>()
  const stops = new Map<string, { count: number; at: number }>()
  const keyOf = createKeys()
  let isStopped = false

  const start = () => {
    const process = startRenderProcess(memory)
    all.add(process)
    return process
  }
  const take = (): Promise<RenderProcess> | RenderProcess => {
    const free = idle.pop()
    if (free) return free
    if (all.size < processes) return start()
    return new Promise((resolve) => {
      waiting.push(resolve)
    })
  }
  const giveBack = (process: RenderProcess) => {
    if (!process.isAlive()) all.delete(process)
    const next = waiting.shift()
    if (next) next(process.isAlive() ? process : start())
    else if (process.isAlive()) idle.push(process)
  }
  const ask = async (task: RenderTask): Promise<RenderAnswer> => {
    if (isStopped) throw new Error('The pool has been stopped')
    let process = await take()
    // One that nobody was asking may have ended meanwhile.
    if (!process.isAlive()) {
      all.delete(process)
      process = start()
    }
    try {
      if (task.kind === 'check') return await process.ask(task, deadline)
      const isTold = process.told.has(task.key)
      process.told.add(task.key)
      const answer = await process.ask(isTold ? { ...task, source: null } : task, deadline)
      return answer.kind === 'forgotten' ? await process.ask(task, deadline) : answer
    } finally {
      giveBack(process)
    }
  }
  const stoppedError = ({ name: template }: TemplateSource, why: string) => {
    const problem = `was stopped: it ${why}; expected a template that is done within ${deadline} ms and ${memory} MB`
    return new TemplateError('stopped', { template }, problem)
  }

  return {
    render: async (source, options, { link, data, locale, fallback, strict }) => {
      const key = keyOf(source, options)
      const stopped = stops.get(key)
      if (stopped && now() - stopped.at >= LEFT_ALONE) stops.delete(key)
      else if (stopped && stopped.count >= MOST_STOPS)
        throw stoppedError(source, `was stopped ${MOST_STOPS} times in a row, and is left alone for a while`)
      // Nobody can guess it: a template that writes one of these itself would only name a link of its own.
      const mark = `https://link.invalid/${randomUUID()}/`
      const request = { data, locale, fallback, strict: strict ?? false }
      let answer: RenderAnswer
      try {
        answer = await ask({ kind: 'render', name: source.name, source, options, key, request, mark })
      } catch (error) {
        if (!(error instanceof RenderProcessEnded) || isStopped) throw error
        stops.set(key, { count: (stops.get(key)?.count ?? 0) + 1, at: now() })
        throw stoppedError(source, error.message)
      }
      stops.delete(key)
      if (answer.kind === 'failed') throw new TemplateError(answer.code, answer.place, answer.problem)
      if (answer.kind !== 'rendered') throw new Error(`The process has answered ${answer.kind}`)
      const { mail, links } = answer
      const urls = links.map((url) => (/^https?:\/\//i.test(url) ? link(url) : '#'))
      const marked = new RegExp(`${mark}(\\d+)\\.`, 'g')
      const put = (part: string, write: (url: string) => string) =>
        part.replace(marked, (_whole, index: string) => write(urls[Number(index)] ?? '#'))
      return { ...mail, html: put(mail.html, escapeHtml), text: put(mail.text, (url) => url) }
    },
    check: async (source, options) => {
      try {
        const answer = await ask({ kind: 'check', name: source.name, source, options })
        if (answer.kind === 'checked') return answer.problems
        if (answer.kind === 'failed') throw new TemplateError(answer.code, answer.place, answer.problem)
        throw new Error(`The process has answered ${answer.kind}`)
      } catch (error) {
        if (!(error instanceof RenderProcessEnded) || isStopped) throw error
        const { code, problem: message } = stoppedError(source, error.message)
        return [{ severity: 'error', code, locale: null, place: {}, message }]
      }
    },
    stop: async () => {
      isStopped = true
      await Promise.all([...all].map((process) => process.end()))
    },
  }
}
