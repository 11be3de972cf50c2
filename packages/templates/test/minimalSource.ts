import type { TemplateSource } from '../src/index.ts'

interface Overrides {
  name?: string
  head?: string
  body?: string
  strings?: Partial<TemplateSource['strings']>
}

/** The smallest valid template, with what a test is about put in. `body` stands inside a column. */
export function minimalSource({
  name = 'minimal',
  head = '',
  body = '',
  strings = {},
}: Overrides = {}): TemplateSource {
  return {
    name,
    mjml: `<mjml>
  <mj-head><mj-title>{{ 'subject' | t }}</mj-title>${head}</mj-head>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text>Hello</mj-text>
        ${body}
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`,
    strings: { en: { subject: 'Subject', preheader: 'Preheader' }, es: {}, pl: {}, ro: {}, ...strings },
  }
}
