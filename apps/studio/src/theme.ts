import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from '@mantine/core'

/** The green of Ciclo's pages and mails, from its lightest tint to its darkest shade. */
const green: MantineColorsTuple = [
  '#eef8f6',
  '#dcefec',
  '#b5dfd8',
  '#8bcec3',
  '#6fd0c2',
  '#3a9d90',
  '#1c7d71',
  '#0f6b60',
  '#0b574e',
  '#06423b',
]

/** How the studio looks: calm, dense, and the same green as the mails. */
export const theme = createTheme({
  colors: { green },
  primaryColor: 'green',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  // Mantine chooses the text on a filled part by the light scheme's shade; the dark scheme's is lighter than that.
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input)
    return input.variant === 'filled' && resolved.color === 'var(--mantine-color-white)'
      ? { ...resolved, color: 'var(--studio-color-on-filled)' }
      : resolved
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily:
    'Inter, -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
})
