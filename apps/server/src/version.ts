import packageJson from '../package.json' with { type: 'json' }

/** Of this Ciclo. */
export const VERSION = packageJson.version
