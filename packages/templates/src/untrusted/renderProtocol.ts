import type { CheckOptions } from '../check/checkTemplate.ts'
import type { TemplateProblem } from '../check/templateProblem.ts'
import type { CompileOptions } from '../compileTemplate.ts'
import type { RenderedMail, RenderRequest } from '../renderTemplate.ts'
import type { TemplateErrorCode, TemplatePlace } from '../templateError.ts'
import type { TemplateSource } from '../templateSource.ts'

/** What a process is asked. */
export type RenderTask =
  | {
      kind: 'render'
      /** Of the template. */
      name: string
      /** Null where the process has compiled it before: most of what would go to it is the same from mail to mail. */
      source: TemplateSource | null
      options: CompileOptions
      /** Of source and options: what it has compiled is kept by it. */
      key: string
      request: Omit<RenderRequest, 'link' | 'onDeadLink'>
      /** Stands before the number of each link in the mail that comes back. */
      mark: string
    }
  | { kind: 'check'; name: string; source: TemplateSource; options: CheckOptions }

/** What it says first, and then of each task. */
export type RenderAnswer =
  | { kind: 'ready' }
  /** `links`: the address of each, by its number. */
  | { kind: 'rendered'; mail: RenderedMail; links: string[] }
  /** It has made room for others: it has to be told the source again. */
  | { kind: 'forgotten' }
  | { kind: 'checked'; problems: TemplateProblem[] }
  | { kind: 'failed'; code: TemplateErrorCode; place: TemplatePlace; problem: string }
