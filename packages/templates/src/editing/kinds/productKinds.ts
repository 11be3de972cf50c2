import { z } from 'zod'
import { defineKind } from './defineKind.ts'
import { choice, number, show, text } from './fields.ts'

const label = { isShared: true }

const PRICES = { before: text('priceBefore', label), lowest: text('lowestPrice30d', label) }

/** What a product costs; a price is struck through only beside the lowest one of the 30 days before. */
const price = ({ before, lowest }: { before: string; lowest: string }): string =>
  `{% if product.price != blank %}{% if product.previousPrice != blank and product.lowestPrice30d != blank %}<span class="muted" style="color:#5d6461">${show(before)} <s>{{ product.previousPrice }}</s></span><br>{% endif %}{% if product.quantity == '1' %}<strong>{{ product.price }}</strong>{% else %}{{ product.quantity }} × <strong>{{ product.price }}</strong>{% endif %}{% if product.lowestPrice30d != blank %}<br><span class="muted" style="font-size:13px;color:#5d6461">${show(lowest)} {{ product.lowestPrice30d }}</span>{% endif %}{% elsif product.quantity != '1' %}{{ product.quantity }} ×{% endif %}`

export const productRows = defineKind({
  place: 'column',
  schema: z.object({ count: choice(['all', 'some']), most: number(1, 10, 'count'), ...PRICES }),
  start: { count: 'all', most: 3 },
  write: ({ count, most, ...labels }) => {
    const limit = count === 'all' ? '' : ` limit: ${most}`
    return `<mj-raw>{% if products != blank %}{% assign hidePrices = hidePrices | default: false %}</mj-raw>
<mj-table css-class="inset ink" padding="4px 48px 8px">
  {% for product in products${limit} %}<tr>
    {% if product.imageUrl != blank %}<td width="88" valign="top" style="width:88px;padding:0 0 20px">
      <img src="{{ product.imageUrl }}" width="72" alt="" style="display:block;width:72px;height:auto;border:0;border-radius:8px">
    </td>
    <td valign="middle" style="padding:0 0 20px">{% else %}<td colspan="2" valign="middle" style="padding:0 0 20px">{% endif %}
      <div><p class="text-row" style="font-size:17px;line-height:1.45;color:#1b1f1e">{% if product.url != blank %}<a href="{{ product.url }}" style="color:#1b1f1e;font-weight:600;text-decoration-thickness:1px;text-underline-offset:3px">{{ product.name }}</a>{% else %}<strong>{{ product.name }}</strong>{% endif %}</p>
      <p class="text-row" style="font-size:15px;line-height:1.5;color:#1b1f1e">{% if hidePrices == blank %}
        ${price(labels)}
      {% endif %}</p></div>
    </td>
  </tr>{% endfor %}
</mj-table>
<mj-raw>{% endif %}</mj-raw>`
  },
})

export const productGrid = defineKind({
  place: 'column',
  schema: z.object({ most: number(1, 10, 'count'), ...PRICES }),
  start: { most: 6 },
  write: ({ most, ...labels }) => `<mj-raw>{% if products != blank %}
<tr><td class="grid ink" align="center" style="padding:4px 38px 16px;font-family:{{ brand.bodyFont }};font-size:0;text-align:{{ start }}">
  <!--[if mso]><table role="presentation" width="524"><tr><![endif]-->
  {% assign odd = products.size | at_most: ${most} | modulo: 2 %}{% for product in products limit: ${most} %}{% assign place = forloop.index0 | plus: odd | modulo: 2 %}<!--[if mso]>{% if place == 0 and forloop.first == false %}</tr><tr>{% endif %}<![endif]-->
  {% if forloop.first and odd == 1 %}<!--[if mso]><td colspan="2" valign="top"><![endif]--><div style="display:inline-block;width:100%;max-width:524px;vertical-align:top;font-size:16px">{% else %}<!--[if mso]><td width="262" valign="top"><![endif]--><div style="display:inline-block;width:100%;max-width:262px;vertical-align:top;font-size:16px">{% endif %}
    <div class="panel" style="margin:0 10px 20px;padding:0 0 18px;border:1px solid #dfdcd2;border-radius:{{ brand.radius }}px;overflow:hidden">
      {% if product.url != blank %}<a href="{{ product.url }}" style="display:block;color:#1b1f1e;text-decoration:none">{% endif %}{% if product.imageUrl != blank %}<img src="{{ product.imageUrl }}" width="240" alt="" style="display:block;width:100%;height:auto;border:0">{% endif %}
      <span style="display:block;padding:18px 20px 0;font-size:17px;line-height:1.4;font-weight:600;color:#1b1f1e">{{ product.name }}</span>{% if product.url != blank %}</a>{% endif %}
      <p class="text-row" style="padding:4px 20px 0;font-size:15px;line-height:1.5;color:#1b1f1e">
        ${price(labels)}
      </p>
    </div>
  </div>
  <!--[if mso]></td><![endif]-->{% endfor %}
  <!--[if mso]></tr></table><![endif]-->
</td></tr>
{% endif %}</mj-raw>`,
})

const TOTALS = {
  subtotal: text('subtotal', label),
  discount: text('discount', label),
  shipping: text('shipping', label),
  tax: text('tax', label),
  orderTotal: text('orderTotal', label),
}

export const orderLines = defineKind({
  place: 'column',
  schema: z.object(TOTALS),
  start: {},
  write: ({
    subtotal,
    discount,
    shipping,
    tax,
    orderTotal,
  }) => `<mj-raw>{% if products != blank or order.total != blank %}</mj-raw>
<mj-table css-class="inset ink line" padding="4px 48px 0">
  {% if products != blank %}{% for product in products %}<tr class="text-row">
    {% if product.imageUrl != blank %}<td class="thumb" width="68" valign="top" style="width:68px;padding:14px 0;border-top:1px solid #dfdcd2">
      <img src="{{ product.imageUrl }}" width="56" alt="" style="display:block;width:56px;height:auto;border:0;border-radius:6px">
    </td>
    <td valign="top" style="padding:14px 0;border-top:1px solid #dfdcd2">{% else %}<td colspan="2" valign="top" style="padding:14px 0;border-top:1px solid #dfdcd2">{% endif %}
      <p class="text-row" style="font-size:16px;line-height:1.45;color:#1b1f1e">{% if product.url != blank %}<a href="{{ product.url }}" style="color:#1b1f1e;font-weight:600;text-decoration-thickness:1px;text-underline-offset:3px">{{ product.name }}</a>{% else %}<strong>{{ product.name }}</strong>{% endif %}</p>
    </td>
    <td valign="top" align="{{ end }}" style="padding:14px 0;padding-{{ start }}:12px;border-top:1px solid #dfdcd2;text-align:{{ end }};white-space:nowrap;color:#1b1f1e">
      <p class="text-row">{% if product.quantity != '1' %}{{ product.quantity }} × {% endif %}{% if product.price != blank %}{{ product.price }}{% endif %}</p>
    </td>
  </tr>{% endfor %}{% endif %}
</mj-table>
<mj-table css-class="inset ink line" padding="0 48px 24px">
  <tr><td colspan="2" style="padding:0 0 8px;border-top:1px solid #dfdcd2;font-size:0;line-height:0">&nbsp;</td></tr>
  {% if order.subtotal != blank %}<tr class="text-row">
  <td style="padding:4px 0;color:#5d6461">${show(subtotal)}</td>
  <td align="{{ end }}" style="padding:4px 0;text-align:{{ end }};white-space:nowrap;color:#1b1f1e">{{ order.subtotal }}</td>
</tr>{%- endif %}
{% if order.discount != blank %}<tr class="text-row">
  <td style="padding:4px 0;color:#5d6461">${show(discount)}</td>
  <td align="{{ end }}" style="padding:4px 0;text-align:{{ end }};white-space:nowrap;color:#1b1f1e">−{{ order.discount }}</td>
</tr>{%- endif %}
{% if order.shipping != blank %}<tr class="text-row">
  <td style="padding:4px 0;color:#5d6461">${show(shipping)}</td>
  <td align="{{ end }}" style="padding:4px 0;text-align:{{ end }};white-space:nowrap;color:#1b1f1e">{{ order.shipping }}</td>
</tr>{%- endif %}
{% if order.tax != blank %}<tr class="text-row">
  <td style="padding:4px 0;color:#5d6461">${show(tax)}</td>
  <td align="{{ end }}" style="padding:4px 0;text-align:{{ end }};white-space:nowrap;color:#1b1f1e">{{ order.tax }}</td>
</tr>{%- endif %}
{% if order.total != blank %}<tr class="text-row">
  <td style="padding:14px 0;border-top:1px solid #dfdcd2;font-weight:600;color:#1b1f1e">${show(orderTotal)}</td>
  <td align="{{ end }}" style="padding:14px 0;border-top:1px solid #dfdcd2;text-align:{{ end }};white-space:nowrap;font-size:19px;font-weight:600;color:#1b1f1e">{{ order.total }}</td>
</tr>{%- endif %}
</mj-table>
<mj-raw>{% endif %}</mj-raw>`,
})
