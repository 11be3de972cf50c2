/** What the studio knows of the server: types alone, read off its routes. */
export type * from '@ciclo/server/studio-api'
