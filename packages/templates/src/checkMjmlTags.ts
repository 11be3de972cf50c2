import { lineAt } from './lineAt.ts'
import { TemplateError } from './templateError.ts'

const TAG = /<(\/?)(mj[a-z-]*)\b(?:[^>"']|"[^"]*"|'[^']*')*>/g

/**
 * Finds what MJML's lenient parser accepts in silence: a tag that is not closed swallows what follows, and an
 * `mj-include` simply disappears. Throws `mjml-invalid` with the line of the tag.
 */
export function checkMjmlTags(template: string, mjml: string): void {
  const open: { tag: string; line: number }[] = []
  const fail = (line: number, problem: string): never => {
    throw new TemplateError('mjml-invalid', { template, line }, problem)
  }

  for (const match of blankComments(mjml).matchAll(TAG)) {
    const [whole, slash, tag = ''] = match
    const line = lineAt(mjml, match.index)
    if (tag === 'mj-include') fail(line, '<mj-include> is not supported; expected the included MJML itself')
    if (slash === '') {
      if (!whole.endsWith('/>')) open.push({ tag, line })
      continue
    }
    const opened = open.pop()
    if (opened === undefined) fail(line, `</${tag}> closes nothing; expected an opening <${tag}> before it`)
    else if (opened.tag !== tag) {
      fail(
        opened.line,
        `<${opened.tag}> is not closed; expected </${opened.tag}> before </${tag}> on line ${line}`,
      )
    }
  }

  const unclosed = open.pop()
  if (unclosed !== undefined) {
    fail(unclosed.line, `<${unclosed.tag}> is not closed; expected </${unclosed.tag}> before the end`)
  }
}

/** Replaces comments by spaces of the same length, so that positions and lines stay. */
export function blankComments(mjml: string): string {
  return mjml.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '))
}
