/** What each provider wants to be told. A secret is written and never shown again. */
export const PRESETS = {
  ses: { name: 'Amazon SES', fields: ['region', 'user', 'password', 'configurationSet'] },
  brevo: { name: 'Brevo', fields: ['user', 'password'] },
  mailgun: { name: 'Mailgun', fields: ['region', 'user', 'password'] },
  postmark: { name: 'Postmark', fields: ['token', 'stream'] },
  smtp: { name: 'SMTP', fields: ['host', 'port', 'tls', 'user', 'password'] },
} as const satisfies Record<string, { name: string; fields: readonly string[] }>

export type PresetId = keyof typeof PRESETS
export type ServerField = (typeof PRESETS)[PresetId]['fields'][number]

export const isPreset = (name: string): name is PresetId => Object.hasOwn(PRESETS, name)

export const SECRETS: ReadonlySet<string> = new Set(['password', 'token'])

/** Where a field is chosen from a few. */
export const CHOICES: Partial<Record<`${PresetId}.${ServerField}`, readonly string[]>> = {
  'mailgun.region': ['eu', 'us'],
  'smtp.tls': ['required', 'implicit', 'offered', 'none'],
}

export type ServerValues = Partial<Record<ServerField, string>>

/** The server as the API takes it; what is empty is left out, and a secret that is left out stays. */
export const serverOf = (preset: PresetId, values: ServerValues): Record<string, unknown> => ({
  preset,
  ...Object.fromEntries(
    PRESETS[preset].fields.flatMap((field) => {
      const value = (values[field] ?? CHOICES[`${preset}.${field}`]?.[0] ?? '').trim()
      if (value === '') return []
      return [[field, field === 'port' ? Number(value) : value]]
    }),
  ),
})
