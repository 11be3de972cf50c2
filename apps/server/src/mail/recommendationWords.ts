import type { RecommendedKind } from '../recommendations/recommend.ts'

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** Why something is recommended, to a customer: `#` stands for how many others speak for it. */
const WORDS: Readonly<Record<string, Readonly<Record<RecommendedKind, Forms>>>> = {
  en: {
    together: { one: 'Bought together by # customer', other: 'Bought together by # customers' },
    next: { one: 'Bought next by # customer', other: 'Bought next by # customers' },
    popular: { one: 'Bought by # customer lately', other: 'Bought by # customers lately' },
    viewed: { other: 'Looked at lately' },
  },
  es: {
    together: {
      one: '# cliente lo compró junto',
      many: '# de clientes lo compraron junto',
      other: '# clientes lo compraron junto',
    },
    next: {
      one: '# cliente lo compró después',
      many: '# de clientes lo compraron después',
      other: '# clientes lo compraron después',
    },
    popular: {
      one: '# cliente lo compró últimamente',
      many: '# de clientes lo compraron últimamente',
      other: '# clientes lo compraron últimamente',
    },
    viewed: { other: 'Visto hace poco' },
  },
  pl: {
    together: {
      one: '# klient kupił to razem',
      few: '# klientów kupiło to razem',
      many: '# klientów kupiło to razem',
      other: '# klienta kupiło to razem',
    },
    next: {
      one: '# klient kupił to potem',
      few: '# klientów kupiło to potem',
      many: '# klientów kupiło to potem',
      other: '# klienta kupiło to potem',
    },
    popular: {
      one: '# klient kupił to ostatnio',
      few: '# klientów kupiło to ostatnio',
      many: '# klientów kupiło to ostatnio',
      other: '# klienta kupiło to ostatnio',
    },
    viewed: { other: 'Oglądane niedawno' },
  },
  ro: {
    together: {
      one: 'Cumpărat împreună de # client',
      few: 'Cumpărat împreună de # clienți',
      other: 'Cumpărat împreună de # de clienți',
    },
    next: {
      one: 'Cumpărat apoi de # client',
      few: 'Cumpărat apoi de # clienți',
      other: 'Cumpărat apoi de # de clienți',
    },
    popular: {
      one: 'Cumpărat recent de # client',
      few: 'Cumpărat recent de # clienți',
      other: 'Cumpărat recent de # de clienți',
    },
    viewed: { other: 'Văzut recent' },
  },
}

/** In the mail's language where Ciclo knows it, else in English. */
export function recommendationWords(language: string, kind: RecommendedKind, customers: number): string {
  const known = WORDS[language] ? language : 'en'
  const forms = WORDS[known]?.[kind] ?? { other: '' }
  const form = forms[new Intl.PluralRules(known).select(customers)] ?? forms.other
  return form.replace('#', new Intl.NumberFormat(known).format(customers))
}
