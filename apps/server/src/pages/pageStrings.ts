import type { Locale } from '@ciclo/templates'

export interface PageStrings {
  confirmTitle: string
  confirmText: string
  confirmButton: string
  confirmedTitle: string
  confirmedText: string
  unsubscribeTitle: string
  unsubscribeText: string
  unsubscribeButton: string
  unsubscribedTitle: string
  unsubscribedText: string
  preferencesTitle: string
  subscribedText: string
  notSubscribedText: string
  expiredTitle: string
  expiredText: string
  unknownTitle: string
  unknownText: string
}

/** What the customers' own pages say, in the locales of the mails that lead to them. */
export const PAGE_STRINGS: Record<Locale, PageStrings> = {
  en: {
    confirmTitle: 'One click left',
    confirmText:
      'Press the button to receive our news by e-mail. You can stop it at any time with one click.',
    confirmButton: 'Yes, subscribe me',
    confirmedTitle: 'Thank you, you are in',
    confirmedText: 'Your subscription is confirmed. A first mail is on its way.',
    unsubscribeTitle: 'Unsubscribe',
    unsubscribeText:
      'Press the button and we will send you no more news. Mails about your orders still reach you.',
    unsubscribeButton: 'Unsubscribe',
    unsubscribedTitle: 'You are unsubscribed',
    unsubscribedText: 'We will send you no more news. Mails about your orders still reach you.',
    preferencesTitle: 'Your e-mail preferences',
    subscribedText: 'You receive our news by e-mail.',
    notSubscribedText: 'You do not receive our news. To get them again, sign up in the shop.',
    expiredTitle: 'This link has expired',
    expiredText: 'Please sign up once more in the shop, and we will send you a new link.',
    unknownTitle: 'This link does not work',
    unknownText: 'It is incomplete or was changed on its way. Please copy the whole link from the mail.',
  },
  es: {
    confirmTitle: 'Solo falta un clic',
    confirmText:
      'Pulsa el botón para recibir nuestras novedades por correo. Puedes dejarlo cuando quieras con un clic.',
    confirmButton: 'Sí, quiero suscribirme',
    confirmedTitle: 'Gracias, ya estás dentro',
    confirmedText: 'Tu suscripción está confirmada. El primer correo va de camino.',
    unsubscribeTitle: 'Darte de baja',
    unsubscribeText:
      'Pulsa el botón y no te enviaremos más novedades. Los correos sobre tus pedidos seguirán llegándote.',
    unsubscribeButton: 'Darme de baja',
    unsubscribedTitle: 'Te has dado de baja',
    unsubscribedText: 'No te enviaremos más novedades. Los correos sobre tus pedidos seguirán llegándote.',
    preferencesTitle: 'Tus preferencias de correo',
    subscribedText: 'Recibes nuestras novedades por correo.',
    notSubscribedText: 'No recibes nuestras novedades. Para volver a recibirlas, suscríbete en la tienda.',
    expiredTitle: 'Este enlace ha caducado',
    expiredText: 'Suscríbete de nuevo en la tienda y te enviaremos otro enlace.',
    unknownTitle: 'Este enlace no funciona',
    unknownText: 'Está incompleto o cambió por el camino. Copia el enlace entero desde el correo.',
  },
  pl: {
    confirmTitle: 'Jeszcze jedno kliknięcie',
    confirmText:
      'Naciśnij przycisk, aby otrzymywać od nas nowości e-mailem. Możesz zrezygnować w każdej chwili jednym kliknięciem.',
    confirmButton: 'Tak, zapisuję się',
    confirmedTitle: 'Dziękujemy, gotowe',
    confirmedText: 'Zapis został potwierdzony. Pierwsza wiadomość jest już w drodze.',
    unsubscribeTitle: 'Rezygnacja z newslettera',
    unsubscribeText:
      'Naciśnij przycisk, a nie będziemy wysyłać Ci nowości. Wiadomości o zamówieniach nadal będą przychodzić.',
    unsubscribeButton: 'Rezygnuję',
    unsubscribedTitle: 'Rezygnacja przyjęta',
    unsubscribedText: 'Nie będziemy wysyłać Ci nowości. Wiadomości o zamówieniach nadal będą przychodzić.',
    preferencesTitle: 'Twoje ustawienia e-maili',
    subscribedText: 'Otrzymujesz od nas nowości e-mailem.',
    notSubscribedText: 'Nie otrzymujesz naszych nowości. Aby znów je dostawać, zapisz się w sklepie.',
    expiredTitle: 'Ten link wygasł',
    expiredText: 'Zapisz się w sklepie jeszcze raz, a wyślemy Ci nowy link.',
    unknownTitle: 'Ten link nie działa',
    unknownText: 'Jest niepełny albo zmienił się po drodze. Skopiuj cały link z wiadomości.',
  },
  ro: {
    confirmTitle: 'Mai lipsește un singur clic',
    confirmText:
      'Apasă butonul ca să primești noutățile noastre prin e-mail. Poți renunța oricând, cu un singur clic.',
    confirmButton: 'Da, mă abonez',
    confirmedTitle: 'Mulțumim, totul e gata',
    confirmedText: 'Abonarea este confirmată. Primul mesaj e deja pe drum.',
    unsubscribeTitle: 'Dezabonare',
    unsubscribeText:
      'Apasă butonul și nu îți mai trimitem noutăți. Mesajele despre comenzile tale vor ajunge în continuare.',
    unsubscribeButton: 'Mă dezabonez',
    unsubscribedTitle: 'Te-ai dezabonat',
    unsubscribedText: 'Nu îți mai trimitem noutăți. Mesajele despre comenzile tale vor ajunge în continuare.',
    preferencesTitle: 'Preferințele tale de e-mail',
    subscribedText: 'Primești noutățile noastre prin e-mail.',
    notSubscribedText: 'Nu primești noutățile noastre. Ca să le primești din nou, abonează-te în magazin.',
    expiredTitle: 'Linkul a expirat',
    expiredText: 'Abonează-te încă o dată în magazin și îți trimitem alt link.',
    unknownTitle: 'Linkul nu funcționează',
    unknownText: 'Este incomplet sau s-a schimbat pe drum. Copiază linkul întreg din mesaj.',
  },
}
