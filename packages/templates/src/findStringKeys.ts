import { STRING_LOOKUP } from './inlineStrings.ts'
import { lineAt } from './lineAt.ts'
import { TemplateError } from './templateError.ts'

interface StringUse {
  key: string
  line: number
}

/** Every `{{ 'key' | t }}` of the MJML. Any other use of `t` is refused: it could not be checked or inlined. */
export function findStringKeys(template: string, mjml: string): StringUse[] {
  const uses: StringUse[] = []
  const rest = mjml.replace(
    STRING_LOOKUP,
    (whole, single: string | undefined, double: string, at: number) => {
      uses.push({ key: single ?? double, line: lineAt(mjml, at) })
      return whole.replace(/[^\n]/g, ' ')
    },
  )
  const other = /(?:\{\{|\{%)(?:(?!\}\}|%\})[\s\S])*?\|\s*t\b(?:(?!\}\}|%\})[\s\S])*(?:\}\}|%\})/.exec(rest)
  if (other !== null) {
    const problem = `${other[0]} names no string; expected a quoted key and nothing else, as in {{ 'subject' | t }}`
    throw new TemplateError('liquid-invalid', { template, line: lineAt(mjml, other.index) }, problem)
  }
  return uses
}
