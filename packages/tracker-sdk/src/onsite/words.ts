const WORDS: Readonly<Record<string, readonly [copy: string, copied: string, send: string] | undefined>> = {
  es: ['Copiar', 'Copiado', 'Enviar'],
  pl: ['Kopiuj', 'Skopiowano', 'Wyślij'],
  ro: ['Copiază', 'Copiat', 'Trimite'],
}

/** What a message says that the shop does not write itself, in the languages that Ciclo speaks. */
export const wordsIn = (locale: string) => WORDS[locale.slice(0, 2)] ?? ['Copy', 'Copied', 'Send']
