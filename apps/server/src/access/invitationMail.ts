import { chooseLocale, LOCALES, type Locale } from '@ciclo/templates'
import type { DirectMail } from '../sending/sendDirectly.ts'

interface Words {
  subject: (shop: string) => string
  text: (shop: string) => string
  button: string
  until: (date: string) => string
  unasked: string
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    subject: (shop) => `You are invited to ${shop} on Ciclo`,
    text: (shop) => `You are invited to work on the e-mails and customers of ${shop} in Ciclo.`,
    button: 'Accept the invitation',
    until: (date) => `The link works once, until ${date}.`,
    unasked: 'You expected no invitation? Then there is nothing to do.',
  },
  es: {
    subject: (shop) => `Te han invitado a ${shop} en Ciclo`,
    text: (shop) => `Te han invitado a trabajar con los correos y los clientes de ${shop} en Ciclo.`,
    button: 'Aceptar la invitación',
    until: (date) => `El enlace funciona una sola vez, hasta el ${date}.`,
    unasked: '¿No esperabas ninguna invitación? Entonces no tienes que hacer nada.',
  },
  pl: {
    subject: (shop) => `Zaproszenie do ${shop} w Ciclo`,
    text: (shop) => `Masz zaproszenie do pracy nad e-mailami i klientami sklepu ${shop} w Ciclo.`,
    button: 'Przyjmij zaproszenie',
    until: (date) => `Link działa raz, do ${date}.`,
    unasked: 'To zaproszenie trafiło do Ciebie przez pomyłkę? Nie musisz nic robić.',
  },
  ro: {
    subject: (shop) => `Ai o invitație la ${shop} în Ciclo`,
    text: (shop) =>
      `Ai primit o invitație să lucrezi cu e-mailurile și clienții magazinului ${shop} în Ciclo.`,
    button: 'Acceptă invitația',
    until: (date) => `Linkul funcționează o singură dată, până la ${date}.`,
    unasked: 'Nu așteptai nicio invitație? Atunci nu ai nimic de făcut.',
  },
}

const inHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export interface InvitationMailOptions {
  to: string
  shop: string
  link: string
  expiresAt: number
  /** Of the shop: a tag such as `es` or `es-MX`. */
  locale: string
  timeZone: string
}

/** The mail that brings an invitation's link, in the shop's language. */
export function invitationMail(options: InvitationMailOptions): DirectMail {
  const { to, shop, link, expiresAt, timeZone } = options
  const locale = chooseLocale(LOCALES, [options.locale]) as Locale
  const words = WORDS[locale]
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
    expiresAt,
  )
  // A name with a line break would be another header.
  const name = shop.replaceAll(/\s+/g, ' ').trim()
  const paragraphs = [words.text(name), words.until(date), words.unasked] as const
  return {
    to,
    subject: words.subject(name),
    text: `${paragraphs[0]}\n\n${words.button}: ${link}\n\n${paragraphs[1]}\n${paragraphs[2]}\n`,
    html: `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${inHtml(words.subject(name))}</title></head><body style="margin:0;padding:32px 16px;font-family:Arial,sans-serif;font-size:16px;line-height:1.5;color:#1d2522;background:#fcfcfa"><div style="max-width:480px;margin:0 auto"><p>${inHtml(paragraphs[0])}</p><p style="margin:24px 0"><a href="${inHtml(link)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0f6b60;color:#ffffff;text-decoration:none;font-weight:bold">${inHtml(words.button)}</a></p><p style="color:#5b6460;font-size:14px">${inHtml(paragraphs[1])}<br>${inHtml(paragraphs[2])}</p></div></body></html>`,
  }
}
