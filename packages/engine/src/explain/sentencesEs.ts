import { createCounter } from './createCounter.ts'
import type { Sentences } from './sentences.ts'

const count = createCounter('es')

const days = count({ one: '# día', other: '# días' })
const orders = count({ one: '# pedido', other: '# pedidos' })

export const sentencesEs: Sentences = {
  names: {
    stage: {
      visitor: 'visitante',
      prospect: 'cliente potencial',
      new: 'cliente nuevo',
      active: 'cliente activo',
      reactivated: 'cliente recuperado',
      atRisk: 'cliente en riesgo',
      lapsed: 'cliente inactivo',
      lost: 'cliente perdido',
    },
    value: { standard: 'cliente estándar', vip: 'cliente VIP' },
    engagement: { unknown: 'interés desconocido', warm: 'contacto cálido', cold: 'contacto frío' },
    permission: {
      none: 'sin permiso',
      pending: 'pendiente de confirmar',
      subscribed: 'suscrito',
      unsubscribed: 'dado de baja',
      suppressed: 'envíos suspendidos',
    },
    advocacy: { none: 'sin recomendaciones', promoter: 'promotor', advocate: 'embajador' },
    rfm: {
      champions: 'Campeones',
      loyal: 'Fieles',
      recent: 'Recientes',
      needsAttention: 'Necesitan atención',
      atRisk: 'En riesgo',
      inactive: 'Inactivos',
      none: 'sin grupo RFM',
    },
  },

  since: (state, date) => `${state} desde el ${date}`,
  changed: (from, to, date) => `de «${from}» a «${to}» el ${date}`,
  again: (state, date) => `de nuevo «${state}» el ${date}`,
  rfm: (group) => `grupo RFM «${group}»`,
  rfmSince: (group, date) => `grupo RFM «${group}» desde el ${date}`,
  rfmChanged: (from, to, date) => `pasó del grupo RFM «${from}» a «${to}» el ${date}`,
  rfmEntered: (group, date) => `entró en el grupo RFM «${group}» el ${date}`,
  rfmLeft: (group, date) => `salió del grupo RFM «${group}» el ${date}`,
  inSegment: (segment, date) => `en el segmento «${segment}» desde el ${date}`,
  outOfSegment: (segment, date) => `fuera del segmento «${segment}» desde el ${date}`,
  enteredSegment: (segment, date) => `entró en el segmento «${segment}» el ${date}`,
  leftSegment: (segment, date) => `salió del segmento «${segment}» el ${date}`,

  initial: {
    stage: 'todavía no tiene ninguna dirección de correo verificada ni ningún pedido',
    value: 'su gasto nunca ha llegado al umbral VIP',
    engagement: 'aún no se conoce ninguna visita ni ningún clic suyo',
    permission: 'no ha dado permiso para correos de marketing',
    advocacy: 'aún no se conoce ningún elogio, reseña ni recomendación suya',
    rfm: 'no tiene ningún pedido de importe positivo',
    rfmTooFewBuyers: 'la tienda tiene aún muy pocos compradores para formar los grupos',
  },
  whys: {
    reachable: 'se conoció su dirección de correo',
    firstOrder: 'hizo su primer pedido',
    secondOrder: 'volvió a comprar',
    orderInTime: 'compró antes de quedar inactivo',
    orderAfterReturn: 'volvió a comprar después de su regreso',
    orderAfterLapse: 'compró después de haber quedado inactivo',
    orderAfterLoss: 'compró cuando ya se le daba por perdido',
    ordersCorrected: 'se corrigieron sus pedidos',
    noOrderLeft: 'tras una corrección no le queda ningún pedido',
    limitsMoved: 'se recalcularon los límites',
    overVipLine: 'su gasto alcanzó el umbral VIP',
    underVipLine: 'una corrección dejó su gasto por debajo del umbral VIP',
    vipLineMoved: 'se recalculó el umbral VIP',
    clicked: 'hizo clic en un correo',
    visited: 'visitó la tienda o dejó su dirección',
    silent: 'llevaba un tiempo sin visitas ni clics',
    mailsIgnored: 'dejó pasar los correos sin ninguna visita ni clic',
    engagementRulesMoved: 'cambiaron las reglas de contacto cálido y frío',
    askedToSubscribe: 'pidió suscribirse',
    askedAgain: 'pidió suscribirse otra vez',
    askedElsewhere: 'pidió suscribirse con una dirección distinta de la que falló',
    askedAnew: 'su permiso anterior ya no vale y pidió suscribirse de nuevo',
    notConfirmed: 'no confirmó a tiempo',
    confirmed: 'confirmó con el enlace del correo',
    agreed: 'aceptó recibir correos de marketing',
    existingCustomer: 'es cliente y no se opuso al hacer su pedido',
    optOutRegime: 'la ley de su país lo permite mientras no se oponga',
    unsubscribed: 'se dio de baja',
    withdrew: 'retiró su consentimiento',
    bounced: 'su dirección devolvió un correo de forma definitiva',
    keptBouncing: 'los correos a su dirección volvían una y otra vez',
    restored: 'la tienda ha comprobado que su dirección vuelve a funcionar',
    complained: 'marcó un correo como spam',
    praised: 'dio una nota alta en una encuesta',
    criticised: 'dio una nota baja en una encuesta',
    reviewed: 'escribió una buena reseña',
    referred: 'recomendó la tienda a alguien',
    ordered: 'cambiaron sus pedidos',
    timePassed: 'pasó el tiempo sin ningún pedido',
    thirdsMoved: 'se recalculó el reparto de los clientes en tercios',
    segmentEvent: 'se debe a algo que hizo',
    segmentTime: 'venció un plazo de la regla del segmento',
    segmentMoved: 'cambiaron el segmento o los datos de la tienda',
  },

  ordersSoFar: count({ one: '# pedido hasta ahora', other: '# pedidos hasta ahora' }),
  ordersLeft: count({
    one: 'tras una corrección queda # pedido',
    other: 'tras una corrección quedan # pedidos',
  }),
  withoutOrder: count({
    zero: 'menos de un día sin pedidos',
    one: '# día sin pedidos',
    other: '# días sin pedidos',
  }),
  sinceOrder: count({
    zero: 'el último pedido tiene menos de un día',
    one: 'el último pedido fue hace # día',
    other: 'el último pedido fue hace # días',
  }),
  limit: {
    own: (limit, known) => `su límite es de ${days(limit)} (según ${orders(known)})`,
    ownUncounted: (limit) => `su límite es de ${days(limit)} (según sus propios pedidos)`,
    shop: (limit) => `el límite habitual de la tienda es de ${days(limit)}`,
    coldStart: (limit) =>
      `la tienda tiene aún muy pocas recompras, así que se aplica el límite por defecto de ${days(limit)}`,
    fixed: (limit) => `el límite es de ${days(limit)} según los ajustes`,
    plain: (limit) => `el límite es de ${days(limit)}`,
  },

  spent: (money) => `ha gastado ${money}`,
  vipLine: {
    settings: (money) => `el umbral VIP es de ${money} según los ajustes`,
    distribution: (money) => `el umbral VIP es de ${money}, según lo que gastan los compradores de la tienda`,
    plain: (money) => `el umbral VIP es de ${money}`,
  },

  sinceEngaged: count({
    zero: 'la última visita o el último clic fue hace menos de un día',
    one: 'la última visita o el último clic fue hace # día',
    other: 'la última visita o el último clic fue hace # días',
  }),
  withoutSign: count({
    zero: 'menos de un día sin visitas ni clics',
    one: '# día sin visitas ni clics',
    other: '# días sin visitas ni clics',
  }),
  mailsSince: count({
    zero: 'ningún correo desde entonces',
    one: '# correo desde entonces',
    other: '# correos desde entonces',
  }),
  mailsNeeded: count({
    one: 'para ser un contacto frío hace falta # correo',
    other: 'para ser un contacto frío hacen falta # correos',
  }),

  method: (name) => `a través de «${name}»`,
  score: (score) => `la nota fue ${score} sobre 10`,
  rating: (stars) => `la valoración fue ${stars} sobre 5`,
  rfmScores: (recency, frequency, monetary) =>
    `${recency} en recencia, ${frequency} en frecuencia y ${monetary} en valor`,
  counted: (event, times, needed) => `«${event}»: ${times}, mínimo: ${needed}`,

  next: {
    unlessOrdered: (state, date) => `pasará a «${state}» el ${date} si no llega ningún pedido`,
    unlessEngaged: (state, date) => `pasará a «${state}» el ${date} si no hay visitas ni clics`,
    unlessConfirmed: (state, date) => `pasará a «${state}» el ${date} si no confirma`,
    rfm: (group, date) => `pasará a «${group}» el ${date} si no llega ningún pedido`,
  },
  nextThen: (state, date) => `siguiente plazo en ese momento: «${state}» el ${date}`,
}
