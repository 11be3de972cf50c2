import { createCounter } from '@ciclo/engine'
import type { HomeWords, Moved } from './homeWords.ts'

const count = createCounter('es')

const customers = count({ one: '# cliente', other: '# clientes' })
const mails = count({ one: '# correo', other: '# correos' })
const inputs = count({ one: '# evento', other: '# eventos' })

const spent = ({ people, spend }: Moved) =>
  spend === null ? '' : `; ${people === 1 ? 'gastó' : 'gastaron'} ${spend} en el último año`

const who = ({ names, people }: Moved) => names ?? customers(people)
const verb = ({ people }: Moved, one: string, several: string) => (people === 1 ? one : several)

export const homeWordsEs: HomeWords = {
  empty: 'Todavía no ha llegado nada. La guía te lleva desde aquí hasta tu primer evento y tu primer correo.',
  counting: 'Estamos contando a tus clientes. La primera vez tarda un momento.',
  sound: 'Todo funciona.',
  calm: 'Semana tranquila: nadie ha cambiado de etapa.',
  late: (number, ago) =>
    `${mails(number)} ${number === 1 ? 'debería' : 'deberían'} haber salido ${ago} y ${number === 1 ? 'sigue' : 'siguen'} aquí`,
  stopped: (sender) => `El remitente «${sender}» está detenido y sus correos esperan`,
  silent: (hours) => `No ha llegado nada en ${hours}, algo raro en tu tienda`,
  parked: (number) =>
    `${inputs(number)} no se ${number === 1 ? 'ha podido procesar y te espera' : 'han podido procesar y te esperan'}`,
  failing: (job) => `La tarea «${job}» falla una y otra vez`,
  more: count({ one: '; hay # cosa más que mirar', other: '; hay # cosas más que mirar' }),
  hoursAgo: count({ one: 'hace una hora', other: 'hace # horas' }),
  daysAgo: count({ one: 'hace un día', other: 'hace # días' }),
  hours: count({ one: 'una hora', other: '# horas' }),
  days: count({ one: 'un día', other: '# días' }),
  atRisk: (moved) =>
    `${who(moved)} ${verb(moved, 'ha superado su plazo habitual', 'han superado su plazo habitual')} esta semana${spent(moved)}.`,
  lapsed: (moved) =>
    `${who(moved)} ${verb(moved, 'ha pasado', 'han pasado')} a «Inactivo» esta semana${spent(moved)}.`,
  reactivated: (moved) =>
    `${who(moved)} ${verb(moved, 'ha vuelto', 'han vuelto')} esta semana${spent(moved)}.`,
  first: (moved) =>
    `${who(moved)} ${verb(moved, 'ha comprado', 'han comprado')} por primera vez esta semana.`,
  prospect: (moved) =>
    `${who(moved)} ${verb(moved, 'ha dejado', 'han dejado')} su correo esta semana, todavía sin pedido.`,
  stages: {
    visitor: 'Visitante',
    prospect: 'Potencial',
    new: 'Nuevo',
    active: 'Activo',
    reactivated: 'Reactivado',
    atRisk: 'En riesgo',
    lapsed: 'Inactivo',
    lost: 'Perdido',
  },
  journeys: {
    welcome: 'Bienvenida',
    'second-purchase': 'Segundo pedido',
    'at-risk': 'A punto de irse',
    'win-back': 'Recuperar clientes',
  },
  tasks: {
    empty: {
      title: 'Conecta tu tienda',
      text: 'Pon el código en tu tienda, importa los pedidos anteriores y envía un correo de prueba. Es un cuarto de hora.',
      action: 'Abrir la guía',
    },
    late: (number) => ({
      title: `${mails(number)} sin salir`,
      text: 'O el servidor de correo no contesta, o el servidor que envía se ha parado. Mira qué fue lo último que dijo.',
      action: 'Ver la cola',
    }),
    stopped: (sender, reason) => ({
      title: `Averigua por qué se detuvo «${sender}»`,
      text: `Sus correos esperan hasta que los dejes seguir. El motivo: ${reason}.`,
      action: 'Abrir el remitente',
    }),
    silent: (hours) => ({
      title: 'Revisa la conexión con tu tienda',
      text: `Ningún evento en ${hours}. ¿Una actualización quitó el código, o se revocó una clave?`,
      action: 'Revisar la conexión',
    }),
    parked: (number) => ({
      title: `${inputs(number)} sin procesar`,
      text: 'No se pierde nada: se guardan y se pueden reintentar cuando la causa esté resuelta.',
      action: 'Verlos',
    }),
    address: {
      title: 'Di dónde está tu tienda',
      text: 'La ley pide una dirección postal en los correos comerciales. Los tuyos aún no la llevan.',
      action: 'Añadir la dirección',
    },
    records: (sender, records) => ({
      title: `Corrige los registros DNS de «${sender}»`,
      text: `${records} no está como lo esperan los servidores. Hasta entonces, tus correos pueden acabar en spam.`,
      action: 'Ver qué publicar',
    }),
    journey: (people, stage, journey) => ({
      title: `Activa «${journey}»`,
      text: `${customers(people)} ${people === 1 ? 'pasó' : 'pasaron'} a «${stage}» en los últimos 28 días sin saber nada de ti.`,
      action: 'Activarlo',
    }),
    atRisk: (people) => ({
      title: `Conserva a ${customers(people)} antes de perderlos`,
      text: 'Llevan sin comprar más tiempo del que suelen dejar pasar entre dos pedidos.',
      action: 'Ver quiénes son',
    }),
    lapsed: (people) => ({
      title: `Recupera a ${customers(people)}`,
      text: 'Dejaron de comprar en los últimos 28 días. Cuanto antes sepan de ti, más fácil es que vuelvan.',
      action: 'Ver quiénes son',
    }),
    pending: (people) => ({
      title: `${customers(people)} sin confirmar`,
      text: 'Pidieron tu boletín y no han pulsado el botón del correo. ¿Estará llegando a spam?',
      action: 'Ver quiénes son',
    }),
  },
  mail: {
    subject: (shop, day) => `${shop}: tu semana hasta el ${day}`,
    toDo: 'Por hacer',
    nothingToDo: 'No hay nada que te necesite.',
    money: 'Dinero',
    revenue: 'Ingresos',
    attributed: 'Tras un clic en un correo',
    days: count({ one: 'Último día', other: 'Últimos # días' }),
    before: 'Antes',
    customers: 'Clientes',
    thisWeek: 'Correo de esta semana',
    sent: count({ one: '# enviado', other: '# enviados' }),
    clicks: count({ one: '# clic de una persona', other: '# clics de personas' }),
    complaints: count({ one: '# queja', other: '# quejas' }),
    unsubscribes: count({ one: '# baja', other: '# bajas' }),
    planned: count({
      one: '# previsto para los próximos siete días',
      other: '# previstos para los próximos siete días',
    }),
    stake: (money) => `${money} al año en juego`,
    open: 'Abrir Ciclo',
    why: 'Recibes esto cada lunes porque esta tienda es tuya en Ciclo.',
    settings: 'Desactívalo en los ajustes',
    change: (difference) => `${difference} en 28 días`,
  },
}
