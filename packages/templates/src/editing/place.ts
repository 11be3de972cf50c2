/** A column of its own section holds text, pictures and buttons; a page holds whole sections. */
export type Place = 'column' | 'page'
