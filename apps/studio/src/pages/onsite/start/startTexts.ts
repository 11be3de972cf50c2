import type { OnsiteMessage } from '@ciclo/engine'

type Kind = OnsiteMessage['kind']
type Texts = OnsiteMessage['texts'][string]

export type StartLocale = 'en' | 'es' | 'pl' | 'ro'

interface StartWords {
  texts: Readonly<Record<Kind, Partial<Texts>>>
  close: string
  /** Beside the field of the address. */
  email: string
  firstName: string
}

/** What visitors read, in their own language: not the studio's words. */
export const START_WORDS: Readonly<Record<StartLocale, StartWords>> = {
  en: {
    close: 'Close',
    email: 'E-mail',
    firstName: 'First name',
    texts: {
      signUp: {
        title: 'Good news, now and then',
        text: 'New arrivals and offers first, in one letter a week at most.',
        button: 'Sign me up',
        consent: 'Yes, write to me about news and offers. I can stop it at any time.',
        clause: 'We keep your address to write to you, and pass it on to nobody.',
        thanks: 'Look into your mailbox: one press of a button, and you are in.',
      },
      contest: {
        title: 'Win a surprise',
        text: 'Take part with your e-mail address. We draw the winner at the end of the month.',
        button: 'Take part',
        consent: 'Write to me about news and offers as well. I can stop it at any time.',
        clause: 'We keep your address to tell you whether you have won.',
        thanks: 'You are in. Good luck!',
      },
      popUp: {
        title: 'Free delivery this week',
        text: 'On every order from 30 euros on.',
        button: 'Have a look',
      },
      bar: { title: 'Free delivery this week', text: 'On every order from 30 euros on.' },
      survey: {
        title: 'How likely are you to recommend us to a friend?',
        button: 'Send',
        low: 'not at all',
        high: 'very likely',
        thanks: 'Thank you. That helps us.',
      },
    },
  },
  es: {
    close: 'Cerrar',
    email: 'Correo',
    firstName: 'Nombre',
    texts: {
      signUp: {
        title: 'Buenas noticias, de vez en cuando',
        text: 'Novedades y ofertas antes que nadie, en una carta por semana como mucho.',
        button: 'Apúntame',
        consent: 'Sí, escribidme sobre novedades y ofertas. Puedo dejarlo cuando quiera.',
        clause: 'Guardamos tu dirección para escribirte y no se la damos a nadie.',
        thanks: 'Mira tu correo: pulsa el botón y ya está.',
      },
      contest: {
        title: 'Gana una sorpresa',
        text: 'Participa con tu correo. Sorteamos el premio a final de mes.',
        button: 'Participar',
        consent: 'Escribidme también sobre novedades y ofertas. Puedo dejarlo cuando quiera.',
        clause: 'Guardamos tu dirección para decirte si has ganado.',
        thanks: 'Ya participas. ¡Suerte!',
      },
      popUp: {
        title: 'Envío gratis esta semana',
        text: 'En todos los pedidos a partir de 30 euros.',
        button: 'Echar un vistazo',
      },
      bar: { title: 'Envío gratis esta semana', text: 'En todos los pedidos a partir de 30 euros.' },
      survey: {
        title: '¿Nos recomendarías a un amigo?',
        button: 'Enviar',
        low: 'seguro que no',
        high: 'seguro que sí',
        thanks: 'Gracias. Nos ayuda mucho.',
      },
    },
  },
  pl: {
    close: 'Zamknij',
    email: 'E-mail',
    firstName: 'Imię',
    texts: {
      signUp: {
        title: 'Dobre wieści, od czasu do czasu',
        text: 'Nowości i oferty wcześniej niż u innych, najwyżej jeden list w tygodniu.',
        button: 'Zapisz mnie',
        consent: 'Tak, piszcie do mnie o nowościach i ofertach. Mogę zrezygnować w każdej chwili.',
        clause: 'Przechowujemy twój adres, żeby do ciebie pisać, i nikomu go nie przekazujemy.',
        thanks: 'Zajrzyj do skrzynki: jedno kliknięcie i gotowe.',
      },
      contest: {
        title: 'Wygraj niespodziankę',
        text: 'Weź udział, podając swój e-mail. Zwycięzcę losujemy na koniec miesiąca.',
        button: 'Biorę udział',
        consent: 'Piszcie do mnie też o nowościach i ofertach. Mogę zrezygnować w każdej chwili.',
        clause: 'Przechowujemy twój adres, żeby dać znać, czy to ty wygrywasz.',
        thanks: 'Gotowe. Powodzenia!',
      },
      popUp: {
        title: 'W tym tygodniu dostawa gratis',
        text: 'Przy każdym zamówieniu od 30 euro.',
        button: 'Zobacz',
      },
      bar: { title: 'W tym tygodniu dostawa gratis', text: 'Przy każdym zamówieniu od 30 euro.' },
      survey: {
        title: 'Czy polecisz nas znajomym?',
        button: 'Wyślij',
        low: 'na pewno nie',
        high: 'na pewno tak',
        thanks: 'Dziękujemy. To nam pomaga.',
      },
    },
  },
  ro: {
    close: 'Închide',
    email: 'E-mail',
    firstName: 'Prenume',
    texts: {
      signUp: {
        title: 'Vești bune, din când în când',
        text: 'Noutăți și oferte înaintea tuturor, cel mult o scrisoare pe săptămână.',
        button: 'Înscrie-mă',
        consent: 'Da, scrieți-mi despre noutăți și oferte. Pot renunța oricând.',
        clause: 'Îți păstrăm adresa ca să-ți scriem și nu o dăm nimănui.',
        thanks: 'Uită-te în căsuța de e-mail: o apăsare pe buton și gata.',
      },
      contest: {
        title: 'Câștigă o surpriză',
        text: 'Participă cu adresa ta de e-mail. Tragem la sorți la sfârșitul lunii.',
        button: 'Particip',
        consent: 'Scrieți-mi și despre noutăți și oferte. Pot renunța oricând.',
        clause: 'Îți păstrăm adresa ca să-ți spunem dacă ai câștigat.',
        thanks: 'Participi. Mult noroc!',
      },
      popUp: {
        title: 'Livrare gratuită săptămâna aceasta',
        text: 'La orice comandă de la 30 de euro.',
        button: 'Vezi',
      },
      bar: { title: 'Livrare gratuită săptămâna aceasta', text: 'La orice comandă de la 30 de euro.' },
      survey: {
        title: 'Ne-ai recomanda unui prieten?',
        button: 'Trimite',
        low: 'sigur nu',
        high: 'sigur da',
        thanks: 'Mulțumim. Ne ajută mult.',
      },
    },
  },
}

export const startLocale = (locale: string): StartLocale => {
  const language = locale.slice(0, 2)
  return language in START_WORDS ? (language as StartLocale) : 'en'
}
