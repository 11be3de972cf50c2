import { createCounter } from '@ciclo/engine'
import type { HomeWords, Moved } from './homeWords.ts'

const count = createCounter('ro')

const customers = count({ one: '# client', few: '# clienți', other: '# de clienți' })
const mails = count({ one: '# e-mail', few: '# e-mailuri', other: '# de e-mailuri' })
const inputs = count({ one: '# eveniment', few: '# evenimente', other: '# de evenimente' })

const spent = ({ people, spend }: Moved) =>
  spend === null ? '' : `; ${people === 1 ? 'a cheltuit' : 'au cheltuit'} ${spend} în ultimul an`

const who = ({ names, people }: Moved) => names ?? customers(people)
const have = ({ people }: Moved) => (people === 1 ? 'a' : 'au')

export const homeWordsRo: HomeWords = {
  empty: 'Încă nu a sosit nimic. Ghidul te duce de aici până la primul eveniment și primul e-mail.',
  counting: 'Îți numărăm clienții. Prima dată durează puțin.',
  sound: 'Totul funcționează.',
  calm: 'O săptămână liniștită: nimeni nu și-a schimbat etapa.',
  late: (number, ago) =>
    `${mails(number)} ${number === 1 ? 'trebuia' : 'trebuiau'} să plece ${ago} și încă ${number === 1 ? 'așteaptă' : 'sunt aici'}`,
  stopped: (sender) => `Expeditorul „${sender}” este oprit, iar e-mailurile lui așteaptă`,
  silent: (hours) => `De ${hours} nu a sosit nimic, lucru neobișnuit pentru magazinul tău`,
  parked: (number) =>
    `${inputs(number)} nu ${number === 1 ? 'a putut fi procesat și te așteaptă' : 'au putut fi procesate și te așteaptă'}`,
  failing: (job) => `Sarcina „${job}” eșuează mereu`,
  more: count({
    one: '; încă # lucru are nevoie de tine',
    few: '; încă # lucruri au nevoie de tine',
    other: '; încă # de lucruri au nevoie de tine',
  }),
  hoursAgo: count({ one: 'acum o oră', few: 'acum # ore', other: 'acum # de ore' }),
  daysAgo: count({ one: 'acum o zi', few: 'acum # zile', other: 'acum # de zile' }),
  hours: count({ one: 'o oră', few: '# ore', other: '# de ore' }),
  days: count({ one: 'o zi', few: '# zile', other: '# de zile' }),
  atRisk: (moved) =>
    `${who(moved)} ${have(moved)} depășit săptămâna aceasta intervalul obișnuit${spent(moved)}.`,
  lapsed: (moved) =>
    `${who(moved)} ${have(moved)} devenit ${moved.people === 1 ? 'inactiv' : 'inactivi'} săptămâna aceasta${spent(moved)}.`,
  reactivated: (moved) =>
    `${who(moved)} ${moved.people === 1 ? 's-a întors' : 's-au întors'} săptămâna aceasta${spent(moved)}.`,
  first: (moved) => `${who(moved)} ${have(moved)} comandat pentru prima dată săptămâna aceasta.`,
  prospect: (moved) =>
    `${who(moved)} ${have(moved)} lăsat o adresă săptămâna aceasta, deocamdată fără comandă.`,
  stages: {
    visitor: 'Vizitator',
    prospect: 'Potențial',
    new: 'Nou',
    active: 'Activ',
    reactivated: 'Reactivat',
    atRisk: 'În pericol',
    lapsed: 'Inactiv',
    lost: 'Pierdut',
  },
  journeys: {
    welcome: 'Bun venit',
    'second-purchase': 'A doua comandă',
    'at-risk': 'Pe cale să plece',
    'win-back': 'Recâștigare',
  },
  tasks: {
    empty: {
      title: 'Conectează-ți magazinul',
      text: 'Pune codul în magazin, importă comenzile din trecut și trimite un e-mail de probă. Durează un sfert de oră.',
      action: 'Deschide ghidul',
    },
    late: (number) => ({
      title: `${mails(number)} ${number === 1 ? 'blocat' : 'blocate'}`,
      text: 'Serverul de e-mail nu răspunde sau serverul care trimite s-a oprit. Vezi ce a spus ultima dată.',
      action: 'Vezi coada',
    }),
    stopped: (sender, reason) => ({
      title: `Află de ce a fost oprit „${sender}”`,
      text: `E-mailurile lui așteaptă până le dai drumul. Motivul: ${reason}.`,
      action: 'Deschide expeditorul',
    }),
    silent: (hours) => ({
      title: 'Verifică legătura cu magazinul',
      text: `Niciun eveniment de ${hours}. A dispărut codul la o actualizare sau a fost revocată o cheie?`,
      action: 'Verifică legătura',
    }),
    parked: (number) => ({
      title: `${inputs(number)} ${number === 1 ? 'neprocesat' : 'neprocesate'}`,
      text: 'Nu se pierde nimic: sunt păstrate și pot fi reluate după ce cauza este rezolvată.',
      action: 'Vezi-le',
    }),
    address: {
      title: 'Spune unde se află magazinul tău',
      text: 'Legea cere o adresă poștală în e-mailurile comerciale. Ale tale nu o au încă.',
      action: 'Adaugă adresa',
    },
    records: (sender, records) => ({
      title: `Repară înregistrările DNS ale „${sender}”`,
      text: `${records} nu arată cum se așteaptă destinatarii. Până atunci, e-mailurile pot ajunge în spam.`,
      action: 'Vezi ce trebuie publicat',
    }),
    journey: (people, stage, journey) => ({
      title: `Pornește „${journey}”`,
      text: `${customers(people)} ${people === 1 ? 'a trecut' : 'au trecut'} la „${stage}” în ultimele 28 de zile fără vreo veste de la tine.`,
      action: 'Pornește',
    }),
    atRisk: (people) => ({
      title: `Păstrează ${customers(people)} înainte să plece`,
      text: 'Nu au mai comandat de mai mult timp decât trece de obicei între două comenzi ale lor.',
      action: 'Vezi cine sunt',
    }),
    lapsed: (people) => ({
      title: `Adu înapoi ${customers(people)}`,
      text: 'Au devenit inactivi în ultimele 28 de zile. Cu cât află mai repede de tine, cu atât se întorc mai ușor.',
      action: 'Vezi cine sunt',
    }),
    pending: (people) => ({
      title: `${customers(people)} fără confirmare`,
      text: 'Au cerut newsletterul și nu au apăsat butonul din e-mail. Oare ajunge în spam?',
      action: 'Vezi cine sunt',
    }),
  },
  mail: {
    subject: (shop, day) => `${shop}: săptămâna ta până pe ${day}`,
    toDo: 'De făcut',
    nothingToDo: 'Nimic nu are nevoie de tine.',
    money: 'Bani',
    revenue: 'Venituri',
    attributed: 'După un clic într-un e-mail',
    days: count({ one: 'Ultima zi', few: 'Ultimele # zile', other: 'Ultimele # de zile' }),
    before: 'Înainte',
    customers: 'Clienți',
    thisWeek: 'E-mailuri săptămâna aceasta',
    sent: count({ one: '# trimis', few: '# trimise', other: '# trimise' }),
    clicks: count({
      one: '# clic al unei persoane',
      few: '# clicuri ale unor persoane',
      other: '# de clicuri ale unor persoane',
    }),
    complaints: count({ one: '# reclamație', few: '# reclamații', other: '# de reclamații' }),
    unsubscribes: count({ one: '# dezabonare', few: '# dezabonări', other: '# de dezabonări' }),
    planned: count({
      one: '# planificat pentru următoarele șapte zile',
      few: '# planificate pentru următoarele șapte zile',
      other: '# planificate pentru următoarele șapte zile',
    }),
    stake: (money) => `${money} pe an în joc`,
    open: 'Deschide Ciclo',
    why: 'Primești acest e-mail în fiecare luni pentru că magazinul este al tău în Ciclo.',
    settings: 'Oprește-l din setări',
    change: (difference) => `${difference} în 28 de zile`,
  },
}
