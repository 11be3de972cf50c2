import type { CSSVariablesResolver } from '@mantine/core'

/** Where Mantine's own greys have less than the contrast of WCAG 2.2 AA (4.5 to 1) on our backgrounds. */
export const themeVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fcfcfa',
    '--studio-color-on-filled': '#ffffff',
    '--mantine-color-dimmed': '#5b6460',
    '--mantine-color-placeholder': '#6b736f',
    '--mantine-color-default-border': '#dcdfdb',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#ab2424',
  },
  dark: {
    '--mantine-color-body': '#161817',
    '--studio-color-on-filled': '#101413',
    '--mantine-color-text': '#dfe3e0',
    '--mantine-color-dimmed': '#a2aaa6',
    '--mantine-color-placeholder': '#969e9a',
    '--mantine-color-default': '#1f2221',
    '--mantine-color-default-border': '#3a403d',
    '--mantine-color-error': '#ff8787',
  },
})
