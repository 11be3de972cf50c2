/**
 * MJML writes left and `ltr` wherever a line begins: a document for all languages begins where its own does. The MJML of
 * a template can name the sides itself, in the styles of its own HTML, as `{{ start }}` and `{{ end }}`.
 */
export function startSides(html: string): string {
  return html
    .replaceAll('direction:ltr', 'direction:{{ direction }}')
    .replaceAll('text-align:left', 'text-align:{{ start }}')
    .replaceAll('align="left"', 'align="{{ start }}"')
}
