import type { html } from 'hono/html'

/** A piece of HTML in which every inserted value was escaped. */
export type Page = ReturnType<typeof html>
