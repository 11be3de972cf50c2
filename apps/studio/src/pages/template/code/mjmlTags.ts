import type { TagSpec } from '@codemirror/lang-html'
import table from './mjmlTags.json' with { type: 'json' }

/** Of MJML 5: of each tag its attributes with their values, and what may stand in it. A test compares it with MJML. */
const TABLE: Record<
  string,
  { attributes: Record<string, 'color' | readonly string[] | null>; children: readonly string[] }
> = table as never

const BRAND_COLOURS = ['accent', 'onAccent', 'darkAccent', 'onDarkAccent', 'background'].map(
  (name) => `{{ brand.${name} }}`,
)
/** Of what stands in the body. */
const EVERYWHERE = { 'css-class': null, 'mj-class': null }
/** They hold HTML instead of more MJML. */
const OF_HTML = new Set(['mj-text', 'mj-button', 'mj-table', 'mj-raw', 'mj-navbar-link', 'mj-accordion-text'])

/** What CodeMirror completes by. */
export const mjmlTags = (): Record<string, TagSpec> => ({
  mjml: { children: ['mj-head', 'mj-body'], globalAttrs: false },
  ...Object.fromEntries(
    Object.entries(TABLE).map(([tag, { attributes, children }]) => [
      tag,
      {
        attrs: {
          ...EVERYWHERE,
          ...Object.fromEntries(
            Object.entries(attributes).map(([name, values]) => [
              name,
              values === 'color' ? BRAND_COLOURS : values,
            ]),
          ),
        },
        globalAttrs: false,
        ...(OF_HTML.has(tag) ? {} : { children }),
      },
    ]),
  ),
})
