import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const EMAILS = fileURLToPath(new URL('../emails/', import.meta.url))
const TextsSchema = z.record(z.string(), z.string())

/** Words by which a reader is addressed as a friend. None of them has another meaning in these mails. */
const FAMILIAR: Record<'es' | 'pl' | 'ro', RegExp> = {
  // The pronouns; verbs of the second person; imperatives.
  es: word(
    'tú|te|ti|tus?|tuy[oa]s?|contigo|(?!exist|insist|consist)\\p{L}+(?:aste|iste)|(?!parte(?!\\p{L}))\\p{L}+[aeií]rte(?:l[oa]s?)?',
    'eres|estás|has|hayas|vas|sabes|ves|acabas|ayudas|buscas|compras|conoces|confirmas|cuentas|decides|disfrutes|' +
      'eliges|encuentres|envías|esperabas|indiques|lees|llevas|necesitas|opinas|pasaras|pasas|pides|podías|podrás|' +
      'prefieres|puedas|puedes|quieras|quieres|recibes|recibirás|sigues|tengas|tenías|tienes|usas|verás|volvieras',
    'date|ten|ven|mira|haz|pon|echa|échale|cambia|copia|ignora|confírmala|comparte|compártelo|pásalo|' +
      'tómate|aprovecha|descubre|(?:avísa|cuénta|pregúnta|díme|dí|escríbe|recomiénda)(?:nos|me)?(?:l[oa]s?)?',
  ),
  pl: word(
    'ty|ci|cię|ciebie|tobie|tobą|tw(?:ój|oja|oje|oją|ojej|ojego|ojemu|oim|oich|oimi)|wasz\\p{L}*|cześć',
    '(?!(?:na|ko)sz(?!\\p{L}))\\p{L}+sz|jesteś|\\p{L}+(?:łeś|łaś)|(?:że|by|gdy|jeśli)byś',
    '(?!(?:tutaj|odpowiedź)(?!\\p{L}))\\p{L}{2,}(?:aj|uj|yj|ij|dź|jdź)|zobacz|wróć|wybierz|dokończ|zamów|weź|kup|miej|odbierz|piszcie|zacznij',
  ),
  ro: word(
    'tu|te|tine|ție|îți|ți|ta|tale|tău|tăi|te-\\p{L}+|ți-\\p{L}+|\\p{L}+-(?:te|ți)',
    'ești|ai(?! noștri)|vrei|poți|știi|vezi|revii|spui|faci|alegi|găsești|primești|folosești|dorești|comanzi|continui|' +
      'cunoști|citești|preferi|aștepți|așteptai|bucuri|gândești|refaci|ridici|trimiți|uiți|puteai|precizezi|' +
      '(?:l|ne|le|m)-ai',
    'mergi|vino|(?<!puteți )alege(?= ce)|aruncă|comandă(?= din)|confirmă|confirm-o|copiază|descoperă|folosește|ignoră|urmărește|' +
      'scrie-\\p{L}+|scrie(?= o)|spune-\\p{L}+|întreabă-\\p{L}+|trimite-\\p{L}+|salut|bună(?=[,!])',
  ),
}

function word(...alternatives: string[]): RegExp {
  return new RegExp(`(?<![\\p{L}-])(?:${alternatives.join('|')})(?![\\p{L}-])`, 'giu')
}

const read = (file: string) => TextsSchema.parse(JSON.parse(readFileSync(join(EMAILS, file), 'utf8')))
/** What Liquid does, without what is said. */
const liquidOf = (text: string) => text.match(/\{[{%].*?[%}]\}/gs) ?? []
const wordsOf = (text: string) => text.replaceAll(/\{[{%].*?[%}]\}/gs, '¶').toLowerCase()

describe.each(['es', 'pl', 'ro'] as const)('the formal strings in %s', (locale) => {
  const folders = globSync(`*/${locale}.json`, { cwd: EMAILS }).map(dirname).toSorted()
  const pairs = folders.map((folder) => ({
    folder,
    strings: read(`${folder}/${locale}.json`),
    formal: globSync(`${folder}/${locale}.formal.json`, { cwd: EMAILS }).map(read)[0] ?? {},
  }))

  test('are other words for strings that there are, with the same data in them', () => {
    const wrong = pairs.flatMap(({ folder, strings, formal }) =>
      Object.entries(formal).flatMap(([key, text]) => {
        const familiar = strings[key]
        if (familiar === undefined) return [`${folder} ${key}: there is no such string`]
        if (familiar === text) return [`${folder} ${key}: says the same as ${locale}.json`]
        const same = JSON.stringify(liquidOf(text)) === JSON.stringify(liquidOf(familiar))
        return same ? [] : [`${folder} ${key}: other Liquid than ${locale}.json`]
      }),
    )
    expect(wrong).toEqual([])
  })

  test('leave no familiar word in a mail', () => {
    const left = pairs.flatMap(({ folder, strings, formal }) =>
      Object.entries({ ...strings, ...formal }).flatMap(([key, text]) =>
        (wordsOf(text).match(FAMILIAR[locale]) ?? []).map((found) => `${folder} ${key}: ${found}`),
      ),
    )
    expect(left).toEqual([])
  })

  test('replace each string that has one', () => {
    const familiar = pairs.flatMap(({ strings }) =>
      Object.values(strings).filter((text) => wordsOf(text).search(FAMILIAR[locale]) >= 0),
    )
    expect(familiar.length).toBeGreaterThan(100)
  })
})
