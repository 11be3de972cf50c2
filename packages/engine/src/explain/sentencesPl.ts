import { createCounter } from './createCounter.ts'
import type { Sentences } from './sentences.ts'

const count = createCounter('pl')

const days = count({ one: '# dzień', few: '# dni', many: '# dni' })
/** Genitive: „na podstawie 6 zamówień”. */
const ofOrders = count({ one: '# zamówienia', few: '# zamówień', many: '# zamówień' })

export const sentencesPl: Sentences = {
  names: {
    stage: {
      visitor: 'odwiedzający',
      prospect: 'potencjalny klient',
      new: 'nowy klient',
      active: 'aktywny klient',
      reactivated: 'odzyskany klient',
      atRisk: 'klient zagrożony odejściem',
      lapsed: 'nieaktywny klient',
      lost: 'utracony klient',
    },
    value: { standard: 'standardowy klient', vip: 'klient VIP' },
    engagement: { unknown: 'zaangażowanie nieznane', warm: 'ciepły kontakt', cold: 'zimny kontakt' },
    permission: {
      none: 'brak zgody',
      pending: 'oczekuje na potwierdzenie',
      subscribed: 'zapisany',
      unsubscribed: 'wypisany',
      suppressed: 'wysyłka wstrzymana',
    },
    advocacy: { none: 'bez poleceń', promoter: 'promotor', advocate: 'ambasador' },
    rfm: {
      champions: 'Czempioni',
      loyal: 'Lojalni',
      recent: 'Nowi i niedawni',
      needsAttention: 'Wymagający uwagi',
      atRisk: 'Zagrożeni odejściem',
      inactive: 'Nieaktywni',
      none: 'bez grupy RFM',
    },
  },

  since: (state, date) => `${state} od ${date}`,
  changed: (from, to, date) => `zmiana z „${from}” na „${to}” ${date}`,
  again: (state, date) => `ponownie „${state}” ${date}`,
  rfm: (group) => `grupa RFM „${group}”`,
  rfmSince: (group, date) => `grupa RFM „${group}” od ${date}`,
  rfmChanged: (from, to, date) => `zmiana grupy RFM z „${from}” na „${to}” ${date}`,
  rfmEntered: (group, date) => `wejście do grupy RFM „${group}” ${date}`,
  rfmLeft: (group, date) => `wyjście z grupy RFM „${group}” ${date}`,
  inSegment: (segment, date) => `w segmencie „${segment}” od ${date}`,
  outOfSegment: (segment, date) => `poza segmentem „${segment}” od ${date}`,
  enteredSegment: (segment, date) => `wejście do segmentu „${segment}” ${date}`,
  leftSegment: (segment, date) => `wyjście z segmentu „${segment}” ${date}`,

  initial: {
    stage: 'nie ma jeszcze potwierdzonego adresu e-mail ani żadnego zamówienia',
    value: 'wydatki nigdy nie osiągnęły progu VIP',
    engagement: 'nie znamy jeszcze żadnej wizyty ani kliknięcia',
    permission: 'nie ma zgody na e-maile marketingowe',
    advocacy: 'nie ma jeszcze pochwały, opinii ani polecenia',
    rfm: 'nie ma żadnego zamówienia o dodatniej wartości',
    rfmTooFewBuyers: 'sklep ma jeszcze za mało kupujących, aby utworzyć grupy',
  },
  whys: {
    reachable: 'poznaliśmy adres e-mail',
    firstOrder: 'przyszło pierwsze zamówienie',
    secondOrder: 'przyszło kolejne zamówienie',
    orderInTime: 'zamówienie przyszło, zanim klient stał się nieaktywny',
    orderAfterReturn: 'po powrocie przyszło kolejne zamówienie',
    orderAfterLapse: 'zamówienie przyszło po okresie nieaktywności',
    orderAfterLoss: 'zamówienie przyszło, choć klient uchodził za utraconego',
    ordersCorrected: 'zamówienia zostały skorygowane',
    noOrderLeft: 'po korekcie nie zostało żadne zamówienie',
    limitsMoved: 'limity zostały przeliczone',
    overVipLine: 'wydatki osiągnęły próg VIP',
    underVipLine: 'po korekcie wydatki spadły poniżej progu VIP',
    vipLineMoved: 'próg VIP został przeliczony',
    clicked: 'klient kliknął w e-mailu',
    visited: 'klient odwiedził sklep lub zostawił adres',
    silent: 'od pewnego czasu nie było wizyty ani kliknięcia',
    mailsIgnored: 'na e-maile nie było reakcji: ani wizyty, ani kliknięcia',
    engagementRulesMoved: 'zmieniły się zasady dla ciepłych i zimnych kontaktów',
    askedToSubscribe: 'klient poprosił o zapisanie',
    askedAgain: 'klient ponownie poprosił o zapisanie',
    askedElsewhere: 'klient poprosił o zapisanie innego adresu niż ten, który zawiódł',
    askedAnew: 'dawna zgoda już nie obowiązuje, a klient poprosił o zapisanie na nowo',
    notConfirmed: 'zapis nie został potwierdzony na czas',
    confirmed: 'klient potwierdził zapis linkiem z e-maila',
    agreed: 'klient zgodził się na e-maile marketingowe',
    existingCustomer: 'to klient sklepu, który przy zamówieniu nie wyraził sprzeciwu',
    optOutRegime: 'prawo jego kraju pozwala na to do czasu sprzeciwu',
    unsubscribed: 'klient się wypisał',
    withdrew: 'klient wycofał zgodę',
    bounced: 'e-mail na ten adres został trwale odrzucony',
    keptBouncing: 'e-maile na ten adres wciąż wracały',
    restored: 'sklep sprawdził, że adres znów działa',
    complained: 'klient oznaczył e-mail jako spam',
    praised: 'klient dał wysoką ocenę w ankiecie',
    criticised: 'klient dał niską ocenę w ankiecie',
    reviewed: 'klient napisał dobrą opinię',
    referred: 'klient polecił komuś sklep',
    ordered: 'zmieniły się zamówienia',
    timePassed: 'upłynął czas bez zamówienia',
    thirdsMoved: 'podział klientów sklepu został przeliczony',
    segmentEvent: 'zdecydowało o tym działanie klienta',
    segmentTime: 'upłynął okres z reguły segmentu',
    segmentMoved: 'zmienił się segment lub dane sklepu',
  },

  ordersSoFar: count({
    one: 'jak dotąd # zamówienie',
    few: 'jak dotąd # zamówienia',
    many: 'jak dotąd # zamówień',
  }),
  ordersLeft: count({
    one: 'po korekcie zostało # zamówienie',
    few: 'po korekcie zostały # zamówienia',
    many: 'po korekcie zostało # zamówień',
  }),
  withoutOrder: count({
    zero: 'mniej niż dzień bez zamówienia',
    one: '# dzień bez zamówienia',
    few: '# dni bez zamówienia',
    many: '# dni bez zamówienia',
  }),
  sinceOrder: count({
    zero: 'ostatnie zamówienie przyszło mniej niż dzień temu',
    one: 'ostatnie zamówienie przyszło # dzień temu',
    few: 'ostatnie zamówienie przyszło # dni temu',
    many: 'ostatnie zamówienie przyszło # dni temu',
  }),
  limit: {
    own: (limit, known) => `limit tego klienta to ${days(limit)} (na podstawie ${ofOrders(known)})`,
    ownUncounted: (limit) => `limit tego klienta to ${days(limit)} (na podstawie jego zamówień)`,
    shop: (limit) => `typowy limit w sklepie to ${days(limit)}`,
    coldStart: (limit) =>
      `sklep ma jeszcze za mało ponownych zamówień, więc obowiązuje limit domyślny: ${days(limit)}`,
    fixed: (limit) => `limit z ustawień to ${days(limit)}`,
    plain: (limit) => `limit to ${days(limit)}`,
  },

  spent: (money) => `dotychczasowe wydatki: ${money}`,
  vipLine: {
    settings: (money) => `próg VIP z ustawień: ${money}`,
    distribution: (money) => `próg VIP wyznaczony z wydatków kupujących w sklepie: ${money}`,
    plain: (money) => `próg VIP: ${money}`,
  },

  sinceEngaged: count({
    zero: 'ostatnia wizyta lub kliknięcie mniej niż dzień temu',
    one: 'ostatnia wizyta lub kliknięcie # dzień temu',
    few: 'ostatnia wizyta lub kliknięcie # dni temu',
    many: 'ostatnia wizyta lub kliknięcie # dni temu',
  }),
  withoutSign: count({
    zero: 'mniej niż dzień bez wizyty i kliknięcia',
    one: '# dzień bez wizyty i kliknięcia',
    few: '# dni bez wizyty i kliknięcia',
    many: '# dni bez wizyty i kliknięcia',
  }),
  mailsSince: count({
    zero: 'od tego czasu żadnego e-maila',
    one: 'od tego czasu # e-mail',
    few: 'od tego czasu # e-maile',
    many: 'od tego czasu # e-maili',
  }),
  mailsNeeded: count({
    one: 'kontakt uznajemy za zimny dopiero po # e-mailu bez reakcji',
    few: 'kontakt uznajemy za zimny dopiero po # e-mailach bez reakcji',
    many: 'kontakt uznajemy za zimny dopiero po # e-mailach bez reakcji',
  }),

  method: (name) => `sposób: „${name}”`,
  score: (score) => `ocena: ${score} na 10`,
  rating: (stars) => `ocena w opinii: ${stars} na 5`,
  rfmScores: (recency, frequency, monetary) =>
    `oceny: ${recency} za aktualność, ${frequency} za częstotliwość i ${monetary} za wartość`,
  counted: (event, times, needed) => `„${event}”: ${times}, wymagane minimum: ${needed}`,

  next: {
    unlessOrdered: (state, date) => `${date} nastąpi zmiana na „${state}”, jeśli nie przyjdzie zamówienie`,
    unlessEngaged: (state, date) =>
      `${date} nastąpi zmiana na „${state}”, jeśli nie będzie wizyty ani kliknięcia`,
    unlessConfirmed: (state, date) => `${date} nastąpi zmiana na „${state}”, jeśli nie będzie potwierdzenia`,
    rfm: (group, date) => `${date} nastąpi zmiana na „${group}”, jeśli nie przyjdzie zamówienie`,
  },
  nextThen: (state, date) => `kolejny termin w tamtej chwili: „${state}” ${date}`,
}
