import { z } from 'zod'
import { defineKind } from './defineKind.ts'
import { onlyIf, show, text } from './fields.ts'

const label = { isShared: true }

export const coupon = defineKind({
  place: 'column',
  schema: z.object({ label: text('couponLabel', label), expiry: text('couponExpiry', label) }),
  start: {},
  write: ({ label: key, expiry }) =>
    onlyIf(
      'coupon.code != blank',
      `<mj-table css-class="inset coupon" padding="6px 48px 26px">
  <tr>
    <td>
      <div style="border:2px dashed {{ brand.accent }};border-radius:{{ brand.radius }}px;padding:22px;font-size:15px;line-height:1.6;text-align:center;color:#5d6461">
        ${show(key)}<br>
        <span style="font-family:Menlo,Consolas,monospace;font-size:24px;line-height:1.5;font-weight:600;letter-spacing:1px;color:{{ brand.accent }};word-break:break-all">{{ coupon.code }}</span>
        {% if coupon.expiresAt != blank %}<br>${show(expiry)}{% endif %}
      </div>
    </td>
  </tr>
</mj-table>`,
    ),
})

export const orderNumber = defineKind({
  place: 'column',
  schema: z.object({ label: text('orderNumber', label) }),
  start: {},
  write: ({ label: key }) =>
    onlyIf(
      'order.id != blank',
      `<mj-text css-class="inset body">${show(key)} <strong>{{ order.id }}</strong></mj-text>`,
    ),
})

export const deliveryAddress = defineKind({
  place: 'column',
  schema: z.object({ label: text('deliveryAddress', label) }),
  start: {},
  write: ({ label: key }) =>
    onlyIf(
      'order.address != blank',
      `<mj-text css-class="inset body"><strong>${show(key)}</strong><br><span style="white-space:pre-line">{{ order.address }}</span></mj-text>`,
    ),
})

export const parcel = defineKind({
  place: 'column',
  schema: z.object({
    orderNumber: text('orderNumber', label),
    carrier: text('carrier', label),
    trackingNumber: text('trackingNumber', label),
  }),
  start: {},
  write: ({ orderNumber: order, carrier, trackingNumber }) =>
    onlyIf(
      'order.id != blank or event.carrier != blank or event.tracking_number != blank',
      `<mj-table css-class="inset ink" padding="6px 48px 24px">
  <tr>
    <td class="panel" style="padding:16px 22px;font-size:16px;line-height:1.7;text-align:{{ start }};color:#1b1f1e;background-color:#f6f5f1;border-radius:{{ brand.radius }}px">
      {% if order.id != blank %}<p class="text-row">${show(order)} <strong>{{ order.id }}</strong></p>{%- endif %}
      {% if event.carrier != blank %}<p class="text-row">${show(carrier)} <strong>{{ event.carrier }}</strong></p>{%- endif %}
      {% if event.tracking_number != blank %}<p class="text-row">${show(trackingNumber)} <strong style="word-break:break-word">{{ event.tracking_number }}</strong></p>{%- endif %}
    </td>
  </tr>
</mj-table>`,
    ),
})

/** `points` is what the code of such a template takes from the event. */
export const points = defineKind({
  place: 'column',
  schema: z.object({ unit: text('pointsUnit', label), expiry: text('pointsExpiry', label) }),
  start: {},
  isOffered: false,
  write: ({ unit, expiry }) =>
    onlyIf(
      'points != blank',
      `<mj-table css-class="inset accent" padding="6px 48px 26px">
  <tr>
    <td class="panel" style="padding:30px 20px 26px;text-align:center;background-color:#f6f5f1;border-radius:{{ brand.radius }}px">
      <span style="display:block;font-family:{{ brand.headingFont }};font-size:64px;line-height:1.1;color:{{ brand.accent }}">{{ points | plural: other: '#' }}</span>
      <span style="display:block;font-size:17px;font-weight:600;color:{{ brand.accent }}">${show(unit)}</span>{% if event.expires_at != blank %}
      <div class="muted" style="padding-top:8px;font-size:15px;color:#5d6461">${show(expiry)} {{ event.expires_at }}</div>{% endif %}
    </td>
  </tr>
</mj-table>`,
    ),
})

export const social = defineKind({
  place: 'column',
  schema: z.object({}),
  start: {},
  write: () =>
    onlyIf(
      'brand.social != blank',
      `<mj-text mj-class="fine" css-class="muted" font-size="15px" padding="0 32px 18px">
  {% for page in brand.social %}<span class="text-row"><a href="{{ page.url }}" style="display:inline-block;padding:6px 10px;color:#5d6461">{% case page.network %}{% when 'tiktok' %}TikTok{% when 'youtube' %}YouTube{% when 'linkedin' %}LinkedIn{% else %}{{ page.network | capitalize }}{% endcase %}</a></span> {%- endfor %}
</mj-text>`,
    ),
})

export const withdrawalForm = defineKind({
  place: 'column',
  schema: z.object({
    title: text('withdrawalForm', label),
    to: text('withdrawalFormTo', label),
    text: text('withdrawalFormText', { isLong: true, isShared: true }),
  }),
  start: {},
  isOffered: false,
  write: ({ title, to, text: key }) =>
    `<mj-table css-class="inset muted" padding="6px 48px 18px">
  <tr>
    <td class="panel" style="padding:18px 22px;font-size:15px;line-height:1.6;text-align:{{ start }};color:#5d6461;background-color:#f6f5f1;border-radius:{{ brand.radius }}px">
      <div><strong>${show(title)}</strong><br>${show(to)} {{ shop.name }}{% if shop.address != blank %}<br><span style="white-space:pre-line">{{ shop.address }}</span>{% endif %}<br><span style="white-space:pre-line">${show(key)}</span></div>
    </td>
  </tr>
</mj-table>`,
})
