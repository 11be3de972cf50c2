import { createCounter } from './createCounter.ts'
import type { Sentences } from './sentences.ts'

const count = createCounter('ro')

const days = count({ one: 'o zi', few: '# zile', other: '# de zile' })
/** Genitive: „pe baza a 6 comenzi”. */
const ofOrders = count({ one: 'unei comenzi', few: 'a # comenzi', other: 'a # de comenzi' })

export const sentencesRo: Sentences = {
  names: {
    stage: {
      visitor: 'vizitator',
      prospect: 'client potențial',
      new: 'client nou',
      active: 'client activ',
      reactivated: 'client recâștigat',
      atRisk: 'client cu risc de plecare',
      lapsed: 'client inactiv',
      lost: 'client pierdut',
    },
    value: { standard: 'client standard', vip: 'client VIP' },
    engagement: { unknown: 'interes necunoscut', warm: 'contact cald', cold: 'contact rece' },
    permission: {
      none: 'fără acord',
      pending: 'în așteptarea confirmării',
      subscribed: 'abonat',
      unsubscribed: 'dezabonat',
      suppressed: 'trimiteri oprite',
    },
    advocacy: { none: 'fără recomandări', promoter: 'promotor', advocate: 'ambasador' },
    rfm: {
      champions: 'Campioni',
      loyal: 'Fideli',
      recent: 'Recenți',
      needsAttention: 'Necesită atenție',
      atRisk: 'Cu risc de plecare',
      inactive: 'Inactivi',
      none: 'fără grup RFM',
    },
  },

  since: (state, date) => `${state} din ${date}`,
  changed: (from, to, date) => `de la „${from}” la „${to}” pe ${date}`,
  again: (state, date) => `din nou „${state}” pe ${date}`,
  rfm: (group) => `grupul RFM „${group}”`,
  rfmSince: (group, date) => `grupul RFM „${group}” din ${date}`,
  rfmChanged: (from, to, date) => `a trecut din grupul RFM „${from}” în „${to}” pe ${date}`,
  rfmEntered: (group, date) => `a intrat în grupul RFM „${group}” pe ${date}`,
  rfmLeft: (group, date) => `a ieșit din grupul RFM „${group}” pe ${date}`,
  inSegment: (segment, date) => `în segmentul „${segment}” din ${date}`,
  outOfSegment: (segment, date) => `în afara segmentului „${segment}” din ${date}`,
  enteredSegment: (segment, date) => `a intrat în segmentul „${segment}” pe ${date}`,
  leftSegment: (segment, date) => `a ieșit din segmentul „${segment}” pe ${date}`,

  initial: {
    stage: 'încă nu are o adresă de e-mail confirmată și nicio comandă',
    value: 'cheltuielile sale nu au atins niciodată pragul VIP',
    engagement: 'încă nu se cunoaște nicio vizită și niciun clic',
    permission: 'nu și-a dat acordul pentru e-mailuri de marketing',
    advocacy: 'încă nu se cunoaște nicio laudă, recenzie sau recomandare',
    rfm: 'nu are nicio comandă cu valoare pozitivă',
    rfmTooFewBuyers: 'magazinul are încă prea puțini cumpărători pentru a forma grupurile',
  },
  whys: {
    reachable: 'i s-a aflat adresa de e-mail',
    firstOrder: 'a făcut prima comandă',
    secondOrder: 'a comandat din nou',
    orderInTime: 'a comandat înainte de a deveni inactiv',
    orderAfterReturn: 'a comandat din nou după revenire',
    orderAfterLapse: 'a comandat după ce devenise inactiv',
    orderAfterLoss: 'a comandat după ce fusese considerat pierdut',
    ordersCorrected: 'comenzile sale au fost corectate',
    noOrderLeft: 'după o corecție nu a mai rămas nicio comandă',
    limitsMoved: 'limitele au fost recalculate',
    overVipLine: 'cheltuielile sale au atins pragul VIP',
    underVipLine: 'după o corecție, cheltuielile sale au coborât sub pragul VIP',
    vipLineMoved: 'pragul VIP a fost recalculat',
    clicked: 'a dat clic într-un e-mail',
    visited: 'a vizitat magazinul sau și-a lăsat adresa',
    silent: 'de ceva vreme nu a mai vizitat magazinul și nu a mai dat clic',
    mailsIgnored: 'nu a reacționat la e-mailuri prin nicio vizită și niciun clic',
    engagementRulesMoved: 'regulile pentru contacte calde și reci s-au schimbat',
    askedToSubscribe: 'a cerut să se aboneze',
    askedAgain: 'a cerut încă o dată să se aboneze',
    askedElsewhere: 'a cerut să se aboneze cu altă adresă decât cea care nu mai primea e-mailuri',
    askedAnew: 'acordul vechi nu mai este valabil și a cerut din nou să se aboneze',
    notConfirmed: 'nu a confirmat la timp',
    confirmed: 'a confirmat prin linkul din e-mail',
    agreed: 'a acceptat e-mailuri de marketing',
    existingCustomer: 'este client și nu s-a opus când a comandat',
    optOutRegime: 'legea din țara sa permite acest lucru până când se opune',
    unsubscribed: 's-a dezabonat',
    withdrew: 'și-a retras acordul',
    bounced: 'adresa sa a respins definitiv un e-mail',
    keptBouncing: 'e-mailurile trimise la adresa sa s-au tot întors',
    restored: 'magazinul a constatat că adresa funcționează din nou',
    complained: 'a marcat un e-mail ca spam',
    praised: 'a dat o notă mare într-un sondaj',
    criticised: 'a dat o notă mică într-un sondaj',
    reviewed: 'a scris o recenzie bună',
    referred: 'a recomandat magazinul cuiva',
    ordered: 'comenzile sale s-au schimbat',
    timePassed: 'a trecut timpul fără nicio comandă',
    thirdsMoved: 'împărțirea clienților în treimi a fost recalculată',
    segmentEvent: 'motivul este o acțiune a clientului',
    segmentTime: 's-a încheiat o perioadă din regula segmentului',
    segmentMoved: 's-au schimbat segmentul sau cifrele magazinului',
  },

  ordersSoFar: count({
    one: 'o comandă până acum',
    few: '# comenzi până acum',
    other: '# de comenzi până acum',
  }),
  ordersLeft: count({
    one: 'după o corecție a rămas o comandă',
    few: 'după o corecție au rămas # comenzi',
    other: 'după o corecție au rămas # de comenzi',
  }),
  withoutOrder: count({
    zero: 'mai puțin de o zi fără comandă',
    one: 'o zi fără comandă',
    few: '# zile fără comandă',
    other: '# de zile fără comandă',
  }),
  sinceOrder: count({
    zero: 'ultima comandă a venit acum mai puțin de o zi',
    one: 'ultima comandă a venit acum o zi',
    few: 'ultima comandă a venit acum # zile',
    other: 'ultima comandă a venit acum # de zile',
  }),
  limit: {
    own: (limit, known) => `limita clientului este de ${days(limit)} (pe baza ${ofOrders(known)})`,
    ownUncounted: (limit) => `limita clientului este de ${days(limit)} (pe baza propriilor comenzi)`,
    shop: (limit) => `limita obișnuită a magazinului este de ${days(limit)}`,
    coldStart: (limit) =>
      `magazinul are încă prea puține comenzi repetate, așa că se aplică limita implicită de ${days(limit)}`,
    fixed: (limit) => `limita din setări este de ${days(limit)}`,
    plain: (limit) => `limita este de ${days(limit)}`,
  },

  spent: (money) => `a cheltuit ${money}`,
  vipLine: {
    settings: (money) => `pragul VIP din setări este de ${money}`,
    distribution: (money) => `pragul VIP este de ${money}, după cât cheltuiesc cumpărătorii magazinului`,
    plain: (money) => `pragul VIP este de ${money}`,
  },

  sinceEngaged: count({
    zero: 'ultima vizită sau ultimul clic a fost acum mai puțin de o zi',
    one: 'ultima vizită sau ultimul clic a fost acum o zi',
    few: 'ultima vizită sau ultimul clic a fost acum # zile',
    other: 'ultima vizită sau ultimul clic a fost acum # de zile',
  }),
  withoutSign: count({
    zero: 'mai puțin de o zi fără vizită și fără clic',
    one: 'o zi fără vizită și fără clic',
    few: '# zile fără vizită și fără clic',
    other: '# de zile fără vizită și fără clic',
  }),
  mailsSince: count({
    zero: 'niciun e-mail de atunci',
    one: 'un e-mail de atunci',
    few: '# e-mailuri de atunci',
    other: '# de e-mailuri de atunci',
  }),
  mailsNeeded: count({
    one: 'pentru un contact rece este nevoie de un e-mail',
    few: 'pentru un contact rece este nevoie de # e-mailuri',
    other: 'pentru un contact rece este nevoie de # de e-mailuri',
  }),

  method: (name) => `prin „${name}”`,
  score: (score) => `nota a fost ${score} din 10`,
  rating: (stars) => `evaluarea a fost ${stars} din 5`,
  rfmScores: (recency, frequency, monetary) =>
    `note: ${recency} pentru recență, ${frequency} pentru frecvență și ${monetary} pentru valoare`,
  counted: (event, times, needed) => `„${event}”: ${times}, minimul cerut: ${needed}`,

  next: {
    unlessOrdered: (state, date) => `trece la „${state}” pe ${date} dacă nu vine nicio comandă`,
    unlessEngaged: (state, date) =>
      `trece la „${state}” pe ${date} dacă nu vizitează magazinul și nu dă clic`,
    unlessConfirmed: (state, date) => `trece la „${state}” pe ${date} dacă nu confirmă`,
    rfm: (group, date) => `trece în grupul „${group}” pe ${date} dacă nu vine nicio comandă`,
  },
  nextThen: (state, date) => `următorul termen de atunci: „${state}” pe ${date}`,
}
