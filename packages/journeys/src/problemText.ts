import type { TextPlace } from './readYaml.ts'

/** What is wrong in a file, in one line: `welcome.yaml:12:5 steps.2.duration: given "2 days", expected ...`. */
export const problemText = (
  file: string,
  { line, column }: TextPlace,
  path: readonly PropertyKey[],
  message: string,
): string => `${file}:${line}:${column}${path.length > 0 ? ` ${path.map(String).join('.')}` : ''}: ${message}`
