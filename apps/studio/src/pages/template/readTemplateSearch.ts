/** How a template is edited, or what is looked at instead. */
export const TEMPLATE_VIEWS = ['sections', 'code', 'strings', 'versions', 'report'] as const
export type TemplateView = (typeof TEMPLATE_VIEWS)[number]

export interface TemplateSearch {
  /** Left out: `sections`. */
  view?: TemplateView
}

const isView = (value: unknown): value is TemplateView =>
  (TEMPLATE_VIEWS as readonly unknown[]).includes(value)

/** Reads what the address of a template's page asks for; what it does not know is left out. */
export const readTemplateSearch = ({ view }: Record<string, unknown>): TemplateSearch =>
  isView(view) ? { view } : {}
