/** Ways to put the tracker into a shop's pages. */
export const SNIPPET_KINDS = ['script', 'manager', 'module'] as const

export type SnippetKind = (typeof SNIPPET_KINDS)[number]

/** Where Ciclo is, without a slash at the end, and the public key of the workspace. */
interface Place {
  host: string
  writeKey: string
}

const WRITERS: Record<SnippetKind, (place: Place) => string> = {
  script: ({ host, writeKey }) => `<script src="${host}/ciclo.js" data-key="${writeKey}" defer></script>`,
  manager: ({ host, writeKey }) =>
    [
      '<script>',
      "  var script = document.createElement('script')",
      `  script.src = '${host}/ciclo.js'`,
      `  script.setAttribute('data-key', '${writeKey}')`,
      '  document.head.appendChild(script)',
      '</script>',
    ].join('\n'),
  module: ({ host, writeKey }) =>
    [
      `import { ciclo } from '${host}/ciclo.mjs'`,
      '',
      'ciclo.init({',
      `  writeKey: '${writeKey}',`,
      `  host: '${host}',`,
      "  consent: 'pending',",
      '})',
    ].join('\n'),
}

/** What is to be pasted into the shop's pages: as it stands, nothing is sent before the visitor agrees. */
export const trackerSnippet = (kind: SnippetKind, place: Place): string => WRITERS[kind](place)
