import { z } from 'zod'
import { defineKind } from './defineKind.ts'
import { choice, flag, number, onlyIf, show, text } from './fields.ts'

/** The list of a mail's data that each way of recommending has. */
const LISTS = {
  together: 'recommendations',
  next: 'recommended.next',
  popular: 'recommended.popular',
  viewed: 'recommended.viewed',
} as const

interface Shown {
  list: string
  most: number
  hasReason: boolean
  hasPrice: boolean
  button: string
}

/** What is said of a product below its name: one paragraph, so that the text part has no gap in it. */
function facts({ hasPrice, hasReason }: Shown, padding: string): string {
  const price = '<strong>{{ item.price }}</strong>'
  const reason = '<span class="muted" style="font-size:14px;color:#5d6461">{{ item.why }}</span>'
  if (!hasPrice && !hasReason) return ''
  const said = hasPrice
    ? `{% if item.price != blank %}${price}${hasReason ? '<br>' : ''}{% endif %}${hasReason ? reason : ''}`
    : reason
  return `
      <p class="text-row" style="padding:4px ${padding} 0;font-size:15px;line-height:1.5;color:#1b1f1e">${said}</p>`
}

/** The text part has the address behind the name already. */
const action = ({ button }: Shown, padding: string): string =>
  button === ''
    ? ''
    : `
      {% if item.url != blank %}<div class="accent html-only" style="padding:12px ${padding} 0"><a href="{{ item.url }}" aria-label="${show(button)}: {{ item.name }}" style="display:inline-block;padding:10px 18px;border:1px solid;border-radius:{{ brand.radius }}px;font-size:15px;line-height:1.4;font-weight:600;text-decoration:none;color:{{ brand.accent }}">${show(button)}</a></div>{% endif %}`

const rows = (shown: Shown): string =>
  `<mj-table css-class="inset ink" padding="0 48px 20px">
  {% for item in ${shown.list} limit: ${shown.most} %}<tr>
    {% if item.imageUrl != blank %}<td width="112" valign="top" style="width:112px;padding:0 0 24px">
      <img src="{{ item.imageUrl }}" width="96" alt="" style="display:block;width:96px;height:auto;border:0;border-radius:8px">
    </td>
    <td valign="middle" style="padding:0 0 24px">{% else %}<td colspan="2" valign="middle" style="padding:0 0 24px">{% endif %}
      <div><p class="text-row" style="font-size:17px;line-height:1.45;color:#1b1f1e">{% if item.url != blank %}<a href="{{ item.url }}" style="color:#1b1f1e;font-weight:600;text-decoration-thickness:1px;text-underline-offset:3px">{{ item.name }}</a>{% else %}<strong>{{ item.name }}</strong>{% endif %}</p>${facts(shown, '0')}</div>${action(shown, '0')}
    </td>
  </tr>{% endfor %}
</mj-table>`

/** Two beside each other, one below the other on phones; of an odd number the first has a line of its own. */
const grid = (shown: Shown): string =>
  `<mj-raw>
<tr><td class="grid ink" align="center" style="padding:0 38px 16px;font-family:{{ brand.bodyFont }};font-size:0;text-align:{{ start }}">
  <!--[if mso]><table role="presentation" width="524"><tr><![endif]-->
  {% assign odd = ${shown.list}.size | at_most: ${shown.most} | modulo: 2 %}{% for item in ${shown.list} limit: ${shown.most} %}{% assign place = forloop.index0 | plus: odd | modulo: 2 %}<!--[if mso]>{% if place == 0 and forloop.first == false %}</tr><tr>{% endif %}<![endif]-->
  {% if forloop.first and odd == 1 %}<!--[if mso]><td colspan="2" valign="top"><![endif]--><div style="display:inline-block;width:100%;max-width:524px;vertical-align:top;font-size:16px">{% else %}<!--[if mso]><td width="262" valign="top"><![endif]--><div style="display:inline-block;width:100%;max-width:262px;vertical-align:top;font-size:16px">{% endif %}
    <div class="panel" style="margin:0 10px 20px;padding:0 0 18px;border:1px solid #dfdcd2;border-radius:{{ brand.radius }}px;overflow:hidden">
      {% if item.url != blank %}<a href="{{ item.url }}" style="display:block;color:#1b1f1e;text-decoration:none">{% endif %}{% if item.imageUrl != blank %}<img src="{{ item.imageUrl }}" width="240" alt="" style="display:block;width:100%;height:auto;border:0">{% endif %}
      <span style="display:block;padding:18px 20px 0;font-size:17px;line-height:1.4;font-weight:600;color:#1b1f1e">{{ item.name }}</span>{% if item.url != blank %}</a>{% endif %}${facts(shown, '20px')}${action(shown, '20px')}
    </div>
  </div>
  <!--[if mso]></td><![endif]-->{% endfor %}
  <!--[if mso]></tr></table><![endif]-->
</td></tr>
</mj-raw>`

/** Nothing of it, its heading neither, is in a mail for which there is nothing to recommend. */
export const recommended = defineKind({
  place: 'column',
  schema: z.object({
    heading: text('recommendedHeading', { isTranslated: true }),
    basis: choice(['together', 'next', 'popular', 'viewed']),
    layout: choice(['grid', 'rows']),
    most: number(1, 6, 'count'),
    hasPrice: flag(),
    hasReason: flag(),
    button: text('recommendedButton', { isTranslated: true, isOptional: true }),
  }),
  start: { basis: 'together', layout: 'grid', most: 4, hasPrice: true, hasReason: true },
  write: ({ heading, basis, layout, ...values }) => {
    const shown = { ...values, list: LISTS[basis] }
    return onlyIf(
      `${shown.list} != blank`,
      `<mj-text css-class="inset ink" font-family="{{ brand.headingFont }}" font-size="24px" line-height="1.3" padding="24px 48px 18px" color="#1b1f1e"><h2>${show(heading)}</h2></mj-text>
${layout === 'grid' ? grid(shown) : rows(shown)}`,
    )
  },
})
