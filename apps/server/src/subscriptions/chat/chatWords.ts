import type { SentenceLanguage } from '@ciclo/engine'

/** What stands before the facts of a message to a chat tool. */
export interface ChatWords {
  customer: string
  email: string
  userId: string
  stage: string
  orders: string
  noOrders: string
  mails: string
  noMails: string
  open: string
}

export const CHAT_WORDS: Record<SentenceLanguage['language'], ChatWords> = {
  en: {
    customer: 'Customer',
    email: 'E-mail',
    userId: 'User ID',
    stage: 'Stage',
    orders: 'Orders',
    noOrders: 'none yet',
    mails: 'Last mails',
    noMails: 'none yet',
    open: 'Open the customer',
  },
  es: {
    customer: 'Cliente',
    email: 'Correo',
    userId: 'ID de usuario',
    stage: 'Etapa',
    orders: 'Pedidos',
    noOrders: 'ninguno todavía',
    mails: 'Últimos correos',
    noMails: 'ninguno todavía',
    open: 'Abrir el cliente',
  },
  pl: {
    customer: 'Klient',
    email: 'E-mail',
    userId: 'ID użytkownika',
    stage: 'Etap',
    orders: 'Zamówienia',
    noOrders: 'jeszcze żadnego',
    mails: 'Ostatnie e-maile',
    noMails: 'jeszcze żadnego',
    open: 'Otwórz klienta',
  },
  ro: {
    customer: 'Client',
    email: 'E-mail',
    userId: 'ID utilizator',
    stage: 'Etapă',
    orders: 'Comenzi',
    noOrders: 'niciuna încă',
    mails: 'Ultimele e-mailuri',
    noMails: 'niciunul încă',
    open: 'Deschide clientul',
  },
}
