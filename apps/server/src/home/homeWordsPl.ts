import { createCounter } from '@ciclo/engine'
import type { HomeWords, Moved } from './homeWords.ts'

const count = createCounter('pl')

const customers = count({ one: '# klient', few: '# klientów', many: '# klientów' })
/** Genitive: „u 3 klientów”. */
const ofCustomers = count({ one: '# klienta', few: '# klientów', many: '# klientów' })
const inputs = count({ one: '# zdarzenie', few: '# zdarzenia', many: '# zdarzeń' })

const spent = ({ spend }: Moved) => (spend === null ? '' : `; wydatki z ostatniego roku: ${spend}`)

/** Names stand after a colon: so no case and no gender of theirs is needed. */
const told = (moved: Moved, named: string, counted: (people: number) => string) =>
  moved.names === null
    ? `${counted(moved.people)}${spent(moved)}.`
    : `${named}: ${moved.names}${spent(moved)}.`

export const homeWordsPl: HomeWords = {
  empty: 'Nic jeszcze nie przyszło. Przewodnik prowadzi stąd do pierwszego zdarzenia i pierwszego maila.',
  counting: 'Liczymy klientów. Za pierwszym razem chwilę to trwa.',
  sound: 'Wszystko działa.',
  calm: 'Spokojny tydzień: nikt nie zmienił etapu.',
  late: (number, ago) =>
    count({
      one: `# mail miał wyjść ${ago} i wciąż czeka`,
      few: `# maile miały wyjść ${ago} i wciąż czekają`,
      many: `# maili miało wyjść ${ago} i wciąż czeka`,
    })(number),
  stopped: (sender) => `Nadawca „${sender}” jest zatrzymany, a jego maile czekają`,
  silent: (hours) => `Od ${hours} nic nie przyszło, co w tym sklepie jest niezwykłe`,
  parked: count({
    one: '# zdarzenia nie udało się przetworzyć i czeka na ciebie',
    few: '# zdarzeń nie udało się przetworzyć i czekają na ciebie',
    many: '# zdarzeń nie udało się przetworzyć i czekają na ciebie',
  }),
  failing: (job) => `Zadanie „${job}” wciąż się nie udaje`,
  more: count({
    one: '; jeszcze # rzecz wymaga uwagi',
    few: '; jeszcze # rzeczy wymagają uwagi',
    many: '; jeszcze # rzeczy wymaga uwagi',
  }),
  hoursAgo: count({ one: 'godzinę temu', few: '# godziny temu', many: '# godzin temu' }),
  daysAgo: count({ one: 'dzień temu', few: '# dni temu', many: '# dni temu' }),
  hours: count({ one: 'godziny', few: '# godzin', many: '# godzin' }),
  days: count({ one: 'jednego dnia', few: '# dni', many: '# dni' }),
  atRisk: (moved) =>
    told(
      moved,
      'W tym tygodniu minął zwykły czas do kolejnego zamówienia',
      (people) => `W tym tygodniu zwykły czas do kolejnego zamówienia minął u ${ofCustomers(people)}`,
    ),
  lapsed: (moved) =>
    told(
      moved,
      'Nieaktywni od tego tygodnia',
      count({
        one: 'W tym tygodniu # klient stał się nieaktywny',
        few: 'W tym tygodniu # klientów stało się nieaktywnych',
        many: 'W tym tygodniu # klientów stało się nieaktywnych',
      }),
    ),
  reactivated: (moved) =>
    told(
      moved,
      'Powroty w tym tygodniu',
      count({
        one: 'W tym tygodniu wrócił # klient',
        few: 'W tym tygodniu wróciło # klientów',
        many: 'W tym tygodniu wróciło # klientów',
      }),
    ),
  first: (moved) =>
    told(
      { ...moved, spend: null },
      'Pierwsze zamówienia w tym tygodniu',
      count({
        one: 'W tym tygodniu # klient zamówił po raz pierwszy',
        few: 'W tym tygodniu # klientów zamówiło po raz pierwszy',
        many: 'W tym tygodniu # klientów zamówiło po raz pierwszy',
      }),
    ),
  prospect: (moved) =>
    told(
      { ...moved, spend: null },
      'Nowe adresy z tego tygodnia, na razie bez zamówienia',
      count({
        one: 'W tym tygodniu # osoba zostawiła adres, na razie bez zamówienia',
        few: 'W tym tygodniu # osoby zostawiły adres, na razie bez zamówienia',
        many: 'W tym tygodniu # osób zostawiło adres, na razie bez zamówienia',
      }),
    ),
  stages: {
    visitor: 'Gość',
    prospect: 'Potencjalny',
    new: 'Nowy',
    active: 'Aktywny',
    reactivated: 'Odzyskany',
    atRisk: 'Zagrożony',
    lapsed: 'Nieaktywny',
    lost: 'Utracony',
  },
  journeys: {
    welcome: 'Powitanie',
    'second-purchase': 'Drugie zamówienie',
    'at-risk': 'Zaraz odejdzie',
    'win-back': 'Odzyskanie klienta',
  },
  tasks: {
    empty: {
      title: 'Połącz swój sklep',
      text: 'Wstaw kod do sklepu, zaimportuj dawne zamówienia i wyślij maila próbnego. To kwadrans.',
      action: 'Otwórz przewodnik',
    },
    late: (number) => ({
      title: count({ one: '# mail utknął', few: '# maile utknęły', many: '# maili utknęło' })(number),
      text: 'Serwer pocztowy nie odpowiada albo serwer, który wysyła, stanął. Zobacz, co powiedział na końcu.',
      action: 'Zobacz kolejkę',
    }),
    stopped: (sender, reason) => ({
      title: `Sprawdź, dlaczego „${sender}” stoi`,
      text: `Maile czekają, aż pozwolisz im iść dalej. Powód: ${reason}.`,
      action: 'Otwórz nadawcę',
    }),
    silent: (hours) => ({
      title: 'Sprawdź połączenie ze sklepem',
      text: `Żadnego zdarzenia od ${hours}. Czy przy wdrożeniu zniknął kod albo cofnięto klucz?`,
      action: 'Sprawdź połączenie',
    }),
    parked: (number) => ({
      title: `Nieprzetworzone: ${inputs(number)}`,
      text: 'Nic nie ginie: zostały zachowane i można je powtórzyć, gdy przyczyna zniknie.',
      action: 'Zobacz je',
    }),
    address: {
      title: 'Podaj adres swojego sklepu',
      text: 'Prawo wymaga adresu pocztowego w mailach marketingowych. W twoich jeszcze go nie ma.',
      action: 'Dodaj adres',
    },
    records: (sender, records) => ({
      title: `Popraw rekordy DNS nadawcy „${sender}”`,
      text: `${records}: odbiorcy oczekują czegoś innego. Do tego czasu maile mogą trafiać do spamu.`,
      action: 'Zobacz, co opublikować',
    }),
    journey: (people, stage, journey) => ({
      title: `Włącz „${journey}”`,
      text: `Przez ostatnie 28 dni do etapu „${stage}” przeszło ${ofCustomers(people)} i nic od ciebie nie dostało.`,
      action: 'Włącz',
    }),
    atRisk: (people) => ({
      title: `Zatrzymaj, zanim odejdą: ${customers(people)}`,
      text: 'Czekają dłużej, niż zwykle mija między ich dwoma zamówieniami.',
      action: 'Zobacz, kto to',
    }),
    lapsed: (people) => ({
      title: `Do odzyskania: ${customers(people)}`,
      text: 'Stali się nieaktywni w ostatnich 28 dniach. Im szybciej się odezwiesz, tym łatwiej wrócą.',
      action: 'Zobacz, kto to',
    }),
    pending: (people) => ({
      title: `Bez potwierdzenia: ${customers(people)}`,
      text: 'Chcą newslettera, ale nie kliknęli przycisku w mailu. Czy nie trafia on do spamu?',
      action: 'Zobacz, kto to',
    }),
  },
  mail: {
    subject: (shop, day) => `${shop}: twój tydzień do ${day}`,
    toDo: 'Do zrobienia',
    nothingToDo: 'Nic nie wymaga twojej uwagi.',
    money: 'Pieniądze',
    revenue: 'Przychód',
    attributed: 'Po kliknięciu w mailu',
    days: count({ one: 'Ostatni dzień', few: 'Ostatnie # dni', many: 'Ostatnie # dni' }),
    before: 'Wcześniej',
    customers: 'Klienci',
    thisWeek: 'Maile w tym tygodniu',
    sent: count({ one: '# wysłany', few: '# wysłane', many: '# wysłanych' }),
    clicks: count({ one: '# kliknięcie ludzi', few: '# kliknięcia ludzi', many: '# kliknięć ludzi' }),
    complaints: count({ one: '# skarga', few: '# skargi', many: '# skarg' }),
    unsubscribes: count({ one: '# wypisanie', few: '# wypisania', many: '# wypisań' }),
    planned: count({
      one: '# zaplanowany na najbliższe siedem dni',
      few: '# zaplanowane na najbliższe siedem dni',
      many: '# zaplanowanych na najbliższe siedem dni',
    }),
    stake: (money) => `${money} rocznie do stracenia`,
    open: 'Otwórz Ciclo',
    why: 'Dostajesz to co poniedziałek, bo ten sklep w Ciclo należy do ciebie.',
    settings: 'Wyłącz w ustawieniach',
    change: (difference) => `${difference} przez 28 dni`,
  },
}
