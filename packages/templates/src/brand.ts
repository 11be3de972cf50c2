/** How a shop's mails look. It comes from validated settings; what is no colour or number is refused here once more. */
export interface TemplateBrand {
  readonly logoUrl: string | null
  /** Pixels. */
  readonly logoWidth: number
  readonly heroImageUrl: string | null
  readonly colours: {
    readonly accent: string
    readonly onAccent: string
    readonly darkAccent: string
    readonly onDarkAccent: string
    readonly background: string
  }
  readonly fonts: { readonly heading: FontFamily; readonly body: FontFamily }
  /** Pixels. */
  readonly radius: number
  readonly social: readonly { readonly network: string; readonly url: string }[]
}

type FontFamily = keyof typeof FONTS

/** Every mail client has one of each of these; web fonts would make it fetch from a third party. */
const FONTS = {
  serif: 'Georgia, Times New Roman, serif',
  sans: '-apple-system, BlinkMacSystemFont, Segoe UI, Roboto, Helvetica, Arial, sans-serif',
  mono: 'Menlo, Consolas, monospace',
} as const

/** How mails look where a shop has not said otherwise. */
export const DEFAULT_BRAND: TemplateBrand = {
  logoUrl: null,
  logoWidth: 140,
  heroImageUrl: null,
  colours: {
    accent: '#0f6b60',
    onAccent: '#ffffff',
    darkAccent: '#6fd0c2',
    onDarkAccent: '#0d2521',
    background: '#f4f3ef',
  },
  fonts: { heading: 'serif', body: 'sans' },
  radius: 10,
  social: [],
}

function colour(value: string): string {
  if (!/^#[0-9a-f]{6}$/i.test(value))
    throw new Error(`brand: given "${value}", expected a colour such as #0f6b60`)
  return value
}

/** What stands in MJML attributes and styles, where Liquid's escaping would come too late for MJML's own checks. */
function styleOf({ colours, fonts, radius }: TemplateBrand): Record<string, string> {
  return {
    accent: colour(colours.accent),
    onAccent: colour(colours.onAccent),
    darkAccent: colour(colours.darkAccent),
    onDarkAccent: colour(colours.onDarkAccent),
    background: colour(colours.background),
    headingFont: FONTS[fonts.heading],
    bodyFont: FONTS[fonts.body],
    radius: String(Math.trunc(radius)),
  }
}

/** Puts the brand's colours, fonts and corners into MJML, in the place of `{{ brand.accent }}` and its like. */
export function applyBrand(mjml: string, brand: TemplateBrand): string {
  const style = styleOf(brand)
  return mjml.replace(/\{\{\s*brand\.(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(style, name) ? (style[name] ?? whole) : whole,
  )
}

/** What Liquid sees as `brand`: the same names, and what only a render can show safely. */
export function brandData(brand: TemplateBrand) {
  const { logoUrl, logoWidth, heroImageUrl, social } = brand
  return {
    ...styleOf(brand),
    logoUrl,
    logoWidth,
    heroImageUrl,
    social: social.map(({ network, url }) => ({ network, url })),
  }
}
