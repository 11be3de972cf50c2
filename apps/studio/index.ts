export { STUDIO_PATHS } from './src/pagePaths.ts'

/** The built studio: `index.html` and `assets/`. Exists once `buildStudio()` of `@ciclo/studio/build` has run. */
export const studioFolder = new URL('dist/', import.meta.url)
